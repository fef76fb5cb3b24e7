"""The level is answered where a case is accepted, at every door: 0 is an answer, the proposal needs no words (§7).

The table is the oracle: what was proposed, what is answered, and what stands afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import Appointment
from core.actor import Actor
from core.batch_cache import BatchCache
from core.errors import InvalidInput
from disputes.models import Dispute, TrailEntry
from disputes.services import bulk, intake
from disputes.services.registration import checked
from early_warning.models import ClassifierFailure, DisputeWarning, ImportedLevel, LevelRequest
from early_warning.services import levels
from safekeeping.services import verify
from tests.early_warning.escalations.conftest import Warned, fresh
from tests.factories.disputes import QUARREL, registered, take

pytestmark = pytest.mark.django_db
Actors = Callable[[Appointment], Actor]
Clients = Callable[[Appointment], Client]
WHY = "现场核实，与初判不同。"
NOT_FOUND = "系统未发现，请核"
MARCH = "约一百人扬言明日到县政府上访，并准备拉横幅堵住县政府大门。"


def stands(dispute: Dispute) -> tuple[int, str]:
    """The level, and whose word it is."""
    row = DisputeWarning.objects.filter(dispute=dispute).exclude(state="lifted").first()
    return fresh(dispute.pk).warning_level, row.state if row else ""


def proposed(warned: Warned, clerk: Appointment, level: int, now: datetime) -> Dispute:
    return warned(level).dispute if level else registered(clerk, now)


@pytest.mark.parametrize(
    ("before", "answer", "reason", "after"),
    [
        (0, 0, "", (0, "")),
        (0, 3, WHY, (3, "confirmed")),
        (0, 1, WHY, (1, "confirmed")),
        (3, 3, "", (3, "confirmed")),
        (2, 2, "", (2, "confirmed")),
        (1, 1, "", (1, "confirmed")),
        (3, 2, WHY, (2, "confirmed")),
        (3, 0, WHY, (0, "")),
        (2, 0, WHY, (2, "unconfirmed")),  # waits for the consent of the leader asked
        (1, 3, WHY, (1, "unconfirmed")),
    ],
)
def test_what_is_answered_stands(
    warned: Warned,
    clerk: Appointment,
    coordinator: Appointment,
    now: datetime,
    before: int,
    answer: int,
    reason: str,
    after: tuple[int, str],
) -> None:
    dispute = proposed(warned, clerk, before, now)
    take("accept", dispute, coordinator, now, level=answer, **({"reason": reason} if reason else {}))
    assert stands(dispute) == after
    assert LevelRequest.objects.filter(granted=None).exists() == (after[1] == "unconfirmed")
    assert fresh(dispute.pk).status == "accepted"
    assert verify.verify_dispute(dispute.pk).faults == []


@pytest.mark.parametrize(("before", "answer"), [(0, 2), (3, 0), (2, 1), (1, 2)])
def test_another_level_without_a_reason_keeps_the_case_from_being_accepted(
    warned: Warned, clerk: Appointment, coordinator: Appointment, now: datetime, before: int, answer: int
) -> None:
    dispute = proposed(warned, clerk, before, now)
    with pytest.raises(InvalidInput) as refused, transaction.atomic():
        take("accept", dispute, coordinator, now, level=answer, reason=" ")
    assert set(refused.value.errors) == {"reason"}
    assert (fresh(dispute.pk).status, fresh(dispute.pk).warning_level) == ("registered", before)


def test_a_reason_without_a_level_and_a_level_that_is_none_are_refused_at_their_fields(
    clerk: Appointment, coordinator: Appointment, now: datetime
) -> None:
    dispute = registered(clerk, now)
    for field, given in (("reason", {"reason": WHY}), ("level", {"level": 4, "reason": WHY})):
        with pytest.raises(InvalidInput) as refused:
            take("accept", dispute, coordinator, now, **given)
        assert set(refused.value.errors) == {field}


def test_a_change_that_waits_for_consent_is_named_at_the_level(
    warned: Warned, coordinator: Appointment, actor: Actors, now: datetime
) -> None:
    warning = warned(2)
    levels.lift(warning_id=warning.pk, reason=WHY, by=actor(coordinator), now=now)
    with pytest.raises(InvalidInput) as refused:
        take("accept", warning.dispute, coordinator, now, level=3, reason=WHY)
    assert "level" in refused.value.errors


def test_without_an_answer_the_proposal_stands_and_api_and_page_say_so(
    warned: Warned,
    clerk: Appointment,
    coordinator: Appointment,
    api_client_of: Clients,
    client_of: Clients,
    now: datetime,
) -> None:
    for level, words in ((2, "系统初判，待核"), (0, NOT_FOUND)):
        dispute = proposed(warned, clerk, level, now)
        path = f"/api/v1/disputes/{dispute.number}/"
        api = api_client_of(coordinator)
        answer = api.post(f"{path}steps/accept/", {}, content_type="application/json").json()
        assert (answer["status"], answer["warning"]["level"]) == ("accepted", level)
        assert (answer["warning"]["confirmed"], answer["warning"]["proposed"]) == (False, bool(level))
        page = client_of(coordinator).get(f"/disputes/{dispute.number}/").content.decode()
        assert words in page
        assert "目前没有预警" not in page


def test_who_answered_and_when_comes_out_at_every_door(
    warned: Warned,
    clerk: Appointment,
    coordinator: Appointment,
    handler: Appointment,
    api_client_of: Clients,
    client_of: Clients,
    now: datetime,
) -> None:
    for level in (0, 2):
        dispute = proposed(warned, clerk, level, now)
        path = f"/api/v1/disputes/{dispute.number}/"
        body = {"level": level}
        answer = api_client_of(coordinator).post(
            f"{path}steps/accept/", body, content_type="application/json"
        )
        warning = answer.json()["warning"]
        assert (warning["level"], warning["proposed"], warning["confirmed"]) == (level, False, True)
        assert warning["confirmed_by"] == coordinator.user.username
        assert warning["confirmed_at"]
        listed = api_client_of(coordinator).get("/api/v1/disputes/").json()["results"]
        assert next(row for row in listed if row["number"] == dispute.number)["warning"] == warning
        page = client_of(coordinator).get(f"/disputes/{dispute.number}/").content.decode()
        assert f"{coordinator.user.name}" in page
        assert "核定" in page
        assert NOT_FOUND not in page


def test_the_form_offers_the_proposal_and_one_click_confirms_it(
    warned: Warned, clerk: Appointment, coordinator: Appointment, client_of: Clients, now: datetime
) -> None:
    for level in (0, 3):
        dispute = proposed(warned, clerk, level, now)
        path, client = f"/disputes/{dispute.number}/steps/accept/", client_of(coordinator)
        form = client.get(path).context["form"]
        assert form["level"].value() == level
        answer = client.post(path, {"version": fresh(dispute.pk).version, "level": level})
        assert answer.status_code == 302
        assert stands(dispute) == (level, "confirmed" if level else "")
        assert TrailEntry.objects.filter(
            dispute=dispute, step="level_confirmed" if level else "level_none"
        ).exists()


@pytest.mark.django_db(transaction=True)
def test_the_form_says_where_a_reason_is_missing_and_needs_an_answer(
    warned: Warned, coordinator: Appointment, client_of: Clients
) -> None:
    dispute = warned(3).dispute
    path, client = f"/disputes/{dispute.number}/steps/accept/", client_of(coordinator)
    given = {"version": fresh(dispute.pk).version}
    assert set(client.post(path, given | {"level": 0}).context["form"].errors) == {"reason"}
    assert set(client.post(path, given).context["form"].errors) == {"level"}
    assert fresh(dispute.pk).status == "registered"


def test_a_text_that_is_still_to_be_read_is_not_called_harmless(
    clerk: Appointment, coordinator: Appointment, client_of: Clients, now: datetime
) -> None:
    dispute = registered(clerk, now)
    ClassifierFailure.objects.create(
        dispute=dispute, of="narrative", error="x", failed_at=now, retry_at=now + timedelta(minutes=1)
    )
    page = client_of(coordinator).get(f"/disputes/{dispute.number}/").content.decode()
    assert NOT_FOUND not in page
    assert "系统还没有读成事由，请核" in page


def test_the_county_answers_when_it_accepts_a_report(
    warned: Warned, coordinator: Appointment, county_office: Appointment, now: datetime
) -> None:
    confirmed, raised, silent = (warned(3).dispute for _ in range(3))
    for dispute, given in (
        (confirmed, {"level": 3}),
        (raised, {"level": 2, "reason": WHY}),
        (silent, {}),
    ):
        take("report_up", dispute, coordinator, now, reason="需要县里处理")
        take("accept_report", dispute, county_office, now, **given)
    assert [stands(one) for one in (confirmed, raised, silent)] == [
        (3, "confirmed"),
        (2, "confirmed"),
        (3, "unconfirmed"),
    ]
    assert DisputeWarning.objects.get(dispute=raised).confirmed_by == county_office


@pytest.fixture
def imported(coordinator: Appointment, now: datetime, actor: Actors) -> Dispute:
    """A line of an old ledger whose level waits in the coordinator's list."""
    memo = BatchCache()
    facts = replace(QUARREL, narrative=MARCH, source="import", people_count=100)
    (dispute,) = intake.register_imported(
        batch=[checked(facts=facts, by=actor(coordinator), now=now, memo=memo)], memo=memo
    )
    return dispute


@pytest.mark.parametrize("agrees", [True, False])
def test_what_an_import_read_is_a_proposal_too(
    imported: Dispute, coordinator: Appointment, client_of: Clients, now: datetime, agrees: bool
) -> None:
    row = ImportedLevel.objects.get()
    path = f"/disputes/{imported.number}/steps/accept/"
    assert client_of(coordinator).get(path).context["form"]["level"].value() == row.level
    given: dict[str, Any] = {"level": row.level} if agrees else {"level": 0, "reason": WHY}
    take("accept", imported, coordinator, now, **given)
    row.refresh_from_db()
    assert (row.level_to, row.decided_by) == (given["level"], coordinator)
    assert stands(imported) == ((row.level, "confirmed") if agrees else (0, ""))


def test_many_are_accepted_at_once_each_with_its_level(
    warned: Warned, clerk: Appointment, coordinator: Appointment, client_of: Clients, now: datetime
) -> None:
    grave, plain, done = warned(3).dispute, registered(clerk, now), registered(clerk, now)
    take("accept", done, coordinator, now)
    client, numbers = client_of(coordinator), [grave.number, plain.number, done.number]
    page = client.post("/disputes/ledger/bulk/", {"action": "accept", "number": numbers})
    html = page.content.decode()
    assert "选了 3 件，其中 2 件可以办理" in html
    assert {
        name: field.initial for name, field in page.context["form"].fields.items() if "level" in name
    } == {
        f"level-{grave.number}": 3,
        f"level-{plain.number}": 0,
    }
    versions = {f"version-{row.number}": fresh(row.pk).version for row in (grave, plain)}
    answers = {f"level-{grave.number}": 3, f"level-{plain.number}": 0}
    sent = {"action": "accept", "confirm": "1", "number": numbers[:2], **versions, **answers}
    results = client.post("/disputes/ledger/bulk/", sent).context["results"]
    assert [row.done for row in results] == [True, True]
    assert (stands(grave), stands(plain)) == ((3, "confirmed"), (0, ""))
    assert TrailEntry.objects.filter(dispute=plain, step="level_none").exists()


def test_in_a_batch_another_level_needs_its_reason_and_keeps_no_other_row(
    clerk: Appointment, coordinator: Appointment, actor: Actors, now: datetime
) -> None:
    one, two = registered(clerk, now), registered(clerk, now)
    given: dict[str, Any] = {"versions": {row.number: fresh(row.pk).version for row in (one, two)}}
    results = bulk.accept(**given, levels={one.number: 3, two.number: 0}, by=actor(coordinator), now=now)
    assert [row.done for row in results] == [False, True]
    assert "请写明理由" in results[0].message


def test_a_bulk_page_asks_as_often_for_many_as_for_few(
    clerk: Appointment,
    coordinator: Appointment,
    client_of: Clients,
    now: datetime,
    django_assert_max_num_queries: Any,
) -> None:
    client, numbers = client_of(coordinator), [registered(clerk, now).number for _ in range(6)]

    def cost(chosen: list[str]) -> int:
        with django_assert_max_num_queries(60) as asked:
            client.post("/disputes/ledger/bulk/", {"action": "accept", "number": chosen})
        return len(asked)

    cost(numbers)
    assert cost(numbers[:2]) == cost(numbers)


def test_later_one_click_says_that_no_warning_is_needed(
    clerk: Appointment, coordinator: Appointment, client_of: Clients, now: datetime
) -> None:
    dispute = registered(clerk, now)
    take("accept", dispute, coordinator, now)
    path, client = f"/warnings/disputes/{dispute.number}/levels/confirm/", client_of(coordinator)
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 302
    page = client.get(f"/disputes/{dispute.number}/").content.decode()
    assert "不预警" in page
    assert NOT_FOUND not in page
    assert client.post(path).status_code == 409


def test_a_warning_after_the_answer_is_a_proposal_again(
    clerk: Appointment, coordinator: Appointment, handler: Appointment, api_client_of: Clients, now: datetime
) -> None:
    dispute = registered(clerk, now)
    take("accept", dispute, coordinator, now, level=0)
    take("assign", dispute, coordinator, now, lead_unit="t01.justice")
    take("sign_for", dispute, handler, now)
    take("report_progress", dispute, handler, now, account=MARCH)
    warning = api_client_of(coordinator).get(f"/api/v1/disputes/{dispute.number}/").json()["warning"]
    assert warning["level"] > 0
    assert (warning["proposed"], warning["confirmed"]) == (True, False)


def test_lifting_is_an_answer_of_who_lifted(
    warned: Warned, coordinator: Appointment, api_client_of: Clients, actor: Actors, now: datetime
) -> None:
    warning = warned(3)
    levels.lift(warning_id=warning.pk, reason=WHY, by=actor(coordinator), now=now)
    shown = api_client_of(coordinator).get(f"/api/v1/disputes/{warning.dispute.number}/").json()["warning"]
    assert (shown["level"], shown["confirmed"], shown["confirmed_by"]) == (
        0,
        True,
        coordinator.user.username,
    )
