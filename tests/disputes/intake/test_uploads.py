"""Files at the counter: pictures that explode, sheets in disguise, and what is said of them."""

from __future__ import annotations

import io
import struct
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core.actor import Actor
from disputes.errors import InvalidInput
from disputes.models import Attachment, Dispute, IntakeDraft
from disputes.rules import files, pictures
from disputes.services import attachments, drafts, uploads
from tests import slowness
from tests.disputes.intake.conftest import PDF, a_photo, upload
from tests.disputes.rules.test_files import DATA, by_openpyxl, picture
from tests.factories.disputes import registered

pytestmark = pytest.mark.django_db


def check(data: bytes, name: str) -> uploads.CheckedFile:
    return uploads.checked(SimpleUploadedFile(name, data))


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(InvalidInput) as caught:
        check(data, name)
    (message,) = caught.value.errors["files"]
    return str(message)


def png_of(width: int, height: int) -> bytes:
    """A few kilobytes of PNG that say they are so large; written by hand from the standard's chunks."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["TIFF", "BMP", "PNG", "GIF", "WEBP", "JPEG"])
def test_a_picture_of_any_kind_gets_a_plain_preview(kind: str) -> None:
    made = check(picture(kind), "现场").preview
    assert made is not None
    with Image.open(io.BytesIO(made)) as image:
        assert (image.format, image.size) == ("JPEG", (8, 6))


def test_a_telephones_photo_is_shown() -> None:
    made = check((DATA / "photo.heic").read_bytes(), "IMG_0001.HEIC").preview
    assert made is not None
    with Image.open(io.BytesIO(made)) as image:
        assert image.size == (96, 64)


@pytest.mark.parametrize("size", [(5001, 5000), (60_000, 60_000), (2**31 - 1, 2**31 - 1)])
def test_a_picture_of_more_than_25_million_pixels_is_refused_in_words(size: tuple[int, int]) -> None:
    assert "2500 万像素" in refusal(png_of(*size), "大图.png")


@pytest.mark.parametrize("progressive", [False, True])
def test_a_large_jpeg_is_read_at_a_fraction_of_its_size(progressive: bool) -> None:
    out = io.BytesIO()
    Image.new("RGB", (8000, 6000), "red").save(out, "JPEG", progressive=progressive)
    made = check(out.getvalue(), "大照片.jpg").preview
    assert made is not None
    with Image.open(io.BytesIO(made)) as image:
        assert max(image.size) <= pictures.PREVIEW_SIDE


@pytest.mark.parametrize(
    "data",
    [a_photo()[:200], png_of(100, 100), b"BM" + bytes(12) + struct.pack("<I", 40) + bytes(9)],
    ids=["jpeg", "png", "bmp"],
)
def test_a_broken_picture_is_refused_in_words(data: bytes) -> None:
    assert "不是完整的图片" in refusal(data, "坏图")


def test_sixteen_pictures_at_once_are_decoded_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each takes at most its own share of memory, and while one works the others wait outside."""
    out = io.BytesIO()
    Image.new("RGB", (1500, 1500), "red").save(out, "WEBP")
    began = time.monotonic()
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda number: check(out.getvalue(), f"{number}.webp").preview, range(6)))
    assert all(made)
    assert time.monotonic() - began < uploads.DECODING_SECONDS * 10 * slowness.of_machine()


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (by_openpyxl(), "工资表.pdf", "Excel 表格"),
        (a_photo(), "协议.docx", "图片"),
        (PDF, "照片.jpg", "PDF 文件"),
    ],
)
def test_what_pretends_to_be_another_kind_is_refused_with_what_it_is(
    data: bytes, name: str, words: str
) -> None:
    said = refusal(data, name)
    assert name in said
    assert words in said


def test_a_wage_list_becomes_a_paper_of_the_case(by: Actor, monday: datetime) -> None:
    dispute: Dispute = registered(by.acting, monday)
    file = SimpleUploadedFile("工资表.xlsx", by_openpyxl())
    row = attachments.add_to_dispute(number=dispute.number, upload=file, by=by, now=monday)
    assert (row.name, row.content_type, row.has_preview) == ("工资表.xlsx", files.XLSX, False)


def test_a_persons_drafts_hold_so_many_files_and_no_more(
    by: Actor, monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "DRAFT_FILES", 3)
    for number in range(4):
        draft = drafts.save(key=uuid4(), data={}, title=str(number), by=by, now=monday)
        assert draft is not None
        if number < 3:
            attachments.add_to_draft(draft=draft, upload=upload(), by=by, now=monday)
    assert isinstance(draft, IntakeDraft)
    with pytest.raises(InvalidInput, match="草稿里已有 3 个附件"):
        attachments.add_to_draft(draft=draft, upload=upload(), by=by, now=monday)
    assert Attachment.objects.count() == 3


def test_the_decoder_leaves_nothing_but_its_lock_beside_the_files(media: Path) -> None:
    check(a_photo(), "a.jpg")
    assert [path.name for path in media.iterdir()] == [".decoding"]
