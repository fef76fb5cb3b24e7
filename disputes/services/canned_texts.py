"""常用语 of a unit: written by those who handle for it, for its own people. The only writer."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from accounts.rights import require
from audit.services import record_change
from core.actor import Actor
from disputes.choices import CannedField
from disputes.errors import InvalidInput, NotFound
from disputes.models import CannedText
from disputes.rules import intake_hints
from disputes.rules.intake import clean_text
from jurisdictions.models import Organization

LONGEST = 300
MOST = 60  # of one unit


@transaction.atomic
def add(*, field: str, text: str, by: Actor, now: datetime) -> CannedText:
    """For the unit acted for. Locks the unit's row. Raises NotPermitted, InvalidInput by field."""
    require(by, Permission.HANDLE)
    unit = Organization.objects.select_for_update().get(pk=by.organization.pk)
    if field not in CannedField.values:
        raise InvalidInput({"field": [_("请选择用在哪一栏。")]})
    if _live(unit).count() >= MOST:
        raise InvalidInput({"text": [_("一个单位最多 %d 条常用语，请先停用不用的。") % MOST]})
    row = _made(unit, field, text, None, by, now)
    _record(row, "", row.text, by=by, now=now)
    return row


@transaction.atomic
def change(*, text_id: int, text: str, by: Actor, now: datetime) -> CannedText:
    """Another row in its place; the old one stays in the history. Locks the row. Raises as `add`, NotFound."""
    row = _own(text_id, by)
    if clean_text(text, lines=True).strip() == row.text:
        return row
    _retire(row, by, now)
    made = _made(row.unit, row.field, text, row, by, now)
    _record(made, row.text, made.text, by=by, now=now)
    return made


@transaction.atomic
def retire(*, text_id: int, by: Actor, now: datetime) -> None:
    """Offered no more; what was written with it stays. Locks the row. Raises NotPermitted, NotFound."""
    row = _own(text_id, by)
    _retire(row, by, now)
    _record(row, row.text, "", by=by, now=now)


def _live(unit: Organization) -> QuerySet[CannedText]:
    return CannedText.objects.filter(unit=unit, retired_at=None)


def _own(text_id: int, by: Actor) -> CannedText:
    require(by, Permission.HANDLE)
    rows = _live(by.organization).select_for_update(of=("self",)).select_related("unit")
    row = rows.filter(pk=text_id).first()
    if row is None:
        raise NotFound(_("没有这条常用语，或已经停用。"))
    return row


def _retire(row: CannedText, by: Actor, now: datetime) -> None:
    row.retired_at, row.retired_by = now, by.acting
    row.save(update_fields=["retired_at", "retired_by"])


def _made(
    unit: Organization, field: str, text: str, replaces: CannedText | None, by: Actor, now: datetime
) -> CannedText:
    text = clean_text(text, lines=True).strip()
    if problem := _problem_with(text):
        raise InvalidInput({"text": [problem]})
    try:
        with transaction.atomic():
            return CannedText.objects.create(
                unit=unit, field=field, text=text, created_at=now, created_by=by.acting, replaces=replaces
            )
    except IntegrityError as error:
        raise InvalidInput({"text": [_("本单位这一栏已有相同的常用语。")]}) from error


def _problem_with(text: str) -> str:
    """It is used for many cases: nothing of one person belongs into it."""
    if not text:
        return _("请填写内容。")
    if len(text) > LONGEST:
        return _("不超过 %d 个字。") % LONGEST
    if intake_hints.has_id_number(text) or intake_hints.has_phone(text):
        return _("常用语会用在许多件上，请不要写身份证号码和手机号码。")
    return ""


def _record(row: CannedText, before: str, after: str, *, by: Actor, now: datetime) -> None:
    record_change(
        by=by,
        now=now,
        target_type="canned_text",
        target_id=row.pk,
        label=f"{row.unit} {row.get_field_display()}",
        before={"text": before},
        after={"text": after},
    )
