"""The clock up to the date of who sent a matter, the step that answers them, and what warns of both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import Appointment
from calendars.models import Deadline
from calendars.services.sweep import sweep
from core.actor import Actor
from disputes.errors import InvalidInput, NotPermitted, WrongState
from disputes.models import Dispute, EntryText, Origin
from disputes.rules.origin import OriginFacts
from notifications.models import Notice
from safekeeping.services import erasure
from tests.disputes.conftest import Make
from tests.factories.disputes import take

pytestmark = pytest.mark.django_db
Clients = Callable[[Appointment], Client]
DAY = timedelta(days=1)
SENT = OriginFacts(
    "县信访局", "信访2026-031", date(2026, 2, 27), datetime(2026, 3, 20, 9, 0, tzinfo=UTC), answer_wanted=True
)


def sender_clock(dispute: Dispute) -> Deadline:
    return Deadline.objects.get(subject_type="dispute", subject_id=dispute.pk, kind="origin")


def told(username: str, words: str) -> int:
    return Notice.objects.filter(recipient__username=username, title__contains=words).count()


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch, now: datetime) -> datetime:
    """The doors ask what time it is: Monday."""
    for module in ("disputes.api.views", "disputes.views.intake", "disputes.views.steps"):
        monkeypatch.setattr(f"{module}.now", lambda: now)
    return now


def test_the_senders_date_is_a_clock_of_its_own(
    register: Make, coordinator: Appointment, now: datetime
) -> None:
    dispute = register(source="petition", origin=SENT)
    clock = sender_clock(dispute)
    assert clock.due_at == SENT.due_at
    dispute.refresh_from_db()
    assert dispute.next_due_at is not None
    assert dispute.next_due_at < clock.due_at  # acceptance is due before it
    take("accept", dispute, coordinator, now)
    take("assign", dispute, coordinator, now, lead_unit="t01.justice")
    for hours in (0, 1):
        sweep(datetime(2026, 3, 19, 2, tzinfo=UTC) + timedelta(hours=hours))
    assert told("t01.coordinator", "来件办理将于 2026-03-20 17:00 到期") == 1
    sweep(datetime(2026, 3, 20, 10, tzinfo=UTC))
    assert told("t01.coordinator", "来件办理已超期") == 1
    assert dispute.trail.filter(step="deadline_missed", payload__contains='"kind":"origin"').count() == 1


def test_our_date_after_theirs_is_said_and_refused_nowhere(
    in_hand: Make,
    coordinator: Appointment,
    handler: Appointment,
    client_of: Clients,
    now: datetime,
    today: datetime,
    register: Make,
) -> None:
    new = register(source="petition", origin=SENT)  # petitions have 60 days, the sender gives until the 20th
    form = client_of(coordinator).get(f"/disputes/{new.number}/steps/accept/").content.decode()
    assert "晚于来件单位要求的 2026-03-20" in form
    dispute = in_hand(source="petition", origin=SENT)
    assert (
        "晚于来件单位要求的 2026-03-20"
        in client_of(coordinator).get(f"/disputes/{dispute.number}/").content.decode()
    )
    form = client_of(handler).get(f"/disputes/{dispute.number}/steps/request_extension/").content.decode()
    assert "来件单位要求 2026-03-20 前办结" in form
    take("request_extension", dispute, handler, now, days=5, reason="鉴定未出")
    form = client_of(coordinator).get(f"/disputes/{dispute.number}/steps/decide_extension/").content.decode()
    assert "晚于来件单位要求的 2026-03-20" in form
    in_time = register(origin=OriginFacts("县法院", due_at=now + 90 * DAY))
    form = client_of(coordinator).get(f"/disputes/{in_time.number}/steps/accept/").content.decode()
    assert "晚于来件单位" not in form


def test_an_answer_is_a_step_that_meets_the_clock(
    in_hand: Make,
    coordinator: Appointment,
    handler: Appointment,
    client_of: Clients,
    api_client_of: Clients,
    now: datetime,
) -> None:
    dispute = in_hand(source="petition", origin=SENT)
    fields = {"on": date(2026, 3, 2), "way": "paper", "account": "已书面答复：责令拆除，限期一个月。"}
    for wrong in ({"on": date(2026, 2, 26)}, {"on": date(2026, 3, 3)}, {"way": "pigeon"}):
        with pytest.raises(InvalidInput) as refused:
            take("answer_origin", dispute, coordinator, now, **(fields | wrong))
        assert list(refused.value.errors) == list(wrong)
    with pytest.raises(NotPermitted):
        take("answer_origin", dispute, handler, now, **fields)
    take("answer_origin", dispute, coordinator, now, **fields)
    clock = sender_clock(dispute)
    assert (clock.met_at, clock.missed_at) == (now, None)
    with pytest.raises(WrongState):
        take("answer_origin", dispute, coordinator, now, **fields)
    page = client_of(coordinator).get(f"/disputes/{dispute.number}/").content.decode()
    assert "2026-03-02 已答复（书面函件）" in page
    assert "责令拆除，限期一个月" in page
    answer = api_client_of(coordinator).get(f"/api/v1/disputes/{dispute.number}/").json()
    assert (answer["origin"]["answered_on"], answer["origin"]["answered_way"]) == ("2026-03-02", "paper")
    assert "answer_origin" not in answer["steps"]


def test_the_api_takes_the_answer(
    register: Make, coordinator: Appointment, api_client_of: Clients, now: datetime
) -> None:
    dispute, client = register(source="petition", origin=SENT), api_client_of(coordinator)
    assert "answer_origin" in client.get(f"/api/v1/disputes/{dispute.number}/").json()["steps"]
    body = {"on": "2026-03-02", "way": "system", "account": "已在系统中回复。"}
    answer = client.post(
        f"/api/v1/disputes/{dispute.number}/steps/answer_origin/", body, content_type="application/json"
    )
    assert answer.status_code == 200, answer.json()
    assert answer.json()["origin"]["answered_on"] == "2026-03-02"


def test_nobody_who_wants_none_is_answered(register: Make, coordinator: Appointment, now: datetime) -> None:
    for origin in (None, OriginFacts("县法院", "(2026)1号")):
        with pytest.raises(WrongState):
            take(
                "answer_origin",
                register(origin=origin),
                coordinator,
                now,
                on=now.date(),
                way="paper",
                account="复",
            )


def test_closing_without_the_answer_warns_and_leaves_the_clock_running(
    in_hand: Make,
    coordinator: Appointment,
    handler: Appointment,
    county_office: Appointment,
    client_of: Clients,
    now: datetime,
) -> None:
    dispute = in_hand(source="petition", origin=SENT)
    take("submit_result", dispute, handler, now, outcome="oral_agreement", account="双方和好。")
    take("approve_result", dispute, coordinator, now, outcome="settled")
    take("revisit", dispute, coordinator, now, way="phone", account="满意。", satisfied=True)
    form = client_of(coordinator).get(f"/disputes/{dispute.number}/steps/close/").content.decode()
    assert "县信访局 要求书面答复，还没有登记答复" in form
    take("close", dispute, coordinator, now)
    clock = sender_clock(dispute)
    assert (clock.met_at, clock.cancelled_at) == (None, None)
    take("answer_origin", dispute, coordinator, now, on=date(2026, 3, 2), way="paper", account="已答复。")
    assert sender_clock(dispute).met_at == now


def test_a_result_meets_the_date_of_who_wants_no_answer(
    in_hand: Make, coordinator: Appointment, handler: Appointment, now: datetime
) -> None:
    dispute = in_hand(source="court", origin=OriginFacts("县法院", "(2026)1号", due_at=SENT.due_at))
    take("submit_result", dispute, handler, now, outcome="oral_agreement", account="双方和好。")
    take("approve_result", dispute, coordinator, now, outcome="settled")
    assert sender_clock(dispute).met_at == now


def test_what_was_merged_still_owes_its_answer(
    register: Make, coordinator: Appointment, client_of: Clients, now: datetime
) -> None:
    sent, target = register(source="petition", origin=SENT), register()
    take("merge", sent, coordinator, now, into=target.number)
    assert sender_clock(sent).cancelled_at is None
    page = client_of(coordinator).get(f"/disputes/{target.number}/").content.decode()
    assert "信访2026-031" in page
    take("answer_origin", sent, coordinator, now, on=date(2026, 3, 2), way="paper", account="已答复。")
    sent.refresh_from_db()
    assert sent.status == "merged"
    assert sender_clock(sent).met_at == now


def test_who_gave_it_back_does_not_read_a_later_answer(
    in_hand: Make, coordinator: Appointment, handler: Appointment, client_of: Clients, now: datetime
) -> None:
    dispute = in_hand(source="petition", origin=SENT)
    take("request_return", dispute, handler, now, ground="not_competent", reason="非本所事务")
    take("decide_return", dispute, coordinator, now, granted=True, reason="同意")
    take(
        "answer_origin", dispute, coordinator, now + DAY, on=date(2026, 3, 3), way="paper", account="已答复。"
    )
    page = client_of(handler).get(f"/disputes/{dispute.number}/").content.decode()
    assert "信访2026-031" in page
    assert "2026-03-03" not in page
    assert "尚未登记" in page


def test_erasure_leaves_the_office_and_its_number_and_takes_the_answer(
    in_hand: Make, coordinator: Appointment, handler: Appointment, now: datetime
) -> None:
    """Sender and number are an office and its file; what was answered tells of people."""
    dispute = in_hand(source="petition", origin=SENT)
    take(
        "answer_origin",
        dispute,
        coordinator,
        now,
        on=date(2026, 3, 2),
        way="paper",
        account="吴某的房屋限期拆除。",
    )
    take("submit_result", dispute, handler, now, outcome="oral_agreement", account="双方和好。")
    take("approve_result", dispute, coordinator, now, outcome="settled")
    take("revisit", dispute, coordinator, now, way="phone", account="满意。", satisfied=True)
    take("close", dispute, coordinator, now)
    with transaction.atomic():
        dispute.refresh_from_db()
        erasure._erase(dispute, {"on_request": True}, by=Actor.system("erasure"), now=now)
    row = Origin.objects.get(dispute=dispute)
    assert (row.sender, row.number) == ("县信访局", "信访2026-031")
    texts = EntryText.objects.filter(entry__dispute=dispute, name__in=("account", "origin"))
    assert set(texts.values_list("text", flat=True)) == {""}
