"""来件: who sent a matter comes in by every door, has a clock and an answer of its own, and is found by its number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Appointment
from calendars.models import Deadline
from calendars.services.sweep import sweep
from core.actor import Actor
from disputes.errors import InvalidInput, NotPermitted, WrongState
from disputes.models import Dispute, EntryText, Origin
from disputes.rules.origin import OriginFacts
from disputes.selectors.origins import disputes_numbered
from disputes.services import erasure, importing
from jurisdictions.models import Place
from notifications.models import Notice
from tests.disputes.conftest import Make
from tests.disputes.intake.conftest import filled
from tests.disputes.ledger.test_import import confirmed, line, sheet
from tests.factories.disputes import take

pytestmark = pytest.mark.django_db
Clients = Callable[[Appointment], Client]
DAY = timedelta(days=1)
SENT = OriginFacts(
    "县信访局", "信访2026-031", date(2026, 2, 27), datetime(2026, 3, 20, 9, 0, tzinfo=UTC), answer_wanted=True
)
PETITION = {  # case 14 of the played week
    "title": "信访局转来：违建未拆举报答复不服",
    "narrative": "信访局转来信访件：群众反映邻居在承包田里建房，镇里答复不清，要求限期60日办结并答复信访人。",
    "source": "petition",
    "category": "land_forest",
    "place": "t01",
    "parties": [{"role": "applicant", "kind": "natural", "name": "信访人吴某"}],
    "origin": {
        "sender": "县信访局",
        "number": "信访2026-031",
        "received_on": "2026-02-27",
        "answer_wanted": True,
    },
}
HOTLINE = {  # case 15: five working days from Monday 2 March are over with Monday the 9th
    "title": "12345：小区电梯停用一周",
    "narrative": "12345工单：小区3栋电梯停用一周，物业与业委会互相推诿，请5个工作日内答复市民。",
    "source": "hotline",
    "category": "property_mgmt",
    "place": "t01",
    "parties": [{"role": "party", "kind": "legal", "name": "阳光物业"}],
    "origin": {
        "sender": "市12345热线",
        "number": "G20260302015",
        "received_on": "2026-03-02",
        "due_at": "2026-03-09",
        "answer_wanted": True,
    },
}


def sender_clock(dispute: Dispute) -> Deadline:
    return Deadline.objects.get(subject_type="dispute", subject_id=dispute.pk, kind="origin")


def told(username: str, words: str) -> int:
    return Notice.objects.filter(recipient__username=username, title__contains=words).count()


def post(client: Client, body: dict[str, Any]) -> Any:
    return client.post("/api/v1/disputes/", body, content_type="application/json")


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch, now: datetime) -> datetime:
    """The doors ask what time it is: Monday."""
    for module in ("disputes.api.views", "disputes.views.intake", "disputes.views.steps"):
        monkeypatch.setattr(f"{module}.now", lambda: now)
    return now


def test_the_api_keeps_number_date_and_what_is_wanted(
    clerk: Appointment, api_client_of: Clients, today: datetime
) -> None:
    client = api_client_of(clerk)
    for body, due in ((PETITION, None), (HOTLINE, "2026-03-09T23:59:59+08:00")):
        answer = post(client, body)
        assert answer.status_code == 201, answer.json()
        shown = client.get(f"/api/v1/disputes/{answer.json()['number']}/").json()["origin"]
        stated: dict[str, Any] = body["origin"]  # type: ignore[assignment]
        assert {name: shown[name] for name in ("sender", "number", "received_on", "answer_wanted")} == {
            name: stated[name] for name in ("sender", "number", "received_on", "answer_wanted")
        }
        assert (shown["due_at"], shown["answered_on"]) == (due, None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"sender": ""}, "sender"),
        ({"received_on": "2026-03-03"}, "received_on"),
        ({"due_at": "2026-03-01"}, "due_at"),
        ({"due_at": "0026-03-09"}, "due_at"),
        ({"due_at": "bald"}, "due_at"),
        ({"number": "9" * 61}, "number"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_the_api_names_what_is_wrong(
    changes: dict[str, str], field: str, clerk: Appointment, api_client_of: Clients, today: datetime
) -> None:
    origin: dict[str, Any] = HOTLINE["origin"] | changes  # type: ignore[operator]
    answer = post(api_client_of(clerk), HOTLINE | {"origin": origin})
    assert answer.status_code == 400
    assert field in str(answer.json())
    assert not Dispute.objects.exists()


def test_the_form_asks_and_says_what_is_wrong_at_its_field(
    clerk: Appointment, client_of: Clients, by: Actor, key: UUID, today: datetime
) -> None:
    browser, address = client_of(clerk), f"/disputes/new/?draft={key}"
    page = browser.get(address).content.decode()
    assert "来件信息" in page
    typed = {"source": "hotline", "origin-number": "G20260302015", "origin-received_on": "2026-03-02"}
    with transaction.atomic():
        answer = browser.post(address, filled(**typed, **{"origin-due_at": "2026-03-09"}))
        transaction.set_rollback(True)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "请写明来件单位" in page
    assert 'value="G20260302015"' in page
    typed |= {"origin-sender": "市12345热线", "origin-due_at": "2026-03-09", "origin-answer_wanted": "on"}
    assert browser.post(address, filled(**typed)).status_code == 302
    row = Origin.objects.get()
    assert (row.sender, row.number, row.received_on) == ("市12345热线", "G20260302015", date(2026, 3, 2))
    assert row.due_at == datetime(2026, 3, 9, 15, 59, 59, tzinfo=UTC)
    assert row.answer_wanted


def test_an_import_reads_it_under_the_names_offices_use(
    coordinator: Appointment, actor: Any, now: datetime, places: dict[str, Place]
) -> None:
    place = places["t01.v01"].name
    upload = sheet(
        line(place=place, origin_sender="市12345热线", origin_number="G1", origin_received_on="2026.2.26"),
        line(old_number="旧-2", place=place, origin_number="G2"),
        line(
            old_number="旧-3",
            place=place,
            origin_sender="县法院",
            origin_due_at="2026-2-1",
            origin_received_on="2026-2-2",
        ),
        line(old_number="旧-4", place=place, origin_sender="县法院", origin_answer_wanted="也许"),
    )
    row = confirmed(upload, actor(coordinator), now)
    importing.run(import_id=row.pk, now=now)
    origin = Origin.objects.get()
    assert (origin.sender, origin.number, origin.ledger_number) == ("市12345热线", "G1", "旧-1")
    refused = dict(row.rows.filter(state="refused").values_list("line", "messages"))
    named = {number: [column for column, _why in found] for number, found in refused.items()}
    assert named == {3: ["来件单位"], 4: ["来件要求办结"], 5: ["要求书面答复"]}


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


@pytest.mark.parametrize("typed", ["信访2026-031", "信访 2026-031", "信访２０２６-031"])
def test_the_senders_number_alone_finds_it(
    typed: str, register: Make, coordinator: Appointment, client_of: Clients
) -> None:
    register()
    dispute = register(source="petition", origin=SENT)
    browser = client_of(coordinator)
    answer = browser.get("/disputes/", {"q": typed}, follow=True)
    assert dispute.number in answer.content.decode() or dispute.display_number in answer.content.decode()


def test_a_bare_figure_of_a_sender_finds_it_and_nobody_elses(
    register: Make, coordinator: Appointment, api_client_of: Clients, people: dict[str, Appointment]
) -> None:
    dispute = register(source="hotline", origin=OriginFacts("市12345热线", "302015"))
    found = api_client_of(coordinator).get("/api/v1/disputes/", {"q": "302015"}).json()["results"]
    assert [row["number"] for row in found] == [dispute.number]
    elsewhere = (
        api_client_of(people["t02.coordinator"]).get("/api/v1/disputes/", {"q": "302015"}).json()["results"]
    )
    assert elsewhere == []


def test_it_is_found_by_an_index(register: Make) -> None:
    dispute = register(source="petition", origin=SENT)
    with CaptureQueriesContext(connection) as asked:
        assert disputes_numbered("信访2026-031") == [dispute.pk]
    assert len(asked) == 1
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {asked[0]['sql']}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "origin_number" in plan
    assert "origin_ledger_number" in plan


def test_the_database_keeps_the_rules(register: Make) -> None:
    row = Origin.objects.get(dispute=register(source="petition", origin=SENT))
    for wrong in (
        {"sender": ""},
        {"answered_on": date(2026, 3, 2)},
        {"due_at": datetime(2026, 2, 20, tzinfo=UTC)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Origin.objects.filter(pk=row.pk).update(**wrong)


def test_the_receipt_names_the_office_and_its_number(
    register: Make, clerk: Appointment, client_of: Clients
) -> None:
    dispute = register(source="petition", origin=SENT)
    page = client_of(clerk).get(f"/disputes/{dispute.number}/papers/receipt/").content.decode()
    assert "县信访局 信访2026-031" in page


def test_its_first_entry_tells_who_sent_it(
    register: Make, coordinator: Appointment, client_of: Clients
) -> None:
    dispute = register(source="petition", origin=SENT)
    page = client_of(coordinator).get(f"/disputes/{dispute.number}/").content.decode()
    timeline = page[page.index("流转记录") :]
    assert "来件：县信访局 信访2026-031" in timeline
    assert "来件要求 2026-03-20 前办结，要求书面答复" in timeline


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
