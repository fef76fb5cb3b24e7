"""Disputes through the real services: registered, and taken step by step."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from accounts.models import Appointment
from disputes.models import Dispute
from disputes.rules.intake import IntakeFacts, PartyFacts
from disputes.services import intake, steps
from tests.factories.accounts import actor

QUARREL = IntakeFacts(
    title="排水沟改道引起的争执",
    narrative="张家与李家共用的排水沟被改道，雨后积水漫进院子，双方多次争吵。",
    category="neighbour",
    source="walk_in",
    place="t01.v01",
    people_count=2,
    parties=(
        PartyFacts(role="applicant", kind="natural", name="张建国", phone="13800000001"),
        PartyFacts(role="respondent", kind="natural", name="李大山"),
    ),
)


def registered(by: Appointment, now: datetime, **facts: Any) -> Dispute:
    """A walk-in quarrel, or what `facts` make of it, entered by that post."""
    if facts.get("danger"):  # whoever marks danger has told somebody first
        facts.setdefault("danger_told", "派出所王警官、值班领导刘镇长")
    dispute, _query_code = intake.register(facts=replace(QUARREL, **facts), by=actor(by), now=now)
    return dispute


def take(step: str, dispute: Dispute, by: Appointment, now: datetime, **data: Any) -> Dispute:
    return steps.take(step, number=dispute.number, data=data, by=actor(by), now=now)
