"""A dispute as it was at a moment, told anew from its trail. Pure: entries in, a snapshot out.

Who gave a case back sees it as it was then (`disputes.disclosure`): every fact of the row that steps change is
followed here. What only registration writes needs no following.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from disputes.rules.lifecycle import MAY_REST

Follow = Callable[["Snapshot", "Told"], None]


@dataclass(frozen=True)
class Told:
    """One trail entry: what happened when, and which state it led to; which level and which leader it named, if any
    (a leader's code, empty for nobody); what else it changed (`follow`)."""

    seq: int
    step: str
    status_to: str
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)
    level: int | None = None
    leader: str | None = None
    follow: Follow | None = None


@dataclass
class Snapshot:
    """Codes and keys, as the trail keeps them; moments in UTC."""

    seq: int = 0
    status: str = ""
    managing: str | None = None
    lead_unit: str | None = None
    person: int | None = None
    co_units: tuple[str, ...] = ()
    leader: str | None = None
    level: int = 0
    danger: bool = False
    pending: str = ""
    suspended: bool = False
    outcome: str = ""
    towns: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    resolve_by: str | None = None
    handed_by: str | None = None
    county_due: str | None = None
    handed: bool = False  # another centre gave it to the one that manages it
    registered_at: datetime | None = None
    accepted_at: datetime | None = None
    submitted_at: datetime | None = None
    submitted_seq: int = 0  # the entry whose account is the result
    settled_at: datetime | None = None
    revisited_at: datetime | None = None
    closed_at: datetime | None = None


# steps whose `changed` speaks of the matter itself; those of a party may raise its number of people
MATTER_STEPS = ("correct", "add_party", "correct_party", "restrict", "lift_restriction")
PARTY_ONLY = ("role", "kind", "head_count", "organization")

SETTLED = ("settled", "performing")


def registered(now: Snapshot, told: Told) -> None:
    now.registered_at, now.danger = told.at, bool(told.data.get("danger"))
    now.towns, now.sectors = tuple(told.data.get("towns", ())), tuple(told.data.get("sectors", ()))


def accepted(now: Snapshot, told: Told) -> None:
    now.accepted_at = now.accepted_at or told.at


def given(now: Snapshot, told: Told) -> None:
    now.lead_unit, now.person = told.data["lead_unit"], told.data["person"]
    now.co_units = tuple(told.data.get("co_units", ()))


def _taken_away(now: Snapshot) -> None:
    now.lead_unit = now.person = None
    now.co_units = ()


def taken_up(now: Snapshot, told: Told) -> None:
    _taken_away(now)
    now.pending, now.accepted_at = "", now.accepted_at or told.at


def handed_down(now: Snapshot, _told: Told) -> None:
    _taken_away(now)


def recalled(now: Snapshot, _told: Told) -> None:
    _taken_away(now)
    now.submitted_at, now.outcome = None, ""


def asked(kind: str) -> Follow:
    def follow(now: Snapshot, _told: Told) -> None:
        now.pending = kind

    return follow


def decided(now: Snapshot, told: Told) -> None:
    now.pending = ""
    if told.step == "decide_return" and told.data.get("granted"):
        _taken_away(now)


def person(now: Snapshot, told: Told) -> None:
    now.person = told.data.get("person", now.person)


def suspended(now: Snapshot, told: Told) -> None:
    now.suspended = told.step == "suspend"


def submitted(now: Snapshot, told: Told) -> None:
    now.outcome, now.submitted_at, now.submitted_seq = told.data["outcome"], told.at, told.seq


def rejected(now: Snapshot, _told: Told) -> None:
    now.submitted_at, now.pending = None, ""


def passed(now: Snapshot, told: Told) -> None:
    if "lead_unit" in told.data:
        given(now, told)


def approved(now: Snapshot, told: Told) -> None:
    now.pending = "approval" if told.data.get("to") else ""
    if not now.pending:
        now.revisited_at = None
    if told.status_to in SETTLED:
        now.settled_at = told.at


def revisited(now: Snapshot, told: Told) -> None:
    if told.data.get("reached"):
        now.revisited_at = told.at


def closed(now: Snapshot, told: Told) -> None:
    now.closed_at = told.at


def reopened(now: Snapshot, told: Told) -> None:
    _taken_away(now)
    now.settled_at = now.revisited_at = now.closed_at = now.submitted_at = None
    now.outcome = ""
    now.accepted_at = now.accepted_at or told.at


def danger(now: Snapshot, told: Told) -> None:
    now.danger = told.step == "danger_reported"


def merged_in(now: Snapshot, told: Told) -> None:
    now.danger = bool(told.data.get("danger", now.danger))
    now.towns = tuple(told.data.get("towns", now.towns))
    now.sectors = tuple(told.data.get("sectors", now.sectors))
    if told.data.get("registered_at"):
        now.registered_at = datetime.fromisoformat(told.data["registered_at"])


def corrected(now: Snapshot, told: Told) -> None:
    changed = told.data.get("changed", {})
    now.towns = tuple(changed["towns"][1]) if "towns" in changed else now.towns
    now.sectors = tuple(changed["sectors"][1]) if "sectors" in changed else now.sectors


def barred(now: Snapshot, told: Told) -> None:
    if told.data.get("taken"):
        _taken_away(now)
        now.submitted_at = now.settled_at = now.revisited_at = None
        now.outcome = ""


def taken_back(later: Iterable[Told]) -> dict[str, Any]:
    """What the matter's columns held before these corrections, oldest first: the first that changed one knows."""
    held: dict[str, Any] = {}
    for told in later:
        if told.step not in MATTER_STEPS:
            continue
        for name, (old, _new) in told.data.get("changed", {}).items():
            if name not in PARTY_ONLY:
                held.setdefault(name, old)
    return held


def _managed(now: Snapshot, told: Told) -> None:
    """Who manages it, and for whom: what the county handed down lasts until somebody else manages."""
    data = told.data
    if data.get("managing", now.managing) != now.managing:
        now.managing = data["managing"]
        now.handed_by = now.county_due = None
        now.handed = told.step in ("hand_down", "pass_to")
    now.handed_by = data.get("handed_by", now.handed_by)
    now.county_due = data.get("county_due", now.county_due)


def snapshot(entries: Iterable[Told]) -> Snapshot:
    """The state after these entries, oldest first. A due date and a managing centre are named by their key in the data
    (`resolve_by`, `managing`), whatever the step."""
    now = Snapshot()
    for told in entries:
        if told.follow is not None:
            told.follow(now, told)
        now.seq, now.status = told.seq, told.status_to
        now.pending = "" if told.data.get("request_ended") else now.pending
        now.suspended = now.suspended and told.status_to == MAY_REST
        _managed(now, told)
        now.resolve_by = told.data.get("resolve_by") or now.resolve_by
        now.level = now.level if told.level is None else told.level
        now.leader = now.leader if told.leader is None else told.leader
    return now
