"""xlsx as Excel, WPS and LibreOffice open it: what they forgive (fills, fonts, dimensions) is not even looked at."""

from __future__ import annotations

from dataclasses import dataclass
from posixpath import dirname, join, normpath

from imports.rules.sheets.package import Package
from imports.rules.sheets.told import Counter, FileFault, SheetHead, SheetTold, Unreadable
from imports.rules.sheets.xlsx_parts import Styles, read_styles, read_texts
from imports.rules.sheets.xlsx_sheet import Around, SheetReader
from imports.rules.sheets.xml import Elements, attribute

SHEETS_LIMIT = 50
WORKBOOK = "xl/workbook.xml"
OTHERS = (
    ("xl/workbook.bin", FileFault.BINARY_BOOK),
    ("word/document.xml", FileFault.WORD),
    ("content.xml", FileFault.OPEN_DOCUMENT),
)


@dataclass(frozen=True)
class _Named:
    name: str
    hidden: bool
    relation: str


def read(data: bytes) -> list[SheetTold]:
    """Every sheet with its lines. Raises Unreadable."""
    package = Package(data)
    book = _book_name(package)
    named, since_1904 = _sheets(package, book)
    targets = _relations(package, book)
    strings = _part(package, targets, "sharedStrings")
    texts = read_texts(package, strings) if strings else []
    styles = _styles(package, _part(package, targets, "styles"))
    around, told = Around(texts, styles, since_1904, Counter()), []
    for position, sheet in enumerate(named, start=1):
        target, kind = targets.get(sheet.relation, (f"xl/worksheets/sheet{position}.xml", "worksheet"))
        if kind == "worksheet":
            reader = SheetReader(SheetHead(sheet.name, sheet.hidden), around)
            package.read(target, reader)
            told.append(reader.told())
    return told


def _book_name(package: Package) -> str:
    found = [target for target, kind in _relations(package, "").values() if kind == "officeDocument"]
    for name in (*found, WORKBOOK):
        if package.has(name) and name.lower().endswith(".xml") and not name.lower().startswith("word/"):
            return name
    for name, fault in OTHERS:
        if package.has(name):
            raise Unreadable(fault)
    raise Unreadable(FileFault.NOT_A_SHEET)


def _sheets(package: Package, book: str) -> tuple[list[_Named], bool]:
    """The sheets in the order of their tabs, and whether days count from 1904."""
    named: list[_Named] = []
    old = [False]

    def seen(name: str, given: dict[str, str]) -> None:
        if name == "sheet":
            hidden = given.get("state", "visible") != "visible"
            named.append(_Named(given.get("name", ""), hidden, attribute(given, "id")))
        elif name == "workbookPr":
            old[0] = given.get("date1904", "0") in ("1", "true")

    package.read(book, Elements(seen))
    if not named or len(named) > SHEETS_LIMIT:
        raise Unreadable(FileFault.BROKEN)
    return named, old[0]


def _relations(package: Package, of: str) -> dict[str, tuple[str, str]]:
    """Id → (name of the part, kind of the relation); nothing where the list is missing."""
    folder = dirname(of)
    part = join(folder, "_rels", f"{of.rpartition('/')[2]}.rels")
    found: dict[str, tuple[str, str]] = {}

    def seen(name: str, given: dict[str, str]) -> None:
        if name == "Relationship":
            target = given.get("Target", "").replace("\\", "/")
            whole = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
            found[given.get("Id", "")] = (whole, given.get("Type", "").rpartition("/")[2])

    if package.has(part):
        package.read(part, Elements(seen))
    return found


def _part(package: Package, targets: dict[str, tuple[str, str]], kind: str) -> str | None:
    return next((name for name, its in targets.values() if its == kind and package.has(name)), None)


def _styles(package: Package, name: str | None) -> Styles:
    """Damaged styles cost no file: days without a format are still read as numbers of days."""
    try:
        return read_styles(package, name) if name else Styles()
    except Unreadable as error:
        if error.fault is FileFault.TOO_LARGE:
            raise
        return Styles()
