"""Which papers of a dispute somebody may print by now, as links on its page."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.permissions import Permission
from accounts.rights import may
from core.actor import Actor
from disputes.disclosure import Disclosure
from disputes.models import Dispute, Party, TrailEntry
from disputes.rules.lifecycle import MENDING
from disputes.rules.papers import PAPERS
from disputes.selectors import papers
from disputes.selectors.house_sheet import Occasion, occasions


@dataclass(frozen=True)
class PaperLink:
    """`outdated`: printed before a correction and not since, so it is offered anew. `day`: when the latest of its kind
    arose, of `count`; empty of a party's paper."""

    kind: str
    title: str
    outdated: bool = False
    day: str = ""
    count: int = 1


def may_print(by: Actor, kind: str) -> bool:
    """Whether the table of papers gives this kind to one of the actor's permissions."""
    return any(may(by, Permission(name)) for name in PAPERS[kind].permissions)


def papers_of(
    dispute: Dispute, by: Actor, parties: Sequence[Party], entries: Sequence[TrailEntry], shown: Disclosure
) -> list[PaperLink]:
    """The papers this person may print by now: those for the parties, then those between units and for the file."""
    corrected = max((row.at for row in entries if row.step in MENDING), default=None)
    outdated = papers.printed_before(dispute, corrected) if corrected else set()
    told = max((row.at for row in entries if row.step == "tell_routes"), default=None)
    if told is not None:
        outdated |= papers.printed_before(dispute, told) & {"not_resolved"}
    for_parties = [
        PaperLink(kind, str(papers.TITLES[kind]), kind in outdated)
        for kind in papers.kinds(dispute, parties)
        if may_print(by, kind)
    ]
    return for_parties + (_house_papers(by, entries) if shown.level else [])


def _house_papers(by: Actor, entries: Sequence[TrailEntry]) -> list[PaperLink]:
    """One line for each kind: the latest, from which the page of the paper leads to those before it."""
    found: dict[str, list[Occasion]] = {}
    for row in occasions(entries):
        if may_print(by, row.kind.id):
            found.setdefault(row.kind.id, []).append(row)
    return [
        PaperLink(kind, str(papers.TITLES[kind]), day=rows[0].day, count=len(rows))
        for kind, rows in found.items()
    ]
