"""Puts reading into the house: it hears of registrations and reports, and shows what it found. From `ready()`."""

from datetime import datetime
from typing import Any

import structlog
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from core import navigation
from core.http import actor_of
from core.navigation import NavItem
from disputes import events, extensions
from disputes.events import DangerTold, DisputesRegistered, StepTaken
from disputes.extensions import IntakePart
from disputes.rules import corrections
from disputes.rules.intake import IntakeFacts
from disputes.rules.lifecycle import MENDING
from disputes.services import upper
from early_warning.policy_rights import may_manage
from early_warning.rules.heard import verdict_of
from early_warning.selectors import readings
from early_warning.selectors.policy import policy_in_force
from early_warning.services import danger_leaders, reading

log = structlog.get_logger(__name__)


def connect() -> None:
    """After the responsible leader is named, so that they are told of the warning with the others."""
    events.disputes_registered.connect(read_registered, dispatch_uid="early_warning.read_registered")
    events.step_taken.connect(read_step, dispatch_uid="early_warning.read_step")
    events.danger_told.connect(tell_leaders, dispatch_uid="early_warning.tell_leaders")
    extensions.register("narrative", "evidence", readings.narrative_parts)
    extensions.register("alert", "danger", readings.danger_parts)
    extensions.register_intake("level", IntakePart("early_warning/intake_look.html", after="narrative"))
    extensions.register_check("settle_on_spot", "level", not_with_a_level)
    navigation.register(entries)


def read_registered(sender: Any, event: DisputesRegistered, **_kwargs: Any) -> None:
    reading.read_registrations(event.registered)


def tell_leaders(sender: Any, event: DangerTold, **_kwargs: Any) -> None:
    danger_leaders.tell_leaders(event.dispute, now=event.now)


def read_step(sender: Any, event: StepTaken, **_kwargs: Any) -> None:
    if event.step == "report_progress":
        account = event.texts.get("account", "")
        reading.read_progress(event.dispute, entry_seq=event.entry_seq, text=account, now=event.now)
    if event.step in MENDING and corrections.READ.intersection(corrections.names_changed(event.data)):
        for dispute in upper.locked_many([event.dispute_id]):  # anew: the leader may be another by now
            reading.read_corrected(dispute, entry_seq=event.entry_seq, now=event.now)


def not_with_a_level(facts: IntakeFacts, now: datetime) -> str:
    """A matter of level 1 to 3 takes its normal course. A classifier that fails keeps nobody from registering."""
    try:
        policy = policy_in_force(now)[1]
        verdict = verdict_of(policy, facts.narrative, facts.title, facts.people_count)
    except Exception:
        log.exception("reading_failed", of="settle_on_spot")
        return ""
    if not verdict.level:
        return ""
    return _("从事由看可能需要预警，不能当场化解。请按正常程序登记，系统会同时报告有关领导。")


def entries(request: HttpRequest) -> list[NavItem]:
    """Rails that are full leave it to the board and the coverage page, which lead there too."""
    if not may_manage(actor_of(request)):
        return []
    return [NavItem(reverse("early_warning:policies"), _("预警规则"), "sliders", order=95)]
