"""The table itself: complete, worded, and without dead ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.permissions import Permission
from core import icons
from disputes import extensions, presenters
from disputes.api.serializers import STEP_BODIES
from disputes.choices import Status
from disputes.forms.mending import FORMS
from disputes.forms.steps import FIELDS
from disputes.rules import lifecycle
from disputes.rules.lifecycle import STEPS, Pending
from disputes.selectors import step_buttons
from disputes.services import requests
from disputes.services.steps import MOVERS
from disputes.wording import STEP_EFFECTS, STEP_LABELS

PUTS = {
    "report_up": "report_up",
    "request_return": "return",
    "request_extension": "extension",
    "approve_result": "approval",  # of what was handed down: then the county is asked
}
TONES_OF_THE_TIMELINE = {"neutral", "info", "good", "warn", "bad"}
statuses = st.sampled_from([status.value for status in Status])
pendings = st.sampled_from([pending.value for pending in Pending])


def test_every_step_is_worded_and_has_its_service():
    assert set(STEPS) == set(MOVERS)
    assert set(STEPS) <= set(STEP_LABELS)
    assert set(STEPS) == set(STEP_EFFECTS)


def test_every_step_has_its_icon_and_its_tone():
    for step in STEPS:
        assert icons.body_of(presenters.ICONS[step]), step
        assert presenters.TONES.get(step, "neutral") in TONES_OF_THE_TIMELINE, step
    assert set(presenters.TONES) <= set(STEP_LABELS)


def test_every_step_leads_on_or_stands_beside():
    assert set(STEPS) == set(step_buttons.FIRST) | step_buttons.BESIDE
    assert not set(step_buttons.FIRST) & step_buttons.BESIDE


def test_every_step_has_a_body_in_the_api():
    for step in STEPS.values():
        assert set(STEP_BODIES[step.id]().fields) == {*step.needs, *step.optional, "version"}, step.id


def test_every_request_can_be_asked_decided_and_taken_back_by_one_side():
    waits = set(Pending) - {Pending.NONE}
    decided = {step.pending for step in STEPS.values() if step.pending is not None}
    decided |= {request for step in STEPS.values() for request in step.decides}
    assert waits == decided == set(lifecycle.ASKED_BY) == set(requests.DECISION_CLOCKS)
    for seat, permission in lifecycle.ASKED_BY.values():
        assert seat in set(lifecycle.Seat)
        assert permission in set(Permission)


def test_a_request_never_stands_in_the_way_without_a_way_out():
    """While a request waits, somebody can decide it and somebody can take it back."""
    for step in STEPS.values():
        if step.id in PUTS:
            for status in step.sources:
                asked = PUTS[step.id]
                possible = {row.id for row in STEPS.values() if lifecycle.allowed(row, status, asked)}
                assert "take_back" in possible, (step.id, status)
                deciding = {"accept_report", "decide_return", "decide_extension", "approve_result"}
                assert possible & deciding, (step.id, status)


def test_every_step_asks_for_fields_that_exist_and_permissions_that_exist():
    asked = set(FIELDS) | extensions.step_field_names()
    for step in STEPS.values():
        assert step.id in FORMS or set(step.needs) | set(step.optional) <= asked, step.id
        assert step.permission in set(Permission), step.id


def test_every_state_of_the_table_is_a_status():
    used = {status for step in STEPS.values() for status in (*step.sources, *([step.to] if step.to else []))}
    assert used <= set(Status.values)
    assert set(lifecycle.WAITING) <= set(Status.values)


def test_every_open_state_can_be_left():
    for status in lifecycle.OPEN | lifecycle.RESULT:
        assert any(lifecycle.allowed(step, status, "") for step in STEPS.values()), status


def test_closed_files_take_nothing_but_archive_reopen_and_the_answer_to_the_sender():
    assert {step.id for step in STEPS.values() if lifecycle.allowed(step, "closed", "")} == {
        "archive",
        "reopen",
        "answer_origin",
    }
    assert {step.id for step in STEPS.values() if lifecycle.allowed(step, "archived", "")} == {
        "reopen",
        "answer_origin",
    }


def test_a_merged_dispute_takes_no_step_but_the_answer_its_sender_waits_for():
    assert [step.id for step in STEPS.values() if lifecycle.allowed(step, "merged", "")] == ["answer_origin"]


@given(status=statuses, pending=pendings)
def test_a_decision_is_only_possible_while_its_request_waits(status, pending):
    for step in STEPS.values():
        if step.pending is not None and lifecycle.allowed(step, status, pending):
            assert pending == step.pending


@given(status=statuses, pending=st.sampled_from(["report_up", "return", "extension"]))
def test_no_second_request_while_one_waits(status, pending):
    for name in ("report_up", "request_return", "request_extension", "assign", "merge", "withdraw"):
        assert not lifecycle.allowed(STEPS[name], status, pending)


@pytest.mark.parametrize(
    ("found", "reported", "later", "status"),
    [
        ("settled", "written_agreement", False, "settled"),
        ("settled", "written_agreement", True, "performing"),
        ("not_resolved", "refused", False, "not_resolved"),
        ("not_resolved", "no_agreement", False, "not_resolved"),
        ("routed", "routed", False, "routed"),
        ("routed", "transferred_out", False, "transferred_out"),
    ],
)
def test_review_leads_where_finding_and_report_say(found, reported, later, status):
    assert lifecycle.status_after_review(found, reported, performs_later=later) == status


@pytest.mark.parametrize(
    ("found", "reported", "contradicts"),
    [
        ("settled", "refused", True),
        ("settled", "oral_agreement", False),
        ("not_resolved", "oral_agreement", True),
        ("not_resolved", "refused", False),
        ("routed", "routed", False),
    ],
)
def test_a_refusal_is_never_found_settled(found, reported, contradicts):
    assert lifecycle.review_contradicts(found, reported) is contradicts
