"""Every limit the product starts with is used: what a tour through the services asks for, row by row."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from accounts.services import delegations
from calendars.known_limits import all_defaults
from calendars.models import DeadlineRule
from calendars.services.rules import RuleBook
from calendars.services.sweep import sweep
from core.actor import Actor
from disputes import public
from disputes.services import papers
from early_warning.models import Escalation
from early_warning.services import answers, warnings
from jurisdictions.models import Organization, Post
from tests.factories.accounts import a_user, actor, appoint
from tests.factories.disputes import registered, take

pytestmark = pytest.mark.django_db
Row = tuple[str, str, str]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, reference_data: None) -> set[Row]:
    """The rows the services were answered with."""
    found: set[Row] = set()
    rule = RuleBook.rule

    def answered(self: RuleBook, *args: Any, **named: Any) -> DeadlineRule:
        row = rule(self, *args, **named)
        found.add((row.key, row.category, row.source_kind))
        return row

    monkeypatch.setattr(RuleBook, "rule", answered)
    return found


def test_every_row_of_the_defaults_is_asked_for(
    asked, clerk, coordinator, handler, county_office, deputy, mayor, secretary, police, places, monday
):
    ordinary(clerk, coordinator, handler, county_office, monday)
    for level, leader in ((1, secretary), (2, mayor), (3, deputy)):
        grave(level, leader, clerk, coordinator, monday)
    for rule in all_defaults():
        if rule.category or rule.source_kind:
            particular(
                rule.category or "neighbour",
                rule.source_kind or "walk_in",
                clerk,
                coordinator,
                handler,
                monday,
            )

    by_law(clerk, coordinator, county_office, police, places, monday)
    absent_for_long(mayor, deputy, monday)

    rows = {(str(rule.key), rule.category, rule.source_kind) for rule in all_defaults()}
    assert rows - asked == set()


def ordinary(clerk, coordinator, handler, county_office, monday) -> None:
    """Accepted, dispatched, returned, extended, handed in, revisited; another one reported to the county."""
    dispute = registered(clerk, monday)
    take("accept", dispute, coordinator, monday)
    take("assign", dispute, coordinator, monday, lead_unit="t01.justice")
    take("request_return", dispute, handler, monday, ground="not_competent", reason="非本所事务")
    take("decide_return", dispute, coordinator, monday, granted=False, reason="属本所")
    take("sign_for", dispute, handler, monday)
    take("request_extension", dispute, handler, monday, days=5, reason="测量")
    take("decide_extension", dispute, coordinator, monday, granted=True, reason="同意")
    take("submit_result", dispute, handler, monday, outcome="oral_agreement", account="和好")
    take("approve_result", dispute, coordinator, monday, outcome="settled")
    declined = registered(clerk, monday)
    take("decline", declined, coordinator, monday, reason="不属本县", routes=["litigation"])
    asked = papers.Asked("refusal")
    papers.hand_out(number=declined.number, asked=asked, form="html", by=actor(clerk), now=monday)
    reported = registered(clerk, monday)
    take("report_up", reported, coordinator, monday, reason="需要县里处理")
    take("accept_report", reported, county_office, monday)
    sweep(monday)


def by_law(clerk, coordinator, county_office, police, places, monday) -> None:
    """The police mediate an accident, the county's committee a medical dispute."""
    accident = registered(clerk, monday, category="traffic")
    take("accept", accident, coordinator, monday)
    take("assign", accident, coordinator, monday, lead_unit="t01.police")
    take("sign_for", accident, police, monday)
    take("begin_mediation", accident, police, monday, ground="loss", on=monday.date())
    committee = Organization.objects.create(
        code="county.medical", name="县医调委", kind="mediation_committee", place=places["county"]
    )
    post = Post.objects.create(organization=committee, role="mediator")
    mediator = appoint(a_user("county.medical.mediator"), post, is_default=True)
    medical = registered(clerk, monday, category="medical")
    take("report_up", medical, coordinator, monday, reason="交医调委")
    take("accept_report", medical, county_office, monday)
    take("assign", medical, county_office, monday, lead_unit="county.medical")
    take("sign_for", medical, mediator, monday)


def absent_for_long(mayor, deputy, monday) -> None:
    """A deputy stands in for their head."""
    terms = {"starts_at": monday, "ends_at": monday + timedelta(days=40), "reason": "外出学习"}
    delegations.enter(appointment=mayor, stand_in=deputy.user, **terms, by=actor(mayor), now=monday)


def grave(level, leader, clerk, coordinator, monday) -> None:
    dispute = registered(clerk, monday)
    with transaction.atomic():
        (locked,) = public.lock_many([dispute.pk])
        warnings.propose(locked, level=level, by=Actor.system("warning_readings"), now=monday)
    row = Escalation.objects.filter(dispute=dispute, addressee=leader.user, ended_at=None).first()
    answers.acknowledge(escalation_id=row.pk, by=actor(leader), now=monday)
    answers.risk_removed(escalation_id=row.pk, account="已散去", by=actor(leader), now=monday)
    take("accept", dispute, coordinator, monday + timedelta(minutes=1))
    take("assign", dispute, coordinator, monday + timedelta(minutes=2), lead_unit="t01.justice")
    reported = registered(clerk, monday, danger=True, danger_told="已报告派出所")
    take("report_up", reported, coordinator, monday, reason="需要县里处理")


def particular(category, source, clerk, coordinator, handler, monday) -> None:
    """Of a category or a source with limits of its own."""
    dispute = registered(clerk, monday, category=category, source=source)
    take("accept", dispute, coordinator, monday)
    take("assign", dispute, coordinator, monday, lead_unit="t01.justice")
    take("request_return", dispute, handler, monday, ground="not_competent", reason="非本所事务")
