"""Disputes as their reader may see them: who gave a case back sees it as it was then."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import datetime

from django.utils.dateparse import parse_datetime

from accounts.models import Appointment
from disputes.disclosure import Disclosure
from disputes.entry_words import words_of
from disputes.models import Dispute, EntryText, TrailEntry
from disputes.rules import as_of
from disputes.rules.as_of import Snapshot, Told
from disputes.rules.lifecycle import MERGED
from disputes.selectors import mended, stubs
from jurisdictions.models import Organization, Post

SAME = (
    *("status", "danger", "pending", "suspended", "registered_at"),
    *("accepted_at", "submitted_at", "settled_at", "revisited_at", "closed_at"),
)


def as_seen(disputes: Sequence[Dispute], shown: Mapping[int, Disclosure]) -> list[Dispute]:
    """The same rows in their order; a row whose trail is cut comes as a copy that tells what held then, one whose
    content is not disclosed as a stub.

    Such a copy is for reading: whoever saved it would write the past. Five queries however many are cut, none if
    none is; one more where there is a stub.
    """
    return stubs.without_content(_as_told(disputes, shown), shown)


def _as_told(disputes: Sequence[Dispute], shown: Mapping[int, Disclosure]) -> list[Dispute]:
    told = _trails(disputes, shown)
    if not told:
        return list(disputes)
    snapshots = _snapshots(told, shown)
    corrected = mended.before_corrections(
        {pk: [one for one in entries if not shown[pk].covers(one.at)] for pk, entries in told.items()}
    )
    then = _Then.of(snapshots.values())
    accounts = _accounts(snapshots)
    return [
        _as_it_was(
            row, snapshots[row.pk], then, accounts.get(row.pk, ""), corrected.get(row.pk, mended.Before())
        )
        if row.pk in snapshots
        else row
        for row in disputes
    ]


def helpers_then(dispute: Dispute, shown: Disclosure) -> list[Organization]:
    """协办单位 as they were."""
    found = _snapshots(_trails([dispute], {dispute.pk: shown}), {dispute.pk: shown})
    codes = found[dispute.pk].co_units if found else ()
    return list(Organization.objects.filter(code__in=codes))


def levels_then(disputes: Sequence[Dispute], shown: Mapping[int, Disclosure]) -> dict[int, int]:
    """The warning level of the time, by id, of those the reader sees as they were; one query, none if none is."""
    return {pk: one.level for pk, one in _snapshots(_trails(disputes, shown), shown).items()}


def _snapshots(told: Mapping[int, list[Told]], shown: Mapping[int, Disclosure]) -> dict[int, Snapshot]:
    return {
        pk: as_of.snapshot(one for one in entries if shown[pk].covers(one.at)) for pk, entries in told.items()
    }


def _trails(disputes: Sequence[Dispute], shown: Mapping[int, Disclosure]) -> dict[int, list[Told]]:
    """The whole trail of each whose reader sees it as it was; oldest first. One query, none where nobody does."""
    cut = [row.pk for row in disputes if shown[row.pk].trail_until is not None]
    if not cut:
        return {}
    told: dict[int, list[Told]] = {pk: [] for pk in cut}
    rows = TrailEntry.objects.filter(dispute__in=cut).order_by("dispute", "seq")
    for pk, seq, step, status, at, payload in rows.values_list(
        "dispute_id", "seq", "step", "status_to", "at", "payload"
    ):
        told[pk].append(_told(seq, step, status, at, json.loads(payload)["data"]))
    return told


def _told(seq: int, step: str, status: str, at: datetime, data: dict[str, object]) -> Told:
    words = words_of(step)
    level = words.level(data) if words.level else None
    leader = words.leader(data) if words.leader else None
    return Told(seq, step, status, at, data, level, leader, words.follow)


def _accounts(snapshots: Mapping[int, Snapshot]) -> dict[int, str]:
    """What was handed in as the result then."""
    wanted = {(pk, one.submitted_seq) for pk, one in snapshots.items() if one.submitted_at}
    texts = EntryText.objects.filter(
        entry__dispute__in=[pk for pk, _seq in wanted], entry__step="submit_result", name="account"
    ).select_related("entry")
    return {
        row.entry.dispute_id: row.text
        for row in texts
        if (row.entry.dispute_id, row.entry.seq) in wanted and not row.erased_at
    }


class _Then:
    """The units, people and posts the snapshots name."""

    def __init__(
        self, units: Iterable[Organization], people: Iterable[Appointment], posts: Iterable[Post]
    ) -> None:
        self.units = {unit.code: unit for unit in units}
        self.people = {person.pk: person for person in people}
        self.posts = {post.code: post for post in posts}

    @classmethod
    def of(cls, snapshots: Iterable[Snapshot]) -> _Then:
        rows = list(snapshots)
        codes = {code for one in rows for code in (one.lead_unit, one.managing, one.handed_by) if code}
        people = {one.person for one in rows if one.person}
        leading = {one.leader.partition(":")[0] for one in rows if one.leader}
        units = Organization.objects.filter(code__in=codes).select_related("place")
        posts = Post.objects.filter(organization__code__in=leading).select_related("organization")
        return cls(units, Appointment.objects.with_post().filter(pk__in=people), posts)


def _as_it_was(dispute: Dispute, was: Snapshot, then: _Then, account: str, before: mended.Before) -> Dispute:
    row = copy(dispute)
    mended.put_back(row, before)
    for name in SAME:
        setattr(row, name, getattr(was, name))
    row.version, row.warning_level, row.reported_outcome = was.seq, was.level, was.outcome
    row.involved_towns, row.involved_sectors = list(was.towns), list(was.sectors)
    row.lead_unit = then.units.get(was.lead_unit or "")
    row.responsible_person = then.people.get(was.person or 0)
    row.responsible_leader = then.posts.get(was.leader or "")
    row.managing_org = then.units.get(was.managing or "") or row.received_by
    row.handed_down_by = then.units.get(was.handed_by or "")
    row.county_due_at = parse_datetime(was.county_due) if row.handed_down_by and was.county_due else None
    centre = row.managing_org
    row.handed_town = centre.place if was.handed and centre.place_id != row.town_id else None
    row.resolve_by = parse_datetime(was.resolve_by) if was.resolve_by else None
    row.result_summary = account
    if not was.danger:
        row.danger_told, row.danger_told_at = "", None
    row.waiting_org = row.pending_org = row.next_due_at = row.performance_until = row.settled_on_time = None
    row.waiting_role = ""
    if was.status != MERGED:
        row.merged_into = row.survivor = row.survivor_since = None
    return row
