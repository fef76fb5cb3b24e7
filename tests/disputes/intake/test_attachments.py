"""Files: who gets them, how they lie on the disk, and what becomes of those nobody needs."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image

from accounts.models import Appointment
from audit.models import AccessEvent
from core.actor import Actor
from disputes.models import Attachment, Dispute, IntakeDraft
from disputes.rules import files, pictures
from disputes.services import attachments, blobs
from tests.disputes.intake.conftest import PDF, a_docx, a_photo, upload
from tests.factories.disputes import registered

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Appointment], Client]


@pytest.fixture
def dispute(clerk: Appointment, monday: datetime, reference_data: None) -> Dispute:
    return registered(clerk, monday)


@pytest.fixture
def photo(dispute: Dispute, by: Actor, monday: datetime) -> Attachment:
    return attachments.add_to_dispute(
        number=dispute.number, upload=upload(a_photo(), "现场.JPEG"), by=by, now=monday
    )


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, files.PDF),
        (a_photo(), files.JPEG),
        (a_docx(), files.DOCX),
        (files.OLE_HEAD + files.WORD_STREAM, files.DOC),
        (b"\x00\x00\x00\x18ftypheic", files.HEIC),
        (a_docx("word/vbaProject.bin"), None),
        (files.OLE_HEAD + b"Workbook", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"hello %PDF-1.4", None),
        (b"", None),
    ],
)
def test_the_content_tells_the_type(content: bytes, kind: str | None) -> None:
    assert files.content_type(content) == kind


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\用户\\收据.PDF", "收据.pdf"),
        ("a\x00b\u202egpj.exe", "abgpj.exe.pdf"),
        ("..", "附件.pdf"),
        ("长" * 300 + ".pdf", "长" * 115 + ".pdf"),
        ('<img src="x">.pdf', "img src=x.pdf"),
    ],
)
def test_names_are_cleaned_and_end_as_their_type_says(name: str, clean: str) -> None:
    assert files.clean_name(name, files.PDF) == clean


def test_on_the_disk_the_content_is_encrypted_and_named_by_its_hash(photo: Attachment, media: Path) -> None:
    stored = blobs.path_of(photo.sha256).read_bytes()
    assert b"JFIF" not in stored
    assert blobs.read(photo.sha256) == a_photo()


def test_the_same_content_lies_there_once(
    dispute: Dispute, photo: Attachment, by: Actor, monday: datetime
) -> None:
    attachments.add_to_dispute(
        number=dispute.number, upload=upload(a_photo(), "又一张.jpg"), by=by, now=monday
    )
    assert len(list(blobs.folder().glob("??/*"))) == 2  # the original and its preview


def test_a_download_is_an_attachment_that_runs_nothing_and_is_recorded(
    dispute: Dispute, photo: Attachment, clerk: Appointment, client_of: ClientOf
) -> None:
    answer = client_of(clerk).get(f"/disputes/{dispute.number}/attachments/{photo.pk}/")
    assert b"".join(answer) == a_photo()
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    event = AccessEvent.objects.get(action="downloaded")
    assert (event.user_id, event.target_label) == (clerk.user_id, dispute.number)


def test_the_preview_is_upright_small_and_knows_no_place(
    dispute: Dispute, photo: Attachment, clerk: Appointment, client_of: ClientOf
) -> None:
    answer = client_of(clerk).get(f"/disputes/{dispute.number}/attachments/{photo.pk}/preview/")
    assert answer["Content-Type"] == "image/jpeg"
    with Image.open(io.BytesIO(answer.content)) as image:
        assert not image.getexif()
        assert max(image.size) <= pictures.PREVIEW_SIDE


def test_photos_are_shown_on_the_page_of_the_case(
    dispute: Dispute, photo: Attachment, clerk: Appointment, client_of: ClientOf
) -> None:
    page = client_of(clerk).get(f"/disputes/{dispute.number}/").content.decode()
    address = f"/disputes/{dispute.number}/attachments/{photo.pk}/preview/"
    assert f'<img class="attachment-preview" src="{address}" alt="查看大图：现场.jpg"' in page
    assert 'accept=".jpg' in page


@pytest.mark.parametrize("path", ["", "preview/"])
def test_out_of_sight_is_not_found(
    dispute: Dispute, photo: Attachment, outsider: Appointment, client_of: ClientOf, path: str
) -> None:
    answer = client_of(outsider).get(f"/disputes/{dispute.number}/attachments/{photo.pk}/{path}")
    assert answer.status_code == 404


def test_a_file_is_reached_only_through_its_own_dispute(
    photo: Attachment, clerk: Appointment, client_of: ClientOf, monday: datetime
) -> None:
    other = registered(clerk, monday)
    assert client_of(clerk).get(f"/disputes/{other.number}/attachments/{photo.pk}/").status_code == 404


def test_late_papers_get_their_trail_entry(dispute: Dispute, photo: Attachment) -> None:
    entry = dispute.trail.get(step="paper_added")
    assert photo.sha256 in entry.payload
    assert "现场" not in entry.payload
    assert entry.texts.get().text == "现场.jpg"


def test_who_only_looks_on_adds_nothing(dispute: Dispute, deputy: Appointment, client_of: ClientOf) -> None:
    answer = client_of(deputy).post(f"/disputes/{dispute.number}/attachments/", {"files": [upload()]})
    assert answer.status_code == 403
    assert not Attachment.objects.exists()


def test_a_draft_and_its_files_are_the_owners_alone(
    clerk: Appointment, coordinator: Appointment, client_of: ClientOf, by: Actor, key: object
) -> None:
    mine, other = client_of(clerk), client_of(coordinator)
    mine.post(f"/disputes/drafts/{key}/files/", {"files": [upload(a_photo(), "a.jpg")]})
    file = Attachment.objects.get()
    assert mine.get(f"/disputes/drafts/{key}/files/{file.pk}/preview/").status_code == 200
    for answer in (
        other.get(f"/disputes/drafts/{key}/files/{file.pk}/preview/"),
        other.post(f"/disputes/drafts/{key}/files/", {"files": [upload()]}),
        other.post(f"/disputes/drafts/{key}/files/{file.pk}/remove/"),
        other.post(f"/disputes/drafts/{key}/", {"narrative": "改写"}),
        other.get(f"/disputes/new/?draft={key}"),
    ):
        assert answer.status_code == 404
    other.post(f"/disputes/drafts/{key}/discard/")
    assert IntakeDraft.objects.exists()


def age(sha256: str, hours: int) -> None:
    moment = datetime.now().timestamp() - hours * 3600
    for path in blobs.folder().glob(f"{sha256[:2]}/{sha256}*"):
        os.utime(path, (moment, moment))


def test_contents_nobody_names_go_after_a_day(photo: Attachment, by: Actor) -> None:
    now = datetime.now().astimezone()
    orphan, young = blobs.write(b"orphan"), blobs.write(b"young")
    age(orphan, 25)
    age(photo.sha256, 25)
    assert attachments.sweep_orphans(now) == 1
    assert not blobs.path_of(orphan).exists()
    assert blobs.path_of(young).exists()
    assert blobs.path_of(photo.sha256).exists()
    assert attachments.sweep_orphans(now + timedelta(hours=1)) == 0


def test_what_is_stored_again_counts_as_new(by: Actor) -> None:
    sha256 = blobs.write(b"twice")
    age(sha256, 25)
    blobs.write(b"twice")
    assert attachments.sweep_orphans(datetime.now().astimezone()) == 0
