"""Which files come in, told by their content, and what they may be called."""

import io
import unicodedata
import zipfile

import puremagic

SIZE_LIMIT = 20 * 1024 * 1024
NUMBER_LIMIT = 20
NAME_LIMIT = 120

JPEG, PNG, WEBP, GIF = "image/jpeg", "image/png", "image/webp", "image/gif"
HEIC = "image/heic"
PDF, DOC = "application/pdf", "application/msword"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
IMAGES = frozenset({JPEG, PNG, WEBP, GIF})
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXTENSIONS: dict[str, tuple[str, ...]] = {
    JPEG: (".jpg", ".jpeg"),
    PNG: (".png",),
    WEBP: (".webp",),
    GIF: (".gif",),
    HEIC: (".heic", ".heif"),
    PDF: (".pdf",),
    DOC: (".doc",),
    DOCX: (".docx",),
}
SHEET_EXTENSIONS = (".xlsx",)
ACCEPT = ",".join(extension for extensions in EXTENSIONS.values() for extension in extensions)

OLE_HEAD = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP_HEAD = b"PK\x03\x04"
WORD_STREAM = "WordDocument".encode("utf-16-le")
HEIC_BRANDS = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc")
FORBIDDEN = frozenset('\\/:*?"<>|')
UNTITLED = "附件"


def content_type(data: bytes) -> str | None:
    """The type the bytes themselves show; None for what we do not take."""
    if data.startswith(ZIP_HEAD):
        return DOCX if _is_docx(data) else None
    if data.startswith(OLE_HEAD):
        return DOC if WORD_STREAM in data else None
    if data[4:12] in HEIC_BRANDS:
        return HEIC
    return _by_magic(data)


def _by_magic(data: bytes) -> str | None:
    try:
        found = puremagic.from_string(data, mime=True)
    except (puremagic.PureError, ValueError):
        return None
    return found if found in IMAGES | {PDF} and _head_fits(found, data) else None


def _head_fits(found: str, data: bytes) -> bool:
    """puremagic also guesses from the middle and the end of a file; the head must agree."""
    heads = {
        JPEG: (b"\xff\xd8\xff",),
        PNG: (b"\x89PNG\r\n\x1a\n",),
        WEBP: (b"RIFF",),
        GIF: (b"GIF87a", b"GIF89a"),
        PDF: (b"%PDF-",),
    }
    return data.startswith(heads[found])


def _is_docx(data: bytes) -> bool:
    """A Word document without macros."""
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    return "word/document.xml" in names and not any(name.endswith("vbaProject.bin") for name in names)


def clean_name(name: str, content_type: str) -> str:
    """The name without folders, control characters and what file systems refuse, ending as its type says."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(
        char for char in unicodedata.normalize("NFC", last) if char not in FORBIDDEN and _is_printable(char)
    )
    kept = " ".join(kept.split()).strip(" .")
    endings = SHEET_EXTENSIONS if content_type == XLSX else EXTENSIONS[content_type]
    stem = kept
    for ending in endings:
        if kept.lower().endswith(ending):
            stem = kept[: -len(ending)].rstrip(" .")
            break
    return f"{(stem or UNTITLED)[: NAME_LIMIT - 5]}{endings[0]}"


def _is_printable(char: str) -> bool:
    """No control, format (bidirectional overrides) or unassigned characters."""
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
