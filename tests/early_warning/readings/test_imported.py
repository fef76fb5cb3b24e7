"""An import wakes nobody: its levels stand in one list, and only the coordinator's decision opens a warning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.http import HttpRequest

from accounts.models import Appointment
from core.actor import Actor
from core.batch_cache import BatchCache
from core.errors import InvalidInput, NotPermitted
from disputes.models import Dispute, TrailEntry
from disputes.services import intake
from disputes.services.registration import checked
from early_warning import navigation
from early_warning.models import (
    ClassifierFailure,
    DisputeWarning,
    Escalation,
    ImportedLevel,
    PhoneTask,
    Reading,
)
from early_warning.selectors import imported_levels as lists
from early_warning.services import imported_levels, levels, reading, sweep
from notifications.models import Delivery, Notice
from tests.early_warning.readings.conftest import MARCH
from tests.factories.accounts import actor
from tests.factories.disputes import QUARREL, take

pytestmark = pytest.mark.django_db
SIEGE_NOW = "六十名村民正围攻派出所，砸碎门窗，请求县局增援。"
Brought = Callable[..., list[Dispute]]


@pytest.fixture
def brought(coordinator: Appointment, now: datetime) -> Brought:
    """Lines of a ledger, as an import registers them."""

    def bring(*narratives: str, **facts: Any) -> list[Dispute]:
        memo = BatchCache()
        stated = [
            replace(QUARREL, narrative=one, source="import", people_count=100, **facts) for one in narratives
        ]
        batch = [checked(facts=one, by=actor(coordinator), now=now, memo=memo) for one in stated]
        return intake.register_imported(batch=batch, memo=memo)

    return bring


def in_the_rail(by: Actor) -> int:
    request = HttpRequest()
    request.actor = by
    asked = navigation.counted(request)
    return asked[navigation.IMPORTED].count() if navigation.IMPORTED in asked else 0


def ids() -> list[int]:
    return list(ImportedLevel.objects.filter(decided_at=None).values_list("pk", flat=True))


def test_an_import_wakes_nobody(brought: Brought, now: datetime) -> None:
    brought(MARCH, SIEGE_NOW, QUARREL.narrative)
    sweep.sweep(now)
    for model in (DisputeWarning, Escalation, PhoneTask, Notice, Delivery):
        assert not model.objects.exists()
    assert [one.level for one in Reading.objects.filter(of="import", level__gt=0)] == [
        one.level for one in ImportedLevel.objects.order_by("pk")
    ]
    assert ImportedLevel.objects.count() == 2
    assert set(Dispute.objects.values_list("warning_level", flat=True)) == {0}
    assert not Reading.objects.filter(happening=True).exists()


def test_confirming_opens_the_warning_and_its_alarms(
    brought: Brought, coordinator: Appointment, now: datetime
) -> None:
    (dispute,) = brought(MARCH)
    row = ImportedLevel.objects.get()
    assert imported_levels.decide(
        ids=ids(), level_to=None, reason="属实", by=actor(coordinator), now=now
    ) == (1, 0)
    warning = DisputeWarning.objects.get()
    assert (warning.level, warning.state, warning.reading) == (row.level, "confirmed", row.reading)
    assert Escalation.objects.filter(warning=warning, notified_at=now).exists()
    dispute.refresh_from_db()
    assert dispute.warning_level == row.level
    row.refresh_from_db()
    assert (row.level_to, row.decided_by, row.reason) == (row.level, coordinator, "属实")


@pytest.mark.parametrize("level", [1, 2, 3])
def test_another_level_can_be_set(
    brought: Brought, coordinator: Appointment, now: datetime, level: int
) -> None:
    brought(MARCH)
    imported_levels.decide(ids=ids(), level_to=level, reason="核实", by=actor(coordinator), now=now)
    assert DisputeWarning.objects.get().level == level


def test_no_warning_is_decided_with_a_reason_that_stays(
    brought: Brought, coordinator: Appointment, now: datetime
) -> None:
    (dispute,) = brought(MARCH)
    imported_levels.decide(ids=ids(), level_to=0, reason="去年的事，已经平息", by=actor(coordinator), now=now)
    assert not DisputeWarning.objects.exists()
    assert not ids()
    entry = TrailEntry.objects.get(dispute=dispute, step="imported_level_dropped")
    assert entry.texts.get().text == "去年的事，已经平息"


def test_many_at_once_and_what_is_decided_already_is_passed_over(
    brought: Brought, coordinator: Appointment, now: datetime
) -> None:
    brought(MARCH, MARCH, MARCH)
    first, *others = ids()
    by = actor(coordinator)
    imported_levels.decide(ids=[first], level_to=0, reason="重复", by=by, now=now)
    assert imported_levels.decide(ids=[first, *others], level_to=None, reason="属实", by=by, now=now) == (
        2,
        1,
    )
    assert DisputeWarning.objects.count() == 2


def test_only_the_managing_centre_decides_and_another_level_has_its_reason(
    brought: Brought,
    coordinator: Appointment,
    outside_coordinator: Appointment,
    clerk: Appointment,
    now: datetime,
) -> None:
    brought(MARCH)
    with pytest.raises(InvalidInput):
        imported_levels.decide(ids=ids(), level_to=0, reason=" ", by=actor(coordinator), now=now)
    with pytest.raises(NotPermitted):
        imported_levels.decide(ids=ids(), level_to=None, reason="属实", by=actor(clerk), now=now)
    assert in_the_rail(actor(coordinator)) == 1
    assert in_the_rail(actor(outside_coordinator)) == in_the_rail(actor(clerk)) == 0


def test_the_countys_centre_has_them_all(brought: Brought, county_coordinator: Appointment) -> None:
    brought(MARCH)
    assert in_the_rail(actor(county_coordinator)) == 1


def test_a_warning_opened_otherwise_leaves_nothing_to_decide(
    brought: Brought, coordinator: Appointment, now: datetime
) -> None:
    (dispute,) = brought(MARCH)
    levels.propose_by_person(
        dispute_id=dispute.pk, level_to=2, reason="已核实", by=actor(coordinator), now=now
    )
    assert not ids()
    assert ImportedLevel.objects.get().level_to == 2


def test_a_merge_carries_on_what_is_not_decided(
    brought: Brought, register: Any, coordinator: Appointment, now: datetime
) -> None:
    target, (dispute,) = register(), brought(MARCH)
    take("merge", dispute, coordinator, now, into=target.number)
    assert ImportedLevel.objects.get().dispute == target
    assert in_the_rail(actor(coordinator)) == 1


def test_a_text_the_classifier_failed_on_is_read_again_and_still_wakes_nobody(
    brought: Brought, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(reading, "verdict_of", lambda *given: 1 / 0)
        brought(MARCH)
    failure = ClassifierFailure.objects.get()
    assert reading.read_again(now=failure.retry_at) == 1
    assert ImportedLevel.objects.count() == 1
    assert not DisputeWarning.objects.exists()


def test_the_list_shows_each_case_and_decides(
    brought: Brought, client_of: Any, coordinator: Appointment, clerk: Appointment
) -> None:
    dispute, _other = brought(MARCH, SIEGE_NOW)
    client = client_of(coordinator)
    page = client.get("/warnings/imported/").content.decode()
    assert dispute.number in page
    assert "导入待核预警 (2)" in page
    assert "导入待核" in client.get("/disputes/ledger/imports/").content.decode()
    pk = ImportedLevel.objects.get(dispute=dispute).pk
    wrong = client.post("/warnings/imported/", {"rows": [pk], "decision": "0"})
    assert wrong.status_code == 422
    assert not DisputeWarning.objects.exists()
    done = client.post("/warnings/imported/", {"rows": [pk], "decision": "as_read"})
    assert done.status_code == 302
    assert DisputeWarning.objects.get().dispute == dispute
    assert client_of(clerk).get("/warnings/imported/").status_code == 403


def test_the_list_asks_as_much_for_many_as_for_one(
    brought: Brought, coordinator: Appointment, django_assert_max_num_queries: Any
) -> None:
    brought(*[MARCH] * 5)
    by = actor(coordinator)
    lists.waiting_page(by, None)  # the policy's document and the sight are read once
    with django_assert_max_num_queries(2):
        assert len(lists.waiting_page(by, None).rows) == 5
