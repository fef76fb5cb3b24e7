"""A dispute told anew from its trail: the table's own values, written down by hand."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from disputes.entry_words import REGISTERED, words_of
from disputes.rules import lifecycle
from disputes.rules.as_of import Told, snapshot

T0 = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
# step, state it led to, data → what changed, hour by hour
STORY: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    (
        "register",
        "registered",
        {"managing": "t01.centre", "danger": False, "towns": ["x"]},
        {"managing": "t01.centre"},
    ),
    (
        "accept",
        "accepted",
        {"resolve_by": "2026-04-01T15:59:59+00:00"},
        {"resolve_by": "2026-04-01T15:59:59+00:00"},
    ),
    ("assign", "assigned", {"lead_unit": "t01.v01", "person": 7, "co_units": ["t01.v02"]}, {"person": 7}),
    ("sign_for", "in_progress", {"person": 8}, {"person": 8, "co_units": ("t01.v02",)}),
    ("suspend", "in_progress", {"until": "2026-03-20"}, {"suspended": True}),
    ("resume", "in_progress", {}, {"suspended": False}),
    ("request_extension", "in_progress", {"days": 20}, {"pending": "extension"}),
    (
        "decide_extension",
        "in_progress",
        {"granted": True, "resolve_by": "2026-04-21"},
        {"resolve_by": "2026-04-21"},
    ),
    ("suspend", "in_progress", {"until": "2026-03-20"}, {"suspended": True}),
    ("request_extension", "in_progress", {"days": 5}, {"pending": "extension"}),
    ("take_back", "in_progress", {"kind": "extension"}, {"pending": "", "suspended": True}),
    ("request_extension", "in_progress", {"days": 5}, {"pending": "extension"}),
    ("danger_reported", "in_progress", {}, {"danger": True, "pending": "extension"}),
    (
        "submit_result",
        "result_submitted",
        {"outcome": "refused", "request_ended": "extension"},
        {"outcome": "refused", "submitted_seq": 14, "pending": "", "suspended": False},
    ),
    ("reject_result", "in_progress", {}, {"submitted_at": None}),
    ("request_return", "in_progress", {"ground": "x"}, {"pending": "return"}),
    (
        "decide_return",
        "accepted",
        {"granted": True},
        {"lead_unit": None, "person": None, "co_units": (), "pending": ""},
    ),
    ("report_up", "accepted", {"to": "county.centre"}, {"pending": "report_up"}),
    (
        "accept_report",
        "accepted",
        {"managing": "county.centre"},
        {"managing": "county.centre", "pending": ""},
    ),
    ("assign", "assigned", {"lead_unit": "hrss", "person": 9}, {"lead_unit": "hrss", "co_units": ()}),
    ("transfer", "assigned", {"lead_unit": "nr", "person": 3}, {"lead_unit": "nr", "person": 3}),
    ("submit_result", "result_submitted", {"outcome": "oral_agreement"}, {"outcome": "oral_agreement"}),
    ("approve_result", "settled", {"outcome": "settled"}, {"settled_at": T0 + timedelta(hours=22)}),
    ("revisit", "settled", {"reached": True}, {"revisited_at": T0 + timedelta(hours=23)}),
    ("close", "closed", {}, {"closed_at": T0 + timedelta(hours=24)}),
    ("reopen", "reopened", {}, {"closed_at": None, "settled_at": None, "lead_unit": None, "outcome": ""}),
    ("merged_in", "reopened", {"danger": True, "towns": ["x", "y"]}, {"towns": ("x", "y")}),
    ("merge", "merged", {"into": "t01-2026-000002"}, {"status": "merged"}),
]


def entry(seq: int, step: str, status: str, at: datetime, data: Any = None, **more: Any) -> Told:
    """As the trail of a dispute is read: what the step's row says it changes comes with it."""
    return Told(seq, step, status, at, data or {}, follow=words_of(step).follow, **more)


def told(upto: int) -> list[Told]:
    return [
        entry(number + 1, step, status, T0 + timedelta(hours=number), data)
        for number, (step, status, data, _expected) in enumerate(STORY[:upto])
    ]


@pytest.mark.parametrize("upto", range(1, len(STORY) + 1))
def test_every_entry_changes_what_it_says(upto: int) -> None:
    now = snapshot(told(upto))
    _step, status, _data, expected = STORY[upto - 1]
    assert {name: getattr(now, name) for name in expected} == expected
    assert (now.seq, now.status) == (upto, status)


def test_level_and_leader_hold_until_another_is_named() -> None:
    entries = [
        entry(1, "register", "registered", T0),
        entry(2, "warning_opened", "registered", T0, level=2),
        entry(3, "leader_named", "registered", T0, leader="t01.gov:head"),
        entry(4, "accept", "accepted", T0),
    ]
    now = snapshot(entries)
    assert (now.level, now.leader) == (2, "t01.gov:head")
    assert snapshot([*entries, entry(5, "level_lifted", "accepted", T0, level=0)]).level == 0


NOTHING_OF_IT = {
    "decline",
    "archive",
    "report_progress",
    "withdraw",
    "merge",
    "answer_origin",
    "instruct",
    "tell_routes",
    "answer_not_resolved",
    "comment",
    "correct_comment",
}  # they change the state alone, or tell somebody and change nothing
BY_ITS_KEY = {"begin_mediation"}  # a new due date is followed whatever the step
TAKEN_BACK = {
    "add_party",
    "correct_party",
    "restrict",
    "lift_restriction",
}  # by `taken_back` and the parties' own past


def test_every_step_of_the_lifecycle_is_followed_or_changes_the_state_alone() -> None:
    assert {
        step for step in lifecycle.STEPS if REGISTERED[step].follow is None
    } == NOTHING_OF_IT | TAKEN_BACK | BY_ITS_KEY


def test_the_day_the_law_gives_a_mediation_is_the_one_of_then_and_an_order_changes_nothing() -> None:
    first, lawful = "2026-04-01T15:59:59+00:00", "2026-03-12T15:59:59+00:00"
    entries = [
        entry(1, "accept", "accepted", T0, {"resolve_by": first}),
        entry(2, "assign", "assigned", T0, {"lead_unit": "t01.police", "person": 7}),
        entry(3, "sign_for", "in_progress", T0, {"person": 7}),
        entry(4, "instruct", "in_progress", T0),
        entry(
            5,
            "begin_mediation",
            "in_progress",
            T0,
            {"ground": "loss", "on": "2026-03-02", "resolve_by": lawful},
        ),
    ]
    before, ordered, begun = (snapshot(entries[:upto]) for upto in (3, 4, 5))
    assert before.resolve_by == ordered.resolve_by == first
    assert replace(ordered, seq=before.seq) == before
    assert replace(begun, seq=ordered.seq, resolve_by=first) == ordered
    assert begun.resolve_by == lawful
