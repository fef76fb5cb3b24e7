// Draws each [data-chart] from its JSON: {"kind": "bar"|"line"|"stacked", "labels": [], "series": [{"name", "values", "tone"?}],
// "links"?: [address per label], "unit"?, "horizontal"?}. The table stays beside it; canvas, because styles in SVG would need inline style.
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { forEach } from "./on-load.js";
import { word } from "./words.js";

const TONES = { bad: "--chart-bad" };

function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function colour(series, index) {
  return token(TONES[series.tone] ?? `--chart-${(index % 5) + 1}`);
}

// Every bar keeps its name: beside it, or slanted where many stand in a row. Months may skip some.
function crowded(data, room) {
  if (data.kind === "line") return { hideOverlap: true };
  if (data.horizontal) return { interval: 0, width: Math.min(190, room * 0.4), overflow: "truncate" };
  return { interval: 0, rotate: data.labels.length > 6 ? 40 : 0 };
}

function axes(data, room) {
  const text = { color: token("--muted"), fontFamily: token("--font"), fontSize: 13 };
  const names = { type: "category", data: data.labels, axisLabel: { ...text, ...crowded(data, room) }, axisTick: { show: false }, axisLine: { lineStyle: { color: token("--line-strong") } } };
  const values = { type: "value", minInterval: 1, axisLabel: text, splitLine: { lineStyle: { color: token("--line") } } };
  return data.horizontal
    ? { xAxis: values, yAxis: { ...names, inverse: true } }
    : { xAxis: names, yAxis: values };
}

function seriesOf(data) {
  return data.series.map((series, index) => ({
    name: series.name,
    type: data.kind === "line" ? "line" : "bar",
    stack: data.kind === "stacked" ? "all" : undefined,
    data: series.values,
    color: colour(series, index),
    barMaxWidth: 28,
    symbolSize: 7,
    lineStyle: { width: 2.5, type: ["solid", "dashed", "dotted"][index % 3] },
    cursor: data.links ? "pointer" : "default",
  }));
}

function optionOf(data, room) {
  const text = { color: token("--ink"), fontFamily: token("--font") };
  return {
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: 150,
    aria: { enabled: false },
    textStyle: text,
    grid: { left: 8, right: 16, top: data.series.length > 1 ? 40 : 16, bottom: 8, containLabel: true },
    legend: data.series.length > 1 ? { top: 0, left: 0, textStyle: text, itemHeight: 10 } : undefined,
    tooltip: {
      trigger: "axis", renderMode: "richText", confine: true, axisPointer: { type: data.kind === "line" ? "line" : "shadow" },
      backgroundColor: token("--surface"), borderColor: token("--line-strong"), textStyle: text,
      valueFormatter: (value) => `${value} ${data.unit ?? ""}`,
    },
    ...axes(data, room),
    series: seriesOf(data),
  };
}

function draw(place) {
  const data = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  place.hidden = false;
  const chart = init(place);
  const paint = () => chart.setOption(optionOf(data, chart.getWidth()), true);
  paint();
  chart.on("click", (event) => data.links?.[event.dataIndex] && location.assign(data.links[event.dataIndex]));
  new ResizeObserver(() => chart.resize()).observe(place);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
}

function prepareToggle(button) {
  const chart = document.getElementById(button.dataset.chartToggle);
  const table = document.getElementById(button.getAttribute("aria-controls"));
  const label = document.createElement("span");
  const show = (asTable) => {
    chart.hidden = asTable;
    table.hidden = !asTable;
    label.textContent = word(asTable ? "show_chart" : "show_table");
    button.setAttribute("aria-expanded", String(asTable));
  };
  button.replaceChildren(button.querySelector("svg"), label);
  button.hidden = false;
  button.addEventListener("click", () => show(table.hidden));
  show(false);
}

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);
forEach("[data-chart]", draw);
forEach("[data-chart-toggle]", prepareToggle);
