"""Two events of one dispute never reach a person in the same words, whatever the kind of the notice."""

from __future__ import annotations

import ast
from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import Appointment
from disputes.models import Dispute
from disputes.services import notices
from notifications.models import Notice
from notifications.services import NewNotice, notify_many
from tests.architecture.sources import ROOT
from tests.architecture.test_notices_are_guarded import GUARDED
from tests.factories.disputes import registered

TELLING = {"tell", "worded", "about", "_plain"}


def kinds() -> set[str]:
    """Every kind of notice about a dispute, as it stands in the code; those of steps end with the step."""
    found = set()
    for app in GUARDED:
        for path in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if not isinstance(node, ast.Call):
                    continue
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in TELLING:
                    words = [word.value for word in node.keywords if word.arg == "kind"] + list(node.args)
                    found |= {
                        word.value
                        for word in words
                        if isinstance(word, ast.Constant) and isinstance(word.value, str)
                    }
    return {kind for kind in found if kind.replace(".", "").replace("_", "").isalpha()} | {"step.accept"}


@pytest.fixture
def dispute(clerk: Appointment, monday: datetime, reference_data: None) -> Dispute:
    return registered(clerk, monday)


def titles(person: Appointment) -> list[str]:
    return list(Notice.objects.filter(recipient=person.user).order_by("id").values_list("title", flat=True))


def test_the_kinds_are_found() -> None:
    assert {"warning.consent", "reminder", "deadline.missed", "warning.escalation", "leader.named"} <= kinds()


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_whatever_the_kind_the_second_event_has_other_words(
    dispute: Dispute, coordinator: Appointment, monday: datetime, kind: str
) -> None:
    Notice.objects.all().delete()
    for number in range(4):
        notices.tell(
            dispute,
            [coordinator.user_id],
            kind=kind,
            title=f"{dispute.display_number} 请办理",
            key=f"{kind}:{number}",
            now=monday + timedelta(hours=number),
        )
    told = titles(coordinator)
    assert len(told) == 4
    assert len(set(told)) == 4
    assert told[1].endswith("（第2次）")


def test_the_same_event_is_told_once_and_another_dispute_or_person_is_no_second_time(
    dispute: Dispute, clerk: Appointment, coordinator: Appointment, handler: Appointment, monday: datetime
) -> None:
    Notice.objects.all().delete()
    for key in ("a", "a", "b"):
        people = [coordinator.user_id] if key == "a" else [coordinator.user_id, clerk.user_id]
        notices.tell(dispute, people, kind="reminder", title="请办理", key=key, now=monday)
    assert titles(coordinator) == ["请办理", "请办理（第2次）"]
    assert titles(clerk) == ["请办理"]


def test_in_one_batch_too_and_long_titles_keep_what_tells_them_apart(
    dispute: Dispute, coordinator: Appointment, monday: datetime, django_assert_max_num_queries: Any
) -> None:
    Notice.objects.all().delete()

    def batch(start: int) -> list[NewNotice]:
        return [
            notices.about(dispute, [coordinator.user_id], kind="reminder", title="长" * 300, key=f"k{number}")
            for number in range(start, start + 3)
        ]

    notify_many(batch(0), now=monday)
    with django_assert_max_num_queries(14):
        notify_many(batch(3), now=monday)
    told = titles(coordinator)
    assert len(set(told)) == 6
    assert max(map(len, told)) <= 200
