"""Which files come in as papers, told by their content, and what they may be called."""

import io
import struct
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

SIZE_LIMIT = 20 * 1024 * 1024
NUMBER_LIMIT = 20
NAME_LIMIT = 120
DRAFT_FILES = 100  # of one person, over all open drafts
DRAFT_BYTES = 400 * 1024 * 1024

JPEG, PNG, WEBP, GIF = "image/jpeg", "image/png", "image/webp", "image/gif"
HEIC, TIFF, BMP = "image/heic", "image/tiff", "image/bmp"
PDF, OFD = "application/pdf", "application/ofd"
DOC, XLS = "application/msword", "application/vnd.ms-excel"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

ZIP_HEAD = b"PK\x03\x04"
OLE_HEAD = bytes.fromhex("d0cf11e0a1b11ae1")
WORD_STREAM = "WordDocument".encode("utf-16-le")
SHEET_STREAMS = ("Workbook\0".encode("utf-16-le"), "Book\0".encode("utf-16-le"))
# ISO/IEC 23008-12: the brands of still pictures and sequences coded with HEVC, and the two structural ones
HEIC_BRANDS = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
)
BOM = b"\xef\xbb\xbf"
PDF_HEAD_WITHIN = 1024  # bytes: where programs that read PDF look for its head
BMP_HEADERS = frozenset({12, 40, 52, 56, 64, 108, 124})  # the sizes of header there have been
FORBIDDEN = frozenset('\\/:*?"<>|')
UNTITLED = "附件"


class Family(StrEnum):
    """What a person calls it. Within a family the ending says little: telephones name HEIC .jpg."""

    PHOTO = "photo"
    PDF = "pdf"
    WORD = "word"
    SHEET = "sheet"
    OFD = "ofd"


class PictureFault(StrEnum):
    """Why a picture gets no preview and is not taken."""

    TOO_MANY_PIXELS = "too_many_pixels"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Kind:
    """A type of file we take: its endings, the usual one first, and how its content shows it."""

    type: str
    family: Family
    extensions: tuple[str, ...]
    is_it: Callable[[bytes], bool]


def _starts(*heads: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(heads)


def _is_webp(data: bytes) -> bool:
    return data.startswith(b"RIFF") and data[8:12] == b"WEBP"


def _is_heic(data: bytes) -> bool:
    """By its main brand, or where that is of another family by the compatible ones it names."""
    if data[4:8] != b"ftyp":
        return False
    length = int.from_bytes(data[:4], "big")
    box = data[8 : min(length, 256)] if length else data[8:256]
    brands = {box[:4], *(box[at : at + 4] for at in range(8, len(box) - 3, 4))}
    return bool(brands & HEIC_BRANDS) and not {b"avif", b"avis"} & brands


def _is_bmp(data: bytes) -> bool:
    return data.startswith(b"BM") and len(data) > 18 and struct.unpack_from("<I", data, 14)[0] in BMP_HEADERS


def _is_pdf(data: bytes) -> bool:
    """Printers and mail programs put a mark, a blank line or lines of their own before the head."""
    before, head, _rest = data[:PDF_HEAD_WITHIN].partition(b"%PDF-")
    before = before.removeprefix(BOM)
    return bool(head) and (not before.strip(b" \t\0") or before.endswith((b"\n", b"\r")))


def _ole_with(*streams: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(OLE_HEAD) and any(stream in data for stream in streams)


def _zip_with(part: str) -> Callable[[bytes], bool]:
    """An office document without macros."""

    def is_it(data: bytes) -> bool:
        names = _names_in(data)
        return part in names and not any(name.endswith("vbaProject.bin") for name in names)

    return is_it


def _names_in(data: bytes) -> list[str]:
    if not data.startswith(ZIP_HEAD):
        return []
    try:
        return zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct.error):
        return []


# Asked in this order; PDF last, because its head may stand behind other bytes.
KINDS = (
    Kind(JPEG, Family.PHOTO, (".jpg", ".jpeg"), _starts(b"\xff\xd8\xff")),
    Kind(PNG, Family.PHOTO, (".png",), _starts(b"\x89PNG\r\n\x1a\n")),
    Kind(WEBP, Family.PHOTO, (".webp",), _is_webp),
    Kind(GIF, Family.PHOTO, (".gif",), _starts(b"GIF87a", b"GIF89a")),
    Kind(HEIC, Family.PHOTO, (".heic", ".heif"), _is_heic),
    Kind(TIFF, Family.PHOTO, (".tif", ".tiff"), _starts(b"II*\0", b"MM\0*")),
    Kind(BMP, Family.PHOTO, (".bmp",), _is_bmp),
    Kind(DOC, Family.WORD, (".doc",), _ole_with(WORD_STREAM)),
    Kind(XLS, Family.SHEET, (".xls",), _ole_with(*SHEET_STREAMS)),
    Kind(DOCX, Family.WORD, (".docx",), _zip_with("word/document.xml")),
    Kind(XLSX, Family.SHEET, (".xlsx",), _zip_with("xl/workbook.xml")),
    Kind(OFD, Family.OFD, (".ofd",), _zip_with("OFD.xml")),
    Kind(PDF, Family.PDF, (".pdf",), _is_pdf),
)
BY_TYPE = {kind.type: kind for kind in KINDS}
BY_EXTENSION = {extension: kind for kind in KINDS for extension in kind.extensions}
ACCEPT = ",".join(BY_EXTENSION)
IMAGES = frozenset(kind.type for kind in KINDS if kind.family is Family.PHOTO)


def content_type(data: bytes) -> str | None:
    """The type the bytes themselves show; None for what we do not take."""
    kind = next((kind for kind in KINDS if kind.is_it(data)), None)
    return kind.type if kind else None


def claimed(name: str) -> Family | None:
    """What the ending of a name says the file is; None for an ending that says nothing."""
    _stem, dot, ending = name.rpartition(".")
    kind = BY_EXTENSION.get(f".{ending.strip().lower()}") if dot else None
    return kind.family if kind else None


def claims_another_kind(name: str, content_type: str) -> bool:
    """A sheet called .pdf or a photo called .docx: whoever opens it would find something else than it says."""
    family = claimed(name)
    return family is not None and family is not BY_TYPE[content_type].family


def clean_name(name: str, content_type: str) -> str:
    """The name without folders, control characters and what file systems refuse, ending as its type says."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(
        char for char in unicodedata.normalize("NFC", last) if char not in FORBIDDEN and _is_printable(char)
    )
    kept = " ".join(kept.split()).strip(" .")
    endings = BY_TYPE[content_type].extensions
    stem = kept
    for ending in endings:
        if kept.lower().endswith(ending):
            stem = kept[: -len(ending)].rstrip(" .")
            break
    return f"{(stem or UNTITLED)[: NAME_LIMIT - 5]}{endings[0]}"


def _is_printable(char: str) -> bool:
    """No control, format (bidirectional overrides) or unassigned characters."""
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
