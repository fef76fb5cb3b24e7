"""Writes templates/disputes/papers/paper.docx anew: our own Word template, made from code so that it can be read."""

from typing import Any

from django.core.management.base import BaseCommand
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from disputes.services.papers import TEMPLATE

FONT = "宋体"
HEADING_FONT = "黑体"


class Command(BaseCommand):
    help = "Writes the Word template of the papers."

    def handle(self, *args: Any, **options: Any) -> None:
        build().save(str(TEMPLATE))
        self.stdout.write(str(TEMPLATE))


def build() -> Any:
    """A4 with jinja marks that docxtpl fills in."""
    document = Document()
    _page(document)
    _line(document, "{{ paper.unit }}", size=14, align=ALIGN.CENTER)
    _line(document, "{{ paper.title }}", size=22, align=ALIGN.CENTER, font=HEADING_FONT)
    _line(document, "{{ paper.number }}", align=ALIGN.RIGHT)
    _line(document, "{%p if paper.recipient %}")
    _line(document, "{{ paper.recipient }}：")
    _line(document, "{%p endif %}")
    _each(document, "paper.paragraphs", indent=True)
    _facts(document)
    _line(document, "{%p if paper.routes %}")
    _line(document, "{{ paper.routes_title }}")
    _each(document, "paper.routes", prefix="{{ loop.index }}. ")
    _line(document, "{%p endif %}")
    _each(document, "paper.closing", indent=True)
    _line(document, "")
    _each(document, "paper.signatures")
    _line(document, "{{ paper.unit }}（盖章）", align=ALIGN.RIGHT)
    _line(document, "{{ paper.day }}", align=ALIGN.RIGHT)
    return document


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.6)
    section.top_margin, section.bottom_margin = Cm(2.8), Cm(2.6)
    _set_font(document.styles["Normal"], FONT, 12)


def _set_font(style: Any, font: str, size: int) -> None:
    style.font.name, style.font.size = font, Pt(size)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _line(
    document: Any, text: str, *, size: int = 12, align: Any = None, font: str = FONT, indent: bool = False
) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.line_spacing = 1.5
    paragraph.paragraph_format.space_after = Pt(4)
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * size)
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _each(document: Any, name: str, *, prefix: str = "", indent: bool = False) -> None:
    """One paragraph for each text of a list; the marks' own paragraphs vanish."""
    _line(document, f"{{%p for text in {name} %}}")
    _line(document, f"{prefix}{{{{ text }}}}", indent=indent)
    _line(document, "{%p endfor %}")


def _facts(document: Any) -> None:
    """The table: facts, then boxes with room to write in."""
    table = document.add_table(rows=6, cols=2, style="Table Grid")
    for first, name, value in (
        (0, "paper.rows", "{{ value }}"),
        (3, "paper.boxes", "{{ value or '' }}"),
    ):
        table.cell(first, 0).merge(table.cell(first, 1)).text = f"{{%tr for term, value in {name} %}}"
        table.cell(first + 1, 0).text, table.cell(first + 1, 1).text = "{{ term }}", value
        table.cell(first + 2, 0).merge(table.cell(first + 2, 1)).text = "{%tr endfor %}"
    table.rows[4].height = Cm(1.8)
    for row in table.rows:
        row.cells[0].width = Cm(3.6)
    table.columns[0].width, table.columns[1].width = Cm(3.6), Cm(12.2)
