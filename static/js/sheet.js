// What a page for paper needs: its print button.
import { startPrinting } from "./print.js";

startPrinting();
