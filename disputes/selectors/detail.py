"""What the page of one dispute needs, as far as its reader may see it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from accounts.scoping import NOTHING, Scope
from accounts.selectors import known
from core import together
from core.actor import Actor
from core.written_once import written_once
from disputes import extensions, presenters
from disputes.choices import LEVEL_LABELS, Status
from disputes.closing_conditions import current_of
from disputes.disclosure import Disclosure, disclosure
from disputes.models import Assignment, Attachment, Dispute, Following, Party, StepRequest, TrailEntry
from disputes.querysets import Keys
from disputes.rights import may_add_papers
from disputes.rules import files, passages
from disputes.rules.lifecycle import TALK
from disputes.rules.passages import Passage, Piece
from disputes.rules.protection import grounds_in
from disputes.selectors import not_resolved, trail
from disputes.selectors.as_of import as_seen, helpers_then
from disputes.selectors.categories import categories
from disputes.selectors.facts import Row, facts_of, responsibility_of
from disputes.selectors.handing import Order, order_of
from disputes.selectors.lawful_mediation import not_started
from disputes.selectors.mended import parties_as_seen
from disputes.selectors.merged import MergedPart, merged_parts
from disputes.selectors.origins import page_caution
from disputes.selectors.paper_links import PaperLink, papers_of
from disputes.selectors.restriction import Question, question_of
from disputes.selectors.shown_clocks import Clock, clocks_of
from disputes.selectors.step_buttons import MENDINGS, StepButton, buttons_for
from disputes.selectors.turn import Turn, turn_of
from disputes.wording_danger import told_or_not
from disputes.wording_protection import RedLine, red_lines
from jurisdictions.models import Organization

UNITS = ("received_by", "managing_org", "handed_down_by", "lead_unit", "waiting_org", "pending_org", "unit")
PLACES, PEOPLE = ("town", "place"), ("responsible_person", "registered_by")
KNOWN = {
    "category": categories,
    "responsible_leader": known.posts,
    **dict.fromkeys(PLACES, known.places),
    **dict.fromkeys(PEOPLE, known.appointments),
    **dict.fromkeys(UNITS, known.units),
}


@dataclass(frozen=True)
class DetailPage:
    dispute: Dispute
    shown: Disclosure
    parties: list[Party]
    timeline: list[presenters.Entry]
    clocks: list[Clock]
    buttons: list[StepButton]
    attachments: list[Attachment]
    request: StepRequest | None
    alerts: list[Any]
    extras: list[Any]
    beneath: list[Any]
    title: list[Piece]
    narrative: list[Piece]
    papers: list[PaperLink]
    turn: Turn | None
    facts: list[Row]
    responsibility: list[Row]
    merged: list[MergedPart]
    survivor_visible: bool
    order: Order | None  # what the county or the town that gave it asks
    cautions: list[str]  # our date lies after that of who sent it; the law's limit has not begun
    red_lines: list[RedLine]  # what the law asks where minors, sexual violence or beatings at home are named
    restriction: Question | None  # whether few should know, where the text asks it and it is open to all
    points: list[not_resolved.Point]  # what must follow 处理未果 before it may be closed
    followed: bool | None  # by the reader; None where they only see its past
    may_add_papers: bool

    @property
    def accept(self) -> str:
        """Endings of the files that may be added."""
        return files.ACCEPT

    @property
    def level_label(self) -> Any:
        return LEVEL_LABELS.get(self.dispute.warning_level, "")

    @property
    def danger_told(self) -> str:
        """Whom somebody told of 人身危险 and when; the page shows it where the level is disclosed."""
        return told_or_not(self.dispute)

    @property
    def primary(self) -> StepButton | None:
        """The step that moves the case on; never one that merely could be taken, such as a merge."""
        return next((button for button in self.buttons if button.leads), None)

    @property
    def may_restrict(self) -> bool:
        return any(button.id == "restrict" for button in self.buttons)

    @property
    def may_correct_parties(self) -> bool:
        return any(button.id == "correct_party" for button in self.buttons)

    @property
    def others(self) -> list[StepButton]:
        rest = (button for button in self.buttons if button is not self.primary and not button.final)
        return [button for button in rest if button.id not in (*MENDINGS, *TALK)]

    @property
    def may_comment(self) -> bool:
        return any(button.id == "comment" for button in self.buttons)

    @property
    def mendings(self) -> list[StepButton]:
        """What puts the registration right: seldom needed, so it stands folded behind the work itself."""
        return [button for button in self.buttons if button.id in MENDINGS]

    @property
    def endings(self) -> list[StepButton]:
        """Steps that cannot be undone stand apart."""
        return [button for button in self.buttons if button is not self.primary and button.final]

    @property
    def running(self) -> list[Clock]:
        return [clock for clock in self.clocks if clock.state != "met"]

    @property
    def met(self) -> list[Clock]:
        return [clock for clock in self.clocks if clock.state == "met"]


def visible_dispute(number: str, by: Actor | None) -> Dispute:
    """The dispute with what its page shows; NotFound out of sight, NotPermitted where only its stub is in sight."""
    dispute = _visible(number, by)
    known.with_known([dispute], **KNOWN)  # eighteen joins were longer in planning than the rest of the page
    return dispute


def _visible(number: str, by: Actor | None) -> Dispute:
    scope: Scope = (by and by.scope) or NOTHING
    if (by is not None and by.is_system) or not scope.keys:
        found: Dispute = Dispute.objects.select_related("origin").defer("search").get_visible(by, number)
        return found
    rows = _open_to(number, Keys(scope.keys).value, Keys(scope.own_keys).value)
    if not rows:
        raise Dispute.objects.all().unseen(by, number)
    return rows[0]


@written_once
def _open_to(number: Any, keys: Any, own_keys: Any) -> QuerySet[Dispute]:
    numbered = Dispute.objects.select_related("origin").defer("search").filter(number=number)
    return numbered.open_to(keys, own_keys).order_by()


def detail_page(dispute: Dispute, by: Actor, now: datetime) -> DetailPage:
    shown = disclosure(by, dispute)
    (seen,) = as_seen([dispute], {dispute.pk: shown})
    past = shown.trail_until is not None
    there = _there(dispute, by)
    helpers = helpers_then(dispute, shown) if past else helpers_of(dispute) if there["helpers"] else []
    entries, parties = trail.disclosed(dispute, shown), parties_as_seen(dispute, shown)
    as_now = (seen.title, seen.narrative) == (dispute.title, dispute.narrative)
    marked = _marked(dispute, shown, by) if as_now else []
    found = current_of(dispute) if not past else None
    grounds = grounds_in(f"{seen.title}\n{seen.narrative}") if shown.level else {}
    return DetailPage(
        dispute=seen,
        shown=shown,
        parties=parties,
        timeline=presenters.entries(list(reversed(entries)), reader=None if past else by.user_id),
        clocks=[] if past else clocks_of(dispute, now),
        buttons=[] if past else buttons_for(dispute, by, now, inner=shown.level),
        attachments=_attachments(dispute, shown) if there["attachments"] else [],
        request=None if past else pending_request(dispute),
        alerts=_parts("alert", seen, by, shown),
        extras=_parts("page", seen, by, shown),
        beneath=_parts(
            "beneath", seen, by, shown, but=[name for name, any_row in there.items() if not any_row]
        ),
        title=passages.cut(seen.title, (row for row in marked if row.in_title)),
        narrative=passages.cut(seen.narrative, (row for row in marked if not row.in_title)),
        papers=[] if past else papers_of(dispute, by, parties, entries, shown),
        turn=None if past else turn_of(dispute),
        facts=[
            *facts_of(seen, inner=shown.level, until=shown.trail_until),
            *not_resolved.facts_in(dispute, entries, shown),
        ],
        responsibility=responsibility_of(seen, helpers, "" if past else instruction_in(dispute, entries)),
        merged=merged_parts(dispute, shown) if there["merged"] else [],
        survivor_visible=_may_open(dispute.survivor_id, by),
        order=order_of(seen, entries),
        cautions=[] if past else [said for said in (page_caution(dispute), not_started(dispute)) if said],
        red_lines=red_lines(grounds),
        restriction=question_of(seen) if grounds and not (past or dispute.is_restricted) else None,
        points=not_resolved.points_of(found, dispute) if found is not None and shown.level else [],
        followed=None if past else there["followed"],
        may_add_papers=may_add_papers(by, shown) and _takes_papers(dispute),
    )


def _takes_papers(dispute: Dispute) -> bool:
    """Also a closed file takes late papers, and a merged one hands them on; a withdrawn registration takes none."""
    kept = dispute.status in (Status.CLOSED, Status.ARCHIVED)
    return dispute.is_open or kept or dispute.survivor_id is not None


def _there(dispute: Dispute, by: Actor) -> dict[str, bool]:
    """Which of what most disputes have none of this one has: one look for all of it."""
    return _any_of(dispute.pk, by.user_id)


@together.found_once
def _any_of(dispute: Any, user: Any) -> together.Questions:
    asked: dict[str, QuerySet[Any, Any]] = {
        "helpers": Assignment.objects.filter(dispute=dispute, ended_at=None, co_units__isnull=False),
        "attachments": Attachment.objects.filter(dispute=dispute),
        "merged": Dispute.objects.filter(survivor=dispute),
        "followed": Following.objects.filter(dispute=dispute, user=user),
        **extensions.looks(dispute),
    }
    return {name: rows.order_by().values("pk") for name, rows in asked.items()}


def _attachments(dispute: Dispute, shown: Disclosure) -> list[Attachment]:
    return [row for row in dispute.attachments.all() if shown.covers(row.uploaded_at)]


def helpers_of(dispute: Dispute) -> list[Organization]:
    """The units that help now."""
    current = dispute.assignments.filter(ended_at=None)
    return list(Organization.objects.filter(pk__in=current.values("co_units")))


def instruction_of(dispute: Dispute) -> str:
    """拟办意见 of the assignment that stands; empty where none was written."""
    written: str | None = (
        dispute.assignments.filter(ended_at=None).values_list("instruction", flat=True).first()
    )
    return written or ""


def instruction_in(dispute: Dispute, entries: Sequence[TrailEntry]) -> str:
    """The same, told from the trail that was read anyway."""
    given = [row for row in entries if row.step in ("assign", "transfer", "pass_to")]
    if dispute.lead_unit_id is None or not given:
        return ""
    return next((text.text for text in given[-1].texts.all() if text.name == "instruction"), "")


def _may_open(dispute_id: int | None, by: Actor) -> bool:
    return dispute_id is not None and Dispute.objects.visible_to(by).filter(pk=dispute_id).exists()


def _parts(
    slot: str, dispute: Dispute, by: Actor, shown: Disclosure, *, but: Collection[str] = ()
) -> list[Any]:
    """What upper apps put on the page, those of these names not asked."""
    parts = extensions.parts(slot, [dispute], by, {dispute.pk: shown}, but=but)
    return [answers[dispute.pk] for answers in parts.values() if dispute.pk in answers]


def _marked(dispute: Dispute, shown: Disclosure, by: Actor) -> list[Passage]:
    """What upper apps mark in title and narrative: evidence, so only for those who may see the level."""
    if not shown.level:
        return []
    parts = extensions.parts("narrative", [dispute], by, {dispute.pk: shown})
    return [passage for answers in parts.values() for passage in answers.get(dispute.pk, [])]


def timeline(dispute: Dispute, shown: Disclosure) -> list[presenters.Entry]:
    """The trail in words, newest first, as far as it is disclosed."""
    return presenters.entries(list(reversed(trail.disclosed(dispute, shown))))


def pending_request(dispute: Dispute) -> StepRequest | None:
    if not dispute.pending:
        return None
    rows = dispute.requests.select_related("asked_by__user", "asked_by__post__organization", "decides_org")
    return rows.filter(decided_at=None, voided_at=None).first()
