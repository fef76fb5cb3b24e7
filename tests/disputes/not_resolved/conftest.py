"""A dispute whose mediation failed, reported on Saturday 7 and found not resolved on Sunday 8 March 2026."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from accounts.models import Appointment
from disputes.models import Dispute
from tests.disputes.conftest import Make
from tests.factories.disputes import take

Fail = Callable[..., Dispute]
TOLD: dict[str, Any] = {"routes": ["litigation", "legal_aid"], "on": date(2026, 3, 8), "way": "in_person"}
ENOUGH = {"decision": "elsewhere", "instruction": "调解已尽，同意引导诉讼，费用困难的帮助申请法律援助。"}
CALLED = {"way": "phone", "satisfied": False, "account": "当事人知道可以起诉，对结果不满意。"}


@pytest.fixture
def reported(now: datetime) -> datetime:
    return now + timedelta(days=5)


@pytest.fixture
def found(now: datetime) -> datetime:
    return now + timedelta(days=6)


@pytest.fixture
def fail(
    in_hand: Make, coordinator: Appointment, handler: Appointment, reported: datetime, found: datetime
) -> Fail:
    """Registers with these facts and leads it to 处理未果."""

    def make(**facts: Any) -> Dispute:
        dispute = in_hand(**facts)
        take("submit_result", dispute, handler, reported, outcome="no_agreement", account="三次调解未成。")
        return take("approve_result", dispute, coordinator, found, outcome="not_resolved")

    return make


@pytest.fixture
def failed(fail: Fail) -> Dispute:
    return fail()
