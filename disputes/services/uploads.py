"""A file somebody sent, looked at before any row is locked: what kind it is, and its small plain picture."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import confined
from disputes.errors import InvalidInput
from disputes.rules import files
from disputes.rules.files import Family, PictureFault

DECODER = "disputes.rules.pictures:preview"
DECODING_SECONDS, DECODING_MEGABYTES = 15, 768
FAMILIES = {
    Family.PHOTO: gettext_lazy("图片"),
    Family.PDF: gettext_lazy("PDF 文件"),
    Family.WORD: gettext_lazy("Word 文档"),
    Family.SHEET: gettext_lazy("Excel 表格"),
    Family.OFD: gettext_lazy("OFD 版式文件"),
}
PICTURE_FAULTS = {
    PictureFault.TOO_MANY_PIXELS.encode(): gettext_lazy(
        "“%s”的像素过多，无法处理。请缩小到 2500 万像素以内，或另存为 JPEG 后再上传。"
    ),
    PictureFault.UNREADABLE.encode(): gettext_lazy("“%s”不是完整的图片，请重新拍摄或另存后再上传。"),
}


class Upload(Protocol):
    """What a web framework hands over as a file."""

    name: str | None

    @property
    def size(self) -> int | None: ...

    def read(self, num_bytes: int | None = ..., /) -> bytes: ...


@dataclass(frozen=True)
class CheckedFile:
    """What may be stored; pictures carry their preview."""

    name: str
    kind: str
    data: bytes
    preview: bytes | None


def checked(upload: Upload) -> CheckedFile:
    """Reads the file and looks at its content. Raises InvalidInput at `files` with the reason in words."""
    name = upload.name or ""
    if (upload.size or 0) > files.SIZE_LIMIT:
        raise refused(_("“%s”超过 20 MB，请压缩或拆分后再上传。") % name[:60])
    data = upload.read()
    kind = _kind_of(name, data)
    preview = _preview_of(name, data) if kind in files.IMAGES else None
    return CheckedFile(name, kind, data, preview)


def refused(message: str) -> InvalidInput:
    return InvalidInput({"files": [message]})


def _kind_of(name: str, data: bytes) -> str:
    """The type of the content. Raises InvalidInput for what we do not take and for what pretends to be another."""
    kind = files.content_type(data)
    if kind is None:
        words = _("“%s”的内容不是照片、PDF、OFD、Word 文档或 Excel 表格（或带有宏），不能上传。")
        raise refused(words % name[:60])
    if files.claims_another_kind(name, kind):
        words = _("“%(name)s”的内容其实是%(kind)s，与文件名不符。请按实际类型重新保存后再上传。")
        raise refused(words % {"name": name[:60], "kind": FAMILIES[files.BY_TYPE[kind].family]})
    return kind


def _preview_of(name: str, data: bytes) -> bytes:
    """The picture as pictures.preview makes it, one at a time on this machine. Raises InvalidInput with the reason."""
    try:
        made = confined.call(
            DECODER, data, seconds=DECODING_SECONDS, megabytes=DECODING_MEGABYTES, alone=_decoding_lock()
        )
    except confined.Busy as error:
        raise refused(_("正在处理的图片较多，“%s”暂时没有上传，请稍后再试。") % name[:60]) from error
    except confined.TooMuch:
        made = PictureFault.TOO_MANY_PIXELS.encode()
    except confined.Broken:
        made = PictureFault.UNREADABLE.encode()
    words = PICTURE_FAULTS.get(made)
    if words is not None:
        raise refused(words % name[:60])
    return made


def _decoding_lock() -> Path:
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / ".decoding"
