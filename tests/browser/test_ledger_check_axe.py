"""The auditor's page with faults at their rows, remarks and a seal, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from playwright.sync_api import Page

from accounts.models import Appointment
from safekeeping.models import LedgerCheck
from safekeeping.rules.faults import Fault, FaultKind, Remark, RemarkKind
from safekeeping.services import seal
from tests.browser.fixtures import DESKTOP, PHONE, Visit, does_not_scroll_sideways

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("reference_data")]


@pytest.fixture
def checked(people: dict[str, Appointment], monday: datetime) -> LedgerCheck:
    seal.seal_day(date(2026, 3, 1), now=monday, late="not_running")
    row = "calendars_deadline 17"
    return LedgerCheck.objects.create(
        asked_at=monday, started_at=monday, finished_at=monday, state="done", total=1, done=1, fault_count=2,
        faults=[
            Fault(FaultKind.ROW_CHANGED, "t01-2026-000001", what="due_at, soon_at", row=row).as_json(),
            Fault(FaultKind.WITNESS_LOST, "2026-02-28", what="12").as_json(),
        ],
        remarks=[Remark(RemarkKind.LATE, "2026-03-01", "not_running").as_json()],
    )  # fmt: skip


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_faults_are_named_at_their_rows_on_every_screen(
    visit: Visit,
    axe: Callable[[Page], None],
    people: dict[str, Appointment],
    checked: Any,
    size: dict[str, int],
) -> None:
    page = visit(people["auditor"], size=size)
    for path in ("/disputes/ledger/check/", "/disputes/ledger/check/seals/"):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200
        axe(page)
        assert does_not_scroll_sideways(page), path
