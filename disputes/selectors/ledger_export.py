"""The rows of the official ledger table (突出矛盾纠纷台账), read in batches, each with what the asker may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.actor import Actor
from core.clock import SHANGHAI
from disputes import extensions
from disputes.choices import HandingKind, Outcome, Status
from disputes.disclosure import Disclosure, disclosures
from disputes.models import Assignment, Dispute, Handing, NotResolved, Origin, TrailEntry
from disputes.querysets import DisputeQuerySet
from disputes.selectors.as_of import as_seen
from disputes.selectors.handed_lines import RECALL
from disputes.selectors.ledger import Sort, ledger_page
from disputes.selectors.merged import absorbed_by
from disputes.selectors.not_resolved import latest_by_dispute
from disputes.selectors.not_resolved import line_of as line_of_no_result
from disputes.selectors.origins import line_of, origins_of
from disputes.wording_danger import told_or_not

COLUMNS = (
    gettext_lazy("序号"),
    gettext_lazy("单位"),
    gettext_lazy("简要情况"),
    gettext_lazy("责任单位/责任人"),
    gettext_lazy("化解时限"),
    gettext_lazy("化解情况"),
    gettext_lazy("交办督办情况"),
    gettext_lazy("销号情况"),
)
BATCH = 1000
NARRATIVE_SHOWN = 500
HANDED: dict[str, Any] = {
    HandingKind.DOWN: gettext_lazy("%(day)s 县级交办%(centre)s"),
    HandingKind.OVER: gettext_lazy("%(day)s 转交%(centre)s"),
}
COUNTED_STEPS = ("reminded", "deadline_missed")


def batches(rows: DisputeQuerySet, *, sort: Sort, by: Actor) -> Iterator[list[list[str]]]:
    """Rows of texts without their running number; memory does not grow with their count."""
    wanted = rows.select_related(
        "town", "handed_town", "received_by", "lead_unit", "responsible_person__user", "book"
    )
    wanted = wanted.defer("search", "access_keys", "barred_keys")
    cursor = None
    while True:
        page = ledger_page(wanted, sort=sort, cursor=cursor, size=BATCH)
        if page.rows:
            yield _texts(page.rows, by)
        cursor = page.next
        if cursor is None:
            return


@dataclass
class Handling:
    """What was ordered of whom, how often it was urged or missed, and what upper apps say of it."""

    handings: list[Handing] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    no_result: NotResolved | None = None
    said: list[str] = field(default_factory=list)


def _texts(disputes: list[Dispute], by: Actor) -> list[list[str]]:
    shown = disclosures(by, disputes)
    handling = _handling(disputes, shown)
    merged = absorbed_by([dispute for dispute in disputes if shown[dispute.pk].content])
    seen = as_seen(disputes, shown)
    origins = origins_of(chain(seen, *merged.values()))
    beside = extensions.parts("export", disputes, by, shown).values()
    for answers in beside:
        for pk, said in answers.items():
            handling[pk].said.append(said)
    return [
        _row(dispute, shown[dispute.pk], handling[dispute.pk], merged.get(dispute.pk, []), origins)
        for dispute in seen
    ]


def _handling(disputes: list[Dispute], shown: dict[int, Disclosure]) -> dict[int, Handling]:
    """Four queries for the batch; what happened after a reader's trail ends is left out."""
    ids = [dispute.pk for dispute in disputes]
    found = {pk: Handling() for pk in ids}
    for handing in (
        Handing.objects.filter(dispute_id__in=ids).select_related("to_centre").order_by("handed_at")
    ):
        if shown[handing.dispute_id].covers(handing.handed_at):
            found[handing.dispute_id].handings.append(handing)
    for row in (
        Assignment.objects.filter(dispute_id__in=ids).select_related("lead_unit").order_by("assigned_at")
    ):
        if shown[row.dispute_id].covers(row.assigned_at):
            found[row.dispute_id].assignments.append(row)
    entries = TrailEntry.objects.filter(dispute_id__in=ids, step__in=COUNTED_STEPS).order_by()
    for dispute_id, step, at in entries.values_list("dispute_id", "step", "at"):
        if shown[dispute_id].covers(at):
            found[dispute_id].counts[step] += 1
    for pk, finding in latest_by_dispute(disputes).items():
        found[pk].no_result = finding
    return found


def _row(
    dispute: Dispute, shown: Disclosure, handling: Handling, merged: list[Dispute], origins: dict[int, Origin]
) -> list[str]:
    if dispute.is_stub:
        return _stub_row(dispute)
    unit: Any = dispute.handed_town or dispute.town or dispute.received_by
    person = dispute.responsible_person
    read = [row for row in merged if shown.covers(row.survivor_since)]
    told = [_told(dispute, origins, shown), *(_merged(row, origins, shown) for row in read)]
    return [
        str(unit),
        "\n".join(told),
        " / ".join(str(part) for part in (dispute.lead_unit, person and person.user.name) if part),
        _day(dispute.resolve_by),
        _resolution(dispute, shown, handling),
        _orders(dispute, shown, handling),
        _closing(dispute),
    ]


def _stub_row(dispute: Dispute) -> list[str]:
    """限制知悉, for who does not read its content: that it is there, where, with whom, due when, in which state."""
    told = f"{dispute.display_number} {dispute.title}\n{dispute.category.label}"
    unit = str(dispute.lead_unit or "")
    return [
        dispute.place_name,
        told,
        unit,
        _day(dispute.next_due_at),
        str(Status(dispute.status).label),
        "",
        "",
    ]


def _told(dispute: Dispute, origins: dict[int, Origin], shown: Disclosure) -> str:
    """Its number, who sent it or the number of the ledger it came from, and its words."""
    said = line_of(origins.get(dispute.pk), shown)
    origin = _("（%s）") % said if said else ""
    return f"{dispute.display_number}{origin} {dispute.title}\n{dispute.narrative[:NARRATIVE_SHOWN]}"


def _merged(row: Dispute, origins: dict[int, Origin], shown: Disclosure) -> str:
    """What was merged in: its own words and head count belong to the row it goes on in."""
    people = _("%d 人") % row.people_count
    return _("并入：%s") % f"{_told(row, origins, shown)}（{people}）"


def _resolution(dispute: Dispute, shown: Disclosure, handling: Handling) -> str:
    if not shown.covers(dispute.submitted_at):
        return str(Status(dispute.status).label)
    outcome = Outcome(dispute.reported_outcome).label if dispute.reported_outcome else ""
    followed = line_of_no_result(handling.no_result, shown)
    return "；".join(part for part in (str(outcome), dispute.result_summary, followed) if part)


def _orders(dispute: Dispute, shown: Disclosure, handling: Handling) -> str:
    danger = [_("有人身危险，已报告：%s") % told_or_not(dispute)] if dispute.danger and shown.level else []
    parts = (
        danger
        + handling.said
        + [
            str(HANDED[row.kind]) % {"day": _day(row.handed_at), "centre": row.to_centre}
            for row in handling.handings
        ]
        + [
            _("%s 县级收回") % _day(row.ended_at)
            for row in handling.handings
            if row.ended_by_step == RECALL and shown.covers(row.ended_at)
        ]
    )
    parts += [
        _("%(day)s 交办%(unit)s") % {"day": _day(row.assigned_at), "unit": row.lead_unit}
        for row in handling.assignments
    ]
    if reminded := handling.counts["reminded"]:
        parts.append(_("催办 %d 次") % reminded)
    if missed := handling.counts["deadline_missed"]:
        parts.append(_("超期 %d 次") % missed)
    return "；".join(parts)


def _closing(dispute: Dispute) -> str:
    if dispute.closed_at is None:
        return _("未销号")
    return _("%s 销号") % _day(dispute.closed_at)


def _day(moment: datetime | None) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d}" if moment else ""
