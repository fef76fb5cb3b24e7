"""Every step is tested and worded, every record has its words, every pair of who and when is kept by the database."""

from __future__ import annotations

import ast
import re

import pytest
from django.apps import apps
from django.db.models import CheckConstraint, Model, Q

from audit.choices import Action
from disputes.choices import STATUS_TONES, Status
from disputes.rules import lifecycle
from disputes.steps import ROWS
from safekeeping.rules.faults import FaultKind
from safekeeping.wording_checks import FAULT_WORDS
from tests.architecture.sources import PACKAGES, ROOT, python_files

WITHOUT_CONSTRAINT = {
    # the moment is always there; nobody as the author means the system itself
    "safekeeping.LedgerCheck.asked",
    "disputes.ConflictMark.marked",
    "accounts.ApiToken.created",
    "early_warning.DisputeWarning.opened",
    "early_warning.DisputeWarning.lifted",
    "early_warning.Escalation.ended",
    "early_warning.LevelRequest.asked",
    "early_warning.LevelRequest.decided",
    "classifier.WarningPolicy.created",
    "classifier.WarningPolicy.published",
}


def _strings_in_tests() -> set[str]:
    found: set[str] = set()
    for path in python_files(tests=True):
        if path.is_relative_to(ROOT / "tests" / "disputes") or path.is_relative_to(
            ROOT / "tests" / "journeys"
        ):
            tree = ast.parse(path.read_text("utf-8"))
            found |= {
                n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)
            }
            found |= set(
                re.findall(
                    r"[a-z_]+", " ".join(n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef))
                )
            )
    return found


@pytest.mark.parametrize("step", lifecycle.STEPS)
def test_every_step_has_a_test_that_names_it(step: str) -> None:
    assert step in _strings_in_tests()


@pytest.mark.parametrize("step", lifecycle.STEPS)
def test_every_step_has_its_verb(step: str) -> None:
    assert str(ROWS[step].button)


def _steps_written() -> set[str]:
    """The step ids services append to the trail, as they stand in the code."""
    code = "\n".join(path.read_text("utf-8") for path in python_files() if "disputes/" in str(path))
    return set(re.findall(r"NewEntry\(\s*\"([a-z_]+)\"", code))


def test_every_entry_of_the_trail_has_its_words() -> None:
    assert len(_steps_written()) >= 5
    assert _steps_written() - set(ROWS) == set()


@pytest.mark.parametrize("status", Status.values)
def test_every_status_has_a_tone(status: str) -> None:
    assert status in STATUS_TONES


@pytest.mark.parametrize("action", Action)
def test_every_action_of_the_access_log_is_worded(action: Action) -> None:
    assert str(action.label)
    assert str(action.label) != action.value


@pytest.mark.parametrize("kind", FaultKind)
def test_every_fault_of_the_verification_is_worded(kind: FaultKind) -> None:
    assert str(FAULT_WORDS[kind]) % {"what": "x"}


def _pairs() -> list[tuple[type[Model], str]]:
    """Every `x_at` beside an `x_by`, found by name so that none is forgotten."""
    found = []
    for model in apps.get_models():
        names = {field.name for field in model._meta.concrete_fields}
        if model._meta.app_label in PACKAGES:
            found += [
                (model, name[:-3])
                for name in sorted(names)
                if name.endswith("_at") and f"{name[:-3]}_by" in names
            ]
    return found


def _mentioned(condition: object) -> set[str]:
    if isinstance(condition, Q):
        return {name for child in condition.children for name in _mentioned(child)}
    return {str(condition[0]).partition("__")[0]} if isinstance(condition, tuple) else set()


@pytest.mark.parametrize("pair", _pairs(), ids=lambda pair: f"{pair[0]._meta.label}.{pair[1]}")
def test_who_and_when_stand_together_in_the_database(pair: tuple[type[Model], str]) -> None:
    model, stem = pair
    at, by = f"{stem}_at", f"{stem}_by"
    both_required = not model._meta.get_field(at).null and not model._meta.get_field(by).null
    together = any(
        {at, by} <= _mentioned(constraint.condition)
        for constraint in model._meta.constraints
        if isinstance(constraint, CheckConstraint)
    )
    assert both_required or together or f"{model._meta.label}.{stem}" in WITHOUT_CONSTRAINT
