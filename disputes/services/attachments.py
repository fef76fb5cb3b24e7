"""Files of a draft or a dispute: checked by content, stored before their row, shown only through the dispute."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Protocol

from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from accounts.permissions import Permission
from accounts.policies import may
from audit import services as audit
from audit.choices import Action
from core.actor import Actor
from core.transactions import retried
from disputes.disclosure import disclosure
from disputes.errors import InvalidInput, NotFound, NotPermitted
from disputes.models import Attachment, Dispute, IntakeDraft
from disputes.rules import files
from disputes.services import blobs, ledger

ORPHANED_AFTER = timedelta(hours=24)
PREVIEW_SIDE = 1600
PIXEL_LIMIT = 60_000_000  # an image that unpacks to more is not opened


class Upload(Protocol):
    """What a web framework hands over as a file."""

    name: str | None

    @property
    def size(self) -> int | None: ...

    def read(self, num_bytes: int | None = ..., /) -> bytes: ...


@retried
def add_to_draft(*, draft: IntakeDraft, upload: Upload, by: Actor, now: datetime) -> Attachment:
    """Raises InvalidInput at `files`: wrong type, too large, too many."""
    IntakeDraft.objects.select_for_update().get(pk=draft.pk)
    return _store(upload, draft.attachments.count(), by, now, draft=draft)


@retried
def add_to_dispute(*, number: str, upload: Upload, by: Actor, now: datetime) -> Attachment:
    """Late papers, also of a closed file, by whoever registers or handles; its own trail entry.

    Locks the dispute. Raises NotFound, NotPermitted, InvalidInput at `files`.
    """
    dispute = _visible(number, by, lock=True)
    if not (may(by, Permission.REGISTER) or may(by, Permission.HANDLE)):
        raise NotPermitted(_("您当前的岗位不能补充材料。"))
    attachment = _store(upload, dispute.attachments.count(), by, now, dispute=dispute)
    ledger.append(dispute, paper_entry(dispute, [attachment]), by=by, now=now)
    return attachment


def paper_entry(dispute: Dispute, added: list[Attachment]) -> ledger.NewEntry:
    """The trail entry of files that came in: ids and content hashes; names stay outside the chain."""
    data = {"attachments": [[row.pk, row.sha256] for row in added]}
    texts = {"names": "\n".join(row.name for row in added)}
    return ledger.NewEntry("paper_added", dispute.status, dispute.status, data, texts)


@transaction.atomic
def remove_from_draft(*, draft: IntakeDraft, attachment_id: int) -> None:
    """Only while it is a draft's; the content goes with the next orphan sweep."""
    draft.attachments.filter(pk=attachment_id, dispute=None).delete()


def take_over(draft: IntakeDraft, dispute: Dispute, *, by: Actor, now: datetime) -> None:
    """The draft's files become the new dispute's, within the caller's transaction."""
    rows = list(draft.attachments.all())
    if rows:
        Attachment.objects.filter(pk__in=[row.pk for row in rows]).update(dispute=dispute, draft=None)
        ledger.append(dispute, paper_entry(dispute, rows), by=by, now=now)


def open_file(*, number: str, attachment_id: int, by: Actor, now: datetime) -> tuple[Attachment, bytes]:
    """The original, with a line in the access log. NotFound out of sight."""
    dispute, attachment = _of_dispute(number, attachment_id, by)
    with transaction.atomic():
        audit.record(
            action=Action.DOWNLOADED,
            by=by,
            now=now,
            target_type="attachment",
            target_id=attachment.pk,
            target_label=dispute.number,
            details={"dispute": dispute.number, "sha256": attachment.sha256},
        )
        return attachment, blobs.read(attachment.sha256)


def open_preview(*, number: str, attachment_id: int, by: Actor) -> bytes:
    """The picture re-encoded without EXIF. NotFound out of sight or when it has none."""
    _dispute, attachment = _of_dispute(number, attachment_id, by)
    return preview_of(attachment)


def preview_of(attachment: Attachment) -> bytes:
    if not attachment.has_preview:
        raise NotFound(_("这份附件没有预览图，请下载查看。"))
    return blobs.read(attachment.sha256, blobs.PREVIEW)


def sweep_orphans(now: datetime) -> int:
    """Removes contents that no row names and that nobody has stored for 24 h; safe beside itself and uploads."""
    removed = 0
    for sha256, paths in blobs.stored_before(now - ORPHANED_AFTER):
        with transaction.atomic():
            blobs.hold(sha256)
            if not Attachment.objects.filter(sha256=sha256).exists():
                removed += blobs.remove(paths)
    return removed


def _visible(number: str, by: Actor, *, lock: bool = False) -> Dispute:
    rows = Dispute.objects.visible_to(by).filter(number=number).defer("search")
    dispute: Dispute | None = (rows.select_for_update() if lock else rows).first()
    if dispute is None:
        raise NotFound(_("没有找到这件纠纷，或您无权查看。"))
    return dispute


def _of_dispute(number: str, attachment_id: int, by: Actor) -> tuple[Dispute, Attachment]:
    dispute = _visible(number, by)
    attachment = dispute.attachments.filter(pk=attachment_id).first()
    until = disclosure(by, dispute).trail_until
    if attachment is None or (until is not None and attachment.uploaded_at > until):
        raise NotFound(_("没有找到这份附件。"))
    return dispute, attachment


def _store(
    upload: Upload,
    present: int,
    by: Actor,
    now: datetime,
    *,
    draft: IntakeDraft | None = None,
    dispute: Dispute | None = None,
) -> Attachment:
    name = upload.name or ""
    if present >= files.NUMBER_LIMIT:
        raise _refused(_("每件最多上传 %d 个附件。") % files.NUMBER_LIMIT)
    if (upload.size or 0) > files.SIZE_LIMIT:
        raise _refused(_("“%s”超过 20 MB，请压缩或拆分后再上传。") % name[:60])
    data = upload.read()
    kind = files.content_type(data)
    if kind is None:
        raise _refused(_("“%s”的内容不是照片、PDF 或 Word 文档，不能上传。") % name[:60])
    preview = make_preview(data) if kind in files.IMAGES else None
    if kind in files.IMAGES and preview is None:
        raise _refused(_("“%s”不是完整的图片，请重新拍摄或另存后再上传。") % name[:60])
    sha256 = blobs.write(data)
    if preview is not None:
        blobs.put(blobs.path_of(sha256, blobs.PREVIEW), preview)
    return Attachment.objects.create(
        draft=draft,
        dispute=dispute,
        name=files.clean_name(name, kind),
        content_type=kind,
        size=len(data),
        sha256=sha256,
        has_preview=preview is not None,
        uploaded_by=by.acting,
        uploaded_at=now,
    )


def _refused(message: str) -> InvalidInput:
    return InvalidInput({"files": [message]})


def make_preview(data: bytes) -> bytes | None:
    """A JPEG of at most 1600 pixels a side, turned upright, without anything but its pixels; None if unreadable."""
    try:
        with Image.open(BytesIO(data)) as image:
            if image.width * image.height > PIXEL_LIMIT:
                return None
            image.draft("RGB", (PREVIEW_SIDE, PREVIEW_SIDE))
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
    upright.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    plain = Image.new("RGB", upright.size)
    plain.paste(upright)
    out = BytesIO()
    plain.save(out, "JPEG", quality=82)
    return out.getvalue()
