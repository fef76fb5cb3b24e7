"""What the intake tests share: a filled form, small files of every kind, a county with reference data."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import Appointment
from core.actor import Actor

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    """Each test has its own folder for files."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def by(clerk: Appointment, actor: Callable[[Appointment], Actor], reference_data: None) -> Actor:
    """The clerk of t01, in a county that is ready to work."""
    return actor(clerk)


@pytest.fixture
def key() -> UUID:
    return uuid4()


def filled(**changes: Any) -> dict[str, Any]:
    """What the browser sends for an ordinary quarrel; None leaves a field out."""
    fields: dict[str, Any] = {
        "source": "walk_in",
        "place": "t01.v01",
        "narrative": "张家与李家共用的排水沟被改道，雨后积水漫进院子，双方多次争吵。",
        "title": "",
        "category": "neighbour",
        "parties-TOTAL_FORMS": "2",
        "parties-INITIAL_FORMS": "0",
        "parties-0-role": "applicant",
        "parties-0-kind": "natural",
        "parties-0-name": "张建国",
        "parties-0-phone": "13800000001",
        "parties-1-role": "respondent",
        "parties-1-kind": "natural",
        "parties-1-name": "李大山",
        "accused-TOTAL_FORMS": "0",
        "accused-INITIAL_FORMS": "0",
        "unit_relation": "",
    }
    return {name: value for name, value in (fields | changes).items() if value is not None}


def a_photo(*, exif: bool = True, size: tuple[int, int] = (60, 40)) -> bytes:
    """A small photograph that says where it was taken."""
    image = Image.new("RGB", size, "red")
    tags = Image.Exif()
    tags[0x010E] = "拍摄于某处"  # ImageDescription
    out = io.BytesIO()
    image.save(out, "JPEG", exif=tags if exif else Image.Exif())
    return out.getvalue()


def a_docx(*extra: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml", *extra):
            archive.writestr(name, "<xml/>")
    return out.getvalue()


def upload(content: bytes = PDF, name: str = "材料.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def today(monday: datetime) -> datetime:
    return monday
