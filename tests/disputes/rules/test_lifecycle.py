"""The table itself: complete, worded, and without dead ends."""

from dataclasses import replace
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.permissions import Permission
from core import icons
from disputes import extensions, step_fields
from disputes.api.step_bodies import STEP_BODIES
from disputes.choices import Status
from disputes.entry_words import REGISTERED, EntryWords
from disputes.forms.mending import FORMS
from disputes.forms.step_fields import MAKERS
from disputes.rules import lifecycle
from disputes.rules.lifecycle import STEPS, Pending
from disputes.services import requests
from disputes.services.steps import MOVERS
from disputes.steps import ROWS

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
    assert set(STEPS) <= set(ROWS)
    assert set(STEPS) == {step for step, row in ROWS.items() if row.effect}


def missing_in(step: str, row: EntryWords | None) -> list[str]:
    """What a step that people take still needs in its row, each as a sentence for whoever adds one."""
    if row is None:
        return [f"{step} has no row: add one in disputes/steps/."]
    needed = {
        "label: what was done, as the trail tells it, pgettext_lazy('trail', …)": str(row.label),
        "button: the county's verb": row.button is not None and str(row.button),
        "effect: what will happen, said before it is taken": str(row.effect),
        "icon: one of bootstrap-icons": row.icon != "dot" and icons.body_of(row.icon),
        f"tone: one of {sorted(TONES_OF_THE_TIMELINE)}": row.tone in TONES_OF_THE_TIMELINE,
        "leads: its rank among the steps that move the case on, or BESIDE": row.leads is not None,
    }
    given = STEPS[step].needs + STEPS[step].optional if step in STEPS else ()
    needed |= {f"fields: how {name} is asked": name in row.fields for name in given}
    needed |= {f"a field {name} that it takes, beside what it asks": name in given for name in row.fields}
    return [
        f"The row of {step} in disputes/steps/ lacks {what}." for what, said in needed.items() if not said
    ]


@pytest.mark.parametrize("step", STEPS)
def test_every_step_has_a_complete_row(step: str):
    assert missing_in(step, ROWS.get(step)) == []


def test_a_row_that_is_not_complete_is_told_in_sentences():
    assert missing_in("mediate", None) == ["mediate has no row: add one in disputes/steps/."]
    said = " ".join(missing_in("mediate", EntryWords("调解")))
    assert [name for name in ("button", "effect", "icon", "leads") if f"lacks {name}:" not in said] == []
    assert missing_in("accept", replace(ROWS["accept"], leads=None)) == [
        "The row of accept in disputes/steps/ lacks leads: its rank among the steps that move the case on, or BESIDE."
    ]
    assert missing_in("merge", replace(ROWS["merge"], fields={})) == [
        "The row of merge in disputes/steps/ lacks fields: how into is asked."
    ]


def test_what_leads_has_one_order():
    ranks = [row.leads for row in ROWS.values() if row.leads]
    assert len(ranks) == len(set(ranks))


def test_every_entry_has_an_icon_that_exists_and_a_tone():
    for step, row in REGISTERED.items():
        assert row.icon == "dot" or icons.body_of(row.icon), step
        assert row.tone in TONES_OF_THE_TIMELINE, step


def test_every_step_has_a_body_in_the_api():
    for step in STEPS.values():
        assert set(STEP_BODIES[step.id]().fields) == {*step.needs, *step.optional, "version"}, step.id


def test_every_request_can_be_asked_decided_and_taken_back_by_one_side():
    waits = set(Pending) - {Pending.NONE}
    decided = {step.pending for step in STEPS.values() if step.pending is not None}
    decided |= {request for step in STEPS.values() for request in step.decides}
    assert waits == decided == set(lifecycle.ASKED_BY) == set(requests.DECISION_CLOCKS)
    for seat, permission in lifecycle.ASKED_BY.values():
        assert seat in set(lifecycle.Side)
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
    for step in STEPS.values():
        for name, kind in ROWS[step.id].fields.items():
            above = isinstance(kind, step_fields.FromAbove) and name in extensions.step_field_names()
            assert step.id in FORMS or type(kind) in MAKERS or above, (step.id, name)
        assert step.permission in set(Permission), step.id


def test_every_mover_takes_what_the_row_of_its_step_says():
    for step in STEPS.values():
        _case, given, _move = get_type_hints(MOVERS[step.id]).values()
        assert given is step.takes, step.id


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
