"""Which files are papers: made by other programs or by the standard's own tables, never by our reader."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from PIL import Image

from disputes.rules import files

DATA = Path(__file__).resolve().parents[1] / "intake" / "data"
# ISO/IEC 23008-12, and the sequences of it: what telephones write at the head of a photograph
BRANDS = ("heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "mif1", "msf1")


def ftyp(major: bytes, *compatible: bytes) -> bytes:
    """A file type box as ISO/IEC 14496-12 lays it out, and the beginning of the next one."""
    body = major + struct.pack(">I", 0) + b"".join(compatible)
    return struct.pack(">I", len(body) + 8) + b"ftyp" + body + b"\0\0\0\x08free"


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 6), "red").save(out, kind)
    return out.getvalue()


def by_openpyxl() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def by_xlsxwriter() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet()
    return out.getvalue()


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in names:
            packed.writestr(name, "<xml/>")
    return out.getvalue()


@pytest.mark.parametrize("brand", BRANDS)
def test_every_brand_of_heic_is_a_photo(brand: str) -> None:
    assert files.content_type(ftyp(brand.encode(), b"mif1", b"miaf")) == files.HEIC


def test_a_photo_is_known_by_the_brands_it_is_compatible_with() -> None:
    assert files.content_type(ftyp(b"MiHE", b"mif1", b"heic")) == files.HEIC


@pytest.mark.parametrize("box", [ftyp(b"avif", b"mif1"), ftyp(b"isom", b"mp41"), ftyp(b"M4A ", b"isom")])
def test_films_sound_and_avif_are_no_photos(box: bytes) -> None:
    assert files.content_type(box) is None


def test_a_photo_of_another_program_is_one() -> None:
    assert files.content_type((DATA / "photo.heic").read_bytes()) == files.HEIC


@pytest.mark.parametrize(
    ("made_by", "kind"),
    [("JPEG", files.JPEG), ("PNG", files.PNG), ("WEBP", files.WEBP), ("GIF", files.GIF), ("TIFF", files.TIFF),
     ("BMP", files.BMP)],
)  # fmt: skip
def test_pictures_of_every_program_in_use(made_by: str, kind: str) -> None:
    assert files.content_type(picture(made_by)) == kind


@pytest.mark.parametrize(
    "before",
    [b"", b"\n", b"\r\n\r\n", b"\xef\xbb\xbf", b"\0\0", b"\x1b%-12345X@PJL JOB\r\n", b"x" * 900 + b"\n"],
)
def test_lines_before_the_head_of_a_pdf_do_no_harm(before: bytes) -> None:
    assert files.content_type(before + b"%PDF-1.7\n1 0 obj") == files.PDF


@pytest.mark.parametrize("text", [b"hello %PDF-1.4", b"x" * 2000 + b"\n%PDF-1.4", b"%PDE-1.4"])
def test_who_only_speaks_of_pdf_is_none(text: bytes) -> None:
    assert files.content_type(text) is None


@pytest.mark.parametrize("sheet", [by_openpyxl(), by_xlsxwriter()])
def test_wage_lists_are_papers(sheet: bytes) -> None:
    assert files.content_type(sheet) == files.XLSX


def test_ofd_is_a_paper() -> None:
    assert files.content_type(archive("OFD.xml", "Doc_0/Document.xml")) == files.OFD


@pytest.mark.parametrize(
    "parts",
    [
        ("xl/workbook.xml", "xl/vbaProject.bin"),
        ("word/document.xml", "word/vbaProject.bin"),
        ("META-INF/MANIFEST.MF",),
    ],
)
def test_macros_and_other_archives_are_refused(parts: tuple[str, ...]) -> None:
    assert files.content_type(archive(*parts)) is None


@pytest.mark.parametrize(
    ("stream", "kind"),
    [
        ("WordDocument", files.DOC),
        ("Workbook\0", files.XLS),
        ("Book\0", files.XLS),
        ("PowerPoint Document", None),
    ],
)
def test_old_office_files_are_told_by_their_stream(stream: str, kind: str | None) -> None:
    assert files.content_type(files.OLE_HEAD + bytes(8) + stream.encode("utf-16-le")) == kind


@pytest.mark.parametrize(
    ("name", "content", "pretends"),
    [
        ("工资表.pdf", files.XLSX, True),
        ("现场.docx", files.JPEG, True),
        ("协议.jpg", files.PDF, True),
        ("工资表.xls", files.XLSX, False),
        ("IMG_1.jpg", files.HEIC, False),
        ("IMG_1.PNG", files.JPEG, False),
        ("协议", files.PDF, False),
        ("协议.1", files.PDF, False),
    ],
)
def test_a_file_may_not_pretend_to_be_of_another_family(name: str, content: str, pretends: bool) -> None:
    assert files.claims_another_kind(name, content) is pretends
