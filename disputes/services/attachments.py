"""Files of a draft or a dispute: checked by content, stored before their row, shown only through the dispute."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from audit import services as audit
from audit.choices import Action
from core.actor import Actor
from core.transactions import retried
from disputes.disclosure import disclosure
from disputes.errors import NotFound, NotPermitted
from disputes.models import Attachment, Dispute, IntakeDraft
from disputes.rights import has_desk, may_add_papers
from disputes.rules import files
from disputes.selectors.merged import attachments_of
from disputes.services import blobs, ledger, merging, uploads
from disputes.services.uploads import CheckedFile, Upload

ORPHANED_AFTER = timedelta(hours=24)


def add_to_draft(*, draft: IntakeDraft, upload: Upload, by: Actor, now: datetime) -> Attachment:
    """Raises InvalidInput at `files`: another kind, too large, too many of the draft or of the person's drafts."""
    return _into_draft(draft, uploads.checked(upload), by, now)


@retried
def _into_draft(draft: IntakeDraft, file: CheckedFile, by: Actor, now: datetime) -> Attachment:
    IntakeDraft.objects.select_for_update().get(pk=draft.pk)
    _require_room(draft, file)
    return _store(file, draft.attachments.count(), by, now, draft=draft)


def _require_room(draft: IntakeDraft, file: CheckedFile) -> None:
    """A person's open drafts hold so much and no more, in whatever post they were begun."""
    mine = Attachment.objects.filter(draft__owner__user=draft.owner.user_id, dispute=None)
    held = mine.aggregate(number=Count("pk"), size=Sum("size"))
    number, size = held["number"], held["size"] or 0
    if number >= files.DRAFT_FILES or size + len(file.data) > files.DRAFT_BYTES:
        words = _("您的草稿里已有 %(number)d 个附件，共 %(size)d MB。请先登记或删除一些草稿，再上传。")
        raise uploads.refused(words % {"number": number, "size": size // (1024 * 1024)})


def add_to_dispute(*, number: str, upload: Upload, by: Actor, now: datetime) -> Attachment:
    """Late papers, also of a closed file, by whoever registers or handles; its own trail entry.

    Those of a merged one go to the case that goes on in its place, whose row is in `dispute` of the answer. The file is
    looked at before that case is locked. Raises NotFound, NotPermitted, InvalidInput at `files`.
    """
    _require_in_hand(_visible(number, by), by)
    return _into_dispute(number, uploads.checked(upload), by, now)


def _require_in_hand(dispute: Dispute, by: Actor) -> None:
    """Who gave a case back adds nothing to it: they could not even see what they added."""
    if may_add_papers(by, disclosure(by, dispute)):
        return
    if not has_desk(by):
        raise NotPermitted(_("您当前的岗位不能补充材料。"))
    raise NotPermitted(_("本件已不由贵单位办理，不能补充材料。手上的材料请交给综治中心。"))


@retried
def _into_dispute(number: str, file: CheckedFile, by: Actor, now: datetime) -> Attachment:
    handed_in = _visible(number, by)
    _require_in_hand(handed_in, by)
    dispute = merging.last_of(handed_in)
    attachment = _store(file, dispute.attachments.count(), by, now, dispute=dispute)
    via = handed_in.number if handed_in.pk != dispute.pk else ""
    ledger.append(dispute, paper_entry(dispute, [attachment], via), by=by, now=now)
    return attachment


def paper_entry(dispute: Dispute, added: list[Attachment], via: str = "") -> ledger.NewEntry:
    """The trail entry of files that came in: ids and content hashes; names stay outside the chain. `via` is the
    number of the merged case they were handed in to."""
    data: dict[str, object] = {"attachments": [[row.pk, row.sha256] for row in added]}
    if via:
        data["via"] = via
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
            if not _is_wanted(sha256):
                removed += blobs.remove(paths)
    return removed


def _is_wanted(sha256: str) -> bool:
    """A paper, or what an upper app goes by."""
    return Attachment.objects.filter(sha256=sha256).exists() or blobs.is_wanted_above(sha256)


def _visible(number: str, by: Actor) -> Dispute:
    dispute: Dispute = Dispute.objects.defer("search").get_visible(by, number)
    return dispute


def _of_dispute(number: str, attachment_id: int, by: Actor) -> tuple[Dispute, Attachment]:
    dispute = _visible(number, by)
    attachment = attachments_of(dispute, disclosure(by, dispute)).filter(pk=attachment_id).first()
    if attachment is None:
        raise NotFound(_("没有找到这份附件。"))
    return dispute, attachment


def _store(
    file: CheckedFile,
    present: int,
    by: Actor,
    now: datetime,
    *,
    draft: IntakeDraft | None = None,
    dispute: Dispute | None = None,
) -> Attachment:
    if present >= files.NUMBER_LIMIT:
        raise uploads.refused(_("每件最多上传 %d 个附件。") % files.NUMBER_LIMIT)
    sha256 = blobs.write(file.data)
    if file.preview is not None:
        blobs.put(blobs.path_of(sha256, blobs.PREVIEW), file.preview)
    return Attachment.objects.create(
        draft=draft,
        dispute=dispute,
        name=files.clean_name(file.name, file.kind),
        content_type=file.kind,
        size=len(file.data),
        sha256=sha256,
        has_preview=file.preview is not None,
        uploaded_by=by.acting,
        uploaded_at=now,
    )
