"""Who sees the content, who the stub, who nothing: told a second time, slowly, by loops over people and cases, from
tables that know neither keys nor arrays nor grants."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from accounts.models import Appointment
from disputes.disclosure import disclosures
from disputes.models import Dispute
from early_warning.models import Escalation
from tests.factories.accounts import actor

pytestmark = pytest.mark.django_db
CONTENT, STUB, NOTHING = "content", "stub", "nothing"
# who sees the whole of their place, by the end of the username: leaders and the centre's desk
OF_PLACE = {"clerk", "coordinator", "office", "deputy", "mayor", "secretary", "head"}
NEVER = {"auditor", "admin", "security"}
ALARMED = {"secretary", "mayor"}  # of the towns; the county's desk is named apart
DESK_OF_COUNTY = {"county.office", "county.coordinator"}


@dataclass(frozen=True)
class Plain:
    """A case as somebody would tell it."""

    towns: tuple[str, ...]  # whose leaders may know of it at all
    centre: str
    registrar: str = "t01.clerk"
    restricted: bool = True
    urgent: bool = False
    danger: bool = False
    lead: str = ""  # the unit that has it
    had: str = ""  # the unit that had it
    barred: tuple[str, ...] = ()  # usernames
    named: frozenset[str] = frozenset()  # leaders asked or responsible by name or post


T01 = ("t01",)
TOLD = {
    "open": Plain(T01, "t01", restricted=False),
    "divorce": Plain(T01, "t01"),
    "newborn": Plain(T01, "t01", urgent=True),
    "danger": Plain(T01, "t01", urgent=True, danger=True),
    "barred": Plain(T01, "t01", barred=("t01.v01",)),
    # a complaint about somebody of the town's government goes to the county, and leaves the town out
    "barred person": Plain((), "county", barred=("t01.deputy",)),
    "of two towns": Plain(("t01", "t02"), "county"),
    "with a village": Plain(T01, "t01", lead="t01.v01"),
    "given back": Plain(T01, "t01", had="t01.v01"),
    "restricted later": Plain(T01, "t01"),
}


def named_leaders(dispute: Dispute) -> frozenset[str]:
    """The responsible leader, and whom a warning has asked so far."""
    posts = [dispute.responsible_leader_id]
    posts += Escalation.objects.filter(dispute=dispute, notified_at__isnull=False).values_list(
        "post", flat=True
    )
    rows = Appointment.objects.filter(post__in=[post for post in posts if post])
    return frozenset(rows.values_list("user__username", flat=True))


def open_to(who: str, case: Plain) -> bool:
    """Whether they would see it, were it open."""
    place, _dot, role = who.rpartition(".")
    if who in NEVER:
        return False
    if who in (case.registrar, case.lead, case.had) or who in case.named:
        return True
    if role in OF_PLACE and place in ("county", *case.towns):
        return True
    return case.danger and role == "duty" and place in (case.centre, *case.towns)


def opens_restricted(who: str, case: Plain) -> bool:
    """Named: who took it down, whose centre manages it, who has or had it, who is asked; and all who must act."""
    place, _dot, role = who.rpartition(".")
    desk = place == case.centre and role in ("coordinator", "office")
    named = who in case.named or who in (case.registrar, case.lead, case.had)
    # the town's desk goes on reading what it has reported up
    reported_up = who == "t01.coordinator" and len(case.towns) > 1
    duty = case.danger and role == "duty" and place in (case.centre, *case.towns)
    acts = case.urgent and ((place in case.towns and role in ALARMED) or who in DESK_OF_COUNTY)
    return desk or named or reported_up or duty or acts


def expected(who: str, case: Plain) -> str:
    if who in case.barred or not (open_to(who, case) or opens_restricted(who, case)):
        return NOTHING
    return CONTENT if not case.restricted or opens_restricted(who, case) else STUB


def seen(appointment: Appointment, dispute: Dispute) -> str:
    by = actor(appointment)
    content = Dispute.objects.visible_to(by).filter(pk=dispute.pk).exists()
    listed = Dispute.objects.listed_to(by).filter(pk=dispute.pk).exists()
    assert listed or not content, "what is open is listed"
    if listed:
        assert disclosures(by, [dispute])[dispute.pk].content == content, "two answers to one question"
    return CONTENT if content else STUB if listed else NOTHING


def test_everybody_sees_of_every_case_what_the_table_says(
    cases: dict[str, Dispute], people: dict[str, Appointment]
) -> None:
    wrong = []
    for name, dispute in cases.items():
        case = TOLD[name]
        case = Plain(**{**vars(case), "named": named_leaders(dispute)})
        for who, appointment in people.items():
            right, found = expected(who, case), seen(appointment, dispute)
            if right != found:
                wrong.append(f"{name}: {who} sees {found}, not {right}")
    assert wrong == []


def test_the_table_tells_all_three_apart(cases: dict[str, Dispute], people: dict[str, Appointment]) -> None:
    """The loops above would also agree about an empty county."""
    case = Plain(**{**vars(TOLD["newborn"]), "named": named_leaders(cases["newborn"])})
    answers = {who: expected(who, case) for who in people}
    assert answers["t01.secretary"] == answers["t01.mayor"] == answers["county.office"] == CONTENT
    assert answers["county.head"] == STUB
    assert answers["t02.clerk"] == answers["admin"] == NOTHING
