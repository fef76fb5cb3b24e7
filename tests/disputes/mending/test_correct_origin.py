"""来件信息 put right: by the rules of intake, both values kept, the sender's clock anew, an answer untouched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import Appointment
from calendars.models import Deadline
from calendars.services.sweep import sweep
from core import clock
from core.actor import Actor
from disputes.errors import InvalidInput
from disputes.models import Dispute, Origin
from disputes.rules.origin import OriginFacts
from disputes.selectors import ledger_export
from disputes.selectors.ledger import SORTS
from disputes.selectors.origins import disputes_numbered
from safekeeping.services import verify
from tests.disputes.conftest import Make
from tests.disputes.mending.test_correct import corrected, last
from tests.factories import disputes
from tests.factories.disputes import take

pytestmark = pytest.mark.django_db
Clients = Callable[[Appointment], Client]
DAY = timedelta(days=1)
THEIRS = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
SENT = OriginFacts("县信访局", "信访2026-031", date(2026, 2, 27), THEIRS, answer_wanted=True)
ANSWER: dict[str, Any] = {"on": date(2026, 3, 2), "way": "paper", "account": "已书面答复。"}


def clocks_of(dispute: Dispute) -> list[Deadline]:
    rows = Deadline.objects.filter(subject_type="dispute", subject_id=dispute.pk, kind="origin")
    return list(rows.order_by("pk"))


def running(dispute: Dispute) -> list[datetime]:
    return [one.due_at for one in clocks_of(dispute) if one.met_at is None and one.cancelled_at is None]


def test_both_values_stand_in_the_trail_and_the_number_finds_it(
    register: Make, clerk: Appointment, now: datetime
) -> None:
    dispute = register(source="petition", origin=SENT)
    stated = {"sender": "市信访局", "number": "信访2026-０32", "received_on": date(2026, 3, 1)}
    corrected(dispute, clerk, now, origin=stated)
    data, texts = last(dispute)
    assert data["changed"] == {"origin_received_on": ["2026-02-27", "2026-03-01"]}
    assert data["words"] == ["origin_sender", "origin_number"]
    assert (texts["origin_sender_was"], texts["origin_sender"]) == ("县信访局", "市信访局")
    assert (texts["origin_number_was"], texts["origin_number"]) == ("信访2026-031", "信访2026-０32")
    row = Origin.objects.get(dispute=dispute)
    assert (row.sender, row.due_at, row.answer_wanted) == ("市信访局", THEIRS, True)
    assert disputes_numbered("信访2026-031") == []
    assert disputes_numbered("信访 2026-032") == [dispute.pk]
    assert verify.verify_dispute(dispute.pk).faults == []


def test_the_clock_goes_by_the_corrected_day(register: Make, clerk: Appointment, now: datetime) -> None:
    dispute = register(source="petition", origin=SENT)
    later = THEIRS + 9 * DAY
    corrected(dispute, clerk, now, origin={"due_at": later})
    assert running(dispute) == [later]
    assert last(dispute)[0]["changed"] == {
        "origin_due_at": ["2026-03-20T09:00:00+00:00", "2026-03-29T09:00:00+00:00"]
    }
    soon = datetime(2026, 3, 2, 6, tzinfo=UTC)  # before acceptance is due
    corrected(dispute, clerk, now, origin={"due_at": soon})
    assert dispute.next_due_at == soon
    corrected(dispute, clerk, now, origin={"due_at": None})
    assert running(dispute) == []
    assert dispute.next_due_at != soon


def test_a_miss_stays_a_miss(register: Make, coordinator: Appointment, now: datetime) -> None:
    dispute = register(source="petition", origin=SENT)
    sweep(THEIRS + DAY)
    corrected(dispute, coordinator, THEIRS + 2 * DAY, origin={"due_at": THEIRS + 30 * DAY})
    first, second = clocks_of(dispute)
    assert first.missed_at is not None
    assert (second.due_at, second.missed_at) == (THEIRS + 30 * DAY, None)


def test_a_sender_who_was_not_named_and_one_who_was_none(
    register: Make, clerk: Appointment, now: datetime
) -> None:
    dispute = register()
    corrected(dispute, clerk, now, origin={"sender": "县法院", "due_at": THEIRS})
    assert running(dispute) == [THEIRS]
    corrected(dispute, clerk, now, origin=None)
    assert not Origin.objects.filter(dispute=dispute).exists()
    assert running(dispute) == []
    assert verify.verify_dispute(dispute.pk).faults == []


def test_the_number_of_an_older_ledger_stays(register: Make, clerk: Appointment, now: datetime) -> None:
    dispute = register(origin=OriginFacts("县法院", "(2026)1号", ledger_number="旧-7"))
    corrected(dispute, clerk, now, origin=None)
    row = Origin.objects.get(dispute=dispute)
    assert (row.sender, row.number, row.ledger_number) == ("", "", "旧-7")
    assert disputes_numbered("旧-7") == [dispute.pk]


def test_an_answer_stays(register: Make, clerk: Appointment, coordinator: Appointment, now: datetime) -> None:
    dispute = register(source="petition", origin=SENT)
    take("answer_origin", dispute, coordinator, now, **ANSWER)
    for wrong, at in (
        ({"answer_wanted": False}, "answer_wanted"),
        (None, "sender"),
        ({"received_on": date(2026, 3, 3)}, "received_on"),
    ):
        with pytest.raises(InvalidInput) as refused:
            corrected(dispute, clerk, now + DAY / 3, origin=wrong)
        assert f"fields.origin.{at}" in refused.value.errors or wrong is None
    corrected(dispute, clerk, now, origin={"due_at": THEIRS + DAY, "number": "信访2026-032"})
    row = Origin.objects.get(dispute=dispute)
    assert (row.answered_on, row.answered_way, row.answered_at) == (date(2026, 3, 2), "paper", now)
    (clock,) = clocks_of(dispute)
    assert (clock.met_at, clock.cancelled_at) == (now, None)


def test_an_answer_wanted_after_the_result_is_owed_by_their_date(
    in_hand: Make, coordinator: Appointment, handler: Appointment, now: datetime
) -> None:
    dispute = in_hand(source="court", origin=OriginFacts("县法院", "(2026)1号", due_at=THEIRS))
    take("submit_result", dispute, handler, now, outcome="oral_agreement", account="双方和好。")
    take("approve_result", dispute, coordinator, now, outcome="settled")
    corrected(dispute, coordinator, now, origin={"due_at": THEIRS + DAY})
    assert running(dispute) == []  # the result was theirs
    corrected(dispute, coordinator, now, origin={"answer_wanted": True})
    assert running(dispute) == [THEIRS + DAY]
    corrected(dispute, coordinator, now, origin={"answer_wanted": False})
    assert running(dispute) == []


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"sender": ""}, "sender"),
    ({"sender": "长" * 101}, "sender"),
    ({"number": "长" * 61}, "number"),
    ({"received_on": date(2026, 3, 3)}, "received_on"),
    ({"received_on": date(1899, 1, 1)}, "received_on"),
    ({"due_at": datetime(2026, 2, 20, tzinfo=UTC)}, "due_at"),
    ({"due_at": datetime(1, 1, 1, tzinfo=UTC)}, "due_at"),
    ({"due_at": datetime(2076, 2, 20, tzinfo=UTC)}, "due_at"),
]


@pytest.mark.parametrize(("origin", "at"), WRONG)
def test_what_intake_refuses_is_refused_here(
    register: Make, clerk: Appointment, now: datetime, origin: dict[str, Any], at: str
) -> None:
    dispute = register(source="petition", origin=SENT)
    with pytest.raises(InvalidInput) as refused:
        corrected(dispute, clerk, now, origin=origin)
    assert f"fields.origin.{at}" in refused.value.errors
    assert running(dispute) == [THEIRS]
    with pytest.raises(InvalidInput) as refused:
        corrected(register(), clerk, now, origin={"number": "无主"})
    assert list(refused.value.errors) == ["fields.origin.sender"]


def test_the_same_again_is_nothing(register: Make, clerk: Appointment, now: datetime) -> None:
    with pytest.raises(InvalidInput, match="没有改动"):
        corrected(
            register(source="petition", origin=SENT),
            clerk,
            now,
            origin={"sender": " 县信访局", "due_at": THEIRS},
        )


def test_by_form_and_by_api(
    clerk: Appointment, client_of: Clients, api_client_of: Clients, reference_data: None
) -> None:
    today = clock.now()
    sent = OriginFacts("县信访局", "信访2026-031", None, today + 20 * DAY)
    dispute = disputes.registered(clerk, today, source="petition", origin=sent)
    browser, address = client_of(clerk), f"/disputes/{dispute.number}/steps/correct/"
    form = browser.get(address).context["form"]
    typed = {name: value for name in form.fields if (value := form[name].value()) not in (None, False)}
    assert typed["origin_sender"] == "县信访局"
    wrong = browser.post(address, typed | {"origin_due_at": "2020-01-01", "origin_sender": "", "reason": "x"})
    assert set(wrong.context["form"].errors) == {"origin_sender"}
    ahead = (today + 40 * DAY).date().isoformat()
    more = {"origin_due_at": ahead, "origin_answer_wanted": "on", "reason": "看错了日期"}
    assert browser.post(address, typed | more).status_code == 302
    page = browser.get(f"/disputes/{dispute.number}/").content.decode()
    timeline = page.split("流转记录", 1)[1]
    assert f"→ {ahead}" in timeline
    assert "书面答复：不要求 → 要求" in timeline
    machine = api_client_of(clerk)
    body = {"fields": {"origin": {"number": "信访2026-099", "due_at": ahead}}, "reason": "抄错了编号"}
    done = machine.post(
        f"/api/v1/disputes/{dispute.number}/steps/correct/", body, content_type="application/json"
    ).json()
    assert (done["origin"]["number"], done["origin"]["sender"]) == ("信访2026-099", "县信访局")
    assert done["origin"]["due_at"] == f"{ahead}T23:59:59+08:00"
    body = {"fields": {"origin": {"number": "x" * 61, "colour": "red"}}, "reason": "抄错了编号"}
    refused = machine.post(
        f"/api/v1/disputes/{dispute.number}/steps/correct/", body, content_type="application/json"
    )
    assert refused.status_code == 400
    assert set(refused.json()["errors"]) == {"fields.origin.number", "fields.origin.colour"}


def test_who_gave_it_back_reads_what_stood_there_then(
    in_hand: Make,
    coordinator: Appointment,
    handler: Appointment,
    client_of: Clients,
    api_client_of: Clients,
    actor: Callable[[Appointment], Actor],
    now: datetime,
) -> None:
    dispute, bare = in_hand(source="petition", origin=SENT), in_hand()
    for one in (dispute, bare):
        take("request_return", one, handler, now, ground="not_competent", reason="非本所事务")
        take("decide_return", one, coordinator, now, granted=True, reason="同意")
    stated = {"sender": "市信访局", "number": "改后9", "due_at": THEIRS + 9 * DAY, "answer_wanted": False}
    corrected(dispute, coordinator, now + DAY, origin=stated)
    corrected(bare, coordinator, now + DAY, origin=stated)
    browser, machine = client_of(handler), api_client_of(handler)
    for one in (dispute, bare):
        page = browser.get(f"/disputes/{one.number}/").content.decode()
        shown = str(machine.get(f"/api/v1/disputes/{one.number}/").json())
        assert [word for word in ("市信访局", "改后9", "2026-03-29") if word in page + shown] == []
    origin = machine.get(f"/api/v1/disputes/{dispute.number}/").json()["origin"]
    assert (origin["sender"], origin["number"], origin["answer_wanted"]) == ("县信访局", "信访2026-031", True)
    assert machine.get(f"/api/v1/disputes/{bare.number}/").json()["origin"] is None
    rows = ledger_export.batches(
        Dispute.objects.visible_to(actor(handler)), sort=SORTS["registered"], by=actor(handler)
    )
    exported = str(list(rows))
    assert "县信访局" in exported
    assert "市信访局" not in exported
