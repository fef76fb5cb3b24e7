"""Who sent a matter here: what may be stated, written down by hand as a table."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from disputes.rules.origin import OriginFacts, OriginFault, answer_faults, faults, key_of
from imports.rules.cells import CellFault, truth_of

TODAY = date(2026, 3, 2)
CAME = date(2026, 2, 27)
SENT: dict[str, Any] = {"sender": "县信访局", "number": "信访2026-031", "received_on": CAME}


@pytest.mark.parametrize(
    ("stated", "wrong"),
    [
        (SENT, []),
        ({"number": "031"}, [("sender", OriginFault.NO_SENDER)]),
        ({"received_on": CAME}, [("sender", OriginFault.NO_SENDER)]),
        ({"answer_wanted": True}, [("sender", OriginFault.NO_SENDER)]),
        ({"due_at": datetime(2026, 4, 1, tzinfo=UTC)}, [("sender", OriginFault.NO_SENDER)]),
        ({"ledger_number": "旧-7"}, []),
        ({}, []),
        (SENT | {"received_on": TODAY}, []),
        (SENT | {"received_on": date(2026, 3, 3)}, [("received_on", OriginFault.RECEIVED_IN_FUTURE)]),
        (SENT | {"received_on": date(26, 3, 2)}, [("received_on", OriginFault.YEAR_TOO_EARLY)]),
        # the last minute of the 26th in Shanghai, and the first of the 27th
        (
            SENT | {"due_at": datetime(2026, 2, 26, 15, 59, tzinfo=UTC)},
            [("due_at", OriginFault.DUE_BEFORE_RECEIVED)],
        ),
        (SENT | {"due_at": datetime(2026, 2, 26, 16, 0, tzinfo=UTC)}, []),
        (SENT | {"due_at": datetime(2150, 1, 1, tzinfo=UTC)}, [("due_at", OriginFault.YEAR_TOO_FAR)]),
        (SENT | {"sender": "长" * 101}, [("sender", OriginFault.TOO_LONG)]),
        (SENT | {"number": "9" * 61}, [("number", OriginFault.TOO_LONG)]),
        (SENT | {"sender": "长" * 100, "number": "9" * 60}, []),
    ],
)
def test_what_may_be_stated(stated: dict[str, Any], wrong: list[tuple[str, OriginFault]]) -> None:
    assert list(faults(OriginFacts(**stated), TODAY)) == wrong


@pytest.mark.parametrize(
    ("on", "wrong"),
    [
        (date(2026, 2, 26), [OriginFault.ANSWERED_BEFORE_RECEIVED]),
        (CAME, []),
        (TODAY, []),
        (date(2026, 3, 3), [OriginFault.ANSWERED_IN_FUTURE]),
    ],
)
def test_the_day_of_an_answer(on: date, wrong: list[OriginFault]) -> None:
    assert list(answer_faults(on, CAME, TODAY)) == wrong


def test_a_number_is_compared_without_width_case_and_blanks() -> None:
    assert key_of(" Ｇ2026 0301-077 ") == key_of("g20260301-077") == "g20260301-077"


@pytest.mark.parametrize(
    ("cell", "value", "fault"),
    [
        ("是", 1, None),
        ("√", 1, None),
        ("否", 0, None),
        ("无", 0, None),
        ("", None, None),
        ("也许", None, CellFault.NOT_YES_OR_NO),
    ],
)
def test_yes_and_no_in_a_sheet(cell: str, value: int | None, fault: CellFault | None) -> None:
    said = truth_of(cell)
    assert (said.value, said.fault) == (value, fault)
