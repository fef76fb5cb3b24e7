"""Restricted cases of the played week, with words that must never reach who sees only a stub."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import Appointment
from disputes.models import Dispute
from disputes.rules.intake import PartyFacts
from tests.disputes.conftest import Make
from tests.factories.disputes import take

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WHY = "涉及未成年人"
# case 05: restricted by its category, no level, no danger
DIVORCE = {
    "title": "金丝雀甲离婚及孩子抚养",
    "narrative": "女方金丝雀乙反映丈夫长期酗酒、多次殴打她，要求离婚，孩子8岁归女方抚养。",
    "category": "family",
    "place": "t01.v02",
    "parties": (
        PartyFacts(role="applicant", kind="natural", name="金丝雀丙"),
        PartyFacts(role="respondent", kind="natural", name="金丝雀丁"),
    ),
}
# case 03: restricted by its category, and level 2
NEWBORN = {
    "title": "镇卫生院新生儿死亡争议",
    "narrative": (
        "11月26日，产妇在青石镇卫生院分娩，新生儿抢救无效死亡。家属二十余人在卫生院大厅摆放花圈、烧纸、拉横幅，"
        "围住值班医生不让离开，要求赔偿120万元。"
    ),
    "category": "medical",
    "people_count": 22,
    "place": "t01",
    "parties": (
        PartyFacts(role="applicant", kind="natural", name="陈某某"),
        PartyFacts(role="respondent", kind="legal", name="青石镇卫生院"),
    ),
}


@pytest.fixture
def cases(
    register: Make, coordinator: Appointment, village: Appointment, county_office: Appointment, now: datetime
) -> dict[str, Dispute]:
    """By what is special about each."""
    made = {
        "open": register(),
        "divorce": register(**DIVORCE),
        "newborn": register(**NEWBORN),
        "danger": register(**DIVORCE, danger=True),
        "barred": register(**DIVORCE, accused_units=("t01.v01",)),
        "barred person": register(**DIVORCE, accused_people=("t01.deputy",)),
        "of two towns": register(restricted=True, towns=("t01", "t02")),
        "with a village": register(**DIVORCE),
        "given back": register(**DIVORCE),
        "restricted later": register(),
    }
    for name in ("with a village", "given back"):
        take("accept", made[name], coordinator, now + HOUR)
        take("assign", made[name], coordinator, now + HOUR, lead_unit="t01.v01")
    _given_back(made["given back"], village, coordinator, now)
    take("accept", made["of two towns"], coordinator, now + HOUR)
    take("report_up", made["of two towns"], coordinator, now + HOUR, reason="跨乡镇")
    take("accept_report", made["of two towns"], county_office, now + HOUR)
    take("restrict", made["restricted later"], coordinator, now + HOUR, reason=WHY)
    for dispute in made.values():
        dispute.refresh_from_db()
    return made


def _given_back(dispute: Dispute, village: Appointment, coordinator: Appointment, now: datetime) -> None:
    asked: dict[str, Any] = {"ground": "not_competent", "reason": "不属于本村职责"}
    take("request_return", dispute, village, now + 2 * HOUR, **asked)
    take("decide_return", dispute, coordinator, now + 3 * HOUR, granted=True, reason="同意")


Client = Callable[[Appointment], Any]
