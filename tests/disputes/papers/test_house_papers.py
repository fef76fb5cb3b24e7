"""Papers between units and for the file: when each arises, what it says, who prints it."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from docx import Document

from accounts.models import Appointment
from audit.models import AccessEvent
from calendars.services.sweep import sweep
from core.clock import end_of_day
from disputes.models import Dispute
from disputes.services import bulk
from tests.disputes.conftest import Make
from tests.factories.accounts import actor
from tests.factories.disputes import take

pytestmark = pytest.mark.django_db
Clients = Callable[[Appointment], Client]
ASKED = "请三日内与双方见面，先劝住再丈量。"


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    """Pages print on the Monday of the steps."""
    monkeypatch.setattr("disputes.views.papers.now", lambda: now)


@pytest.fixture
def assigned(register: Make, coordinator: Appointment, now: datetime) -> Dispute:
    dispute = register(
        title="张建国与李大山排水沟争执",
        narrative="张建国家与李大山家为水沟争吵，电话13800000001。要求恢复原沟。",
    )
    take("accept", dispute, coordinator, now)
    return take("assign", dispute, coordinator, now, lead_unit="t01.justice", instruction=ASKED)


def paper(client: Client, dispute: Dispute, kind: str, query: str = "") -> str:
    answer = client.get(f"/disputes/{dispute.number}/papers/{kind}/{query}")
    assert answer.status_code == 200, answer.status_code
    sheet = answer.content.decode().split('<main class="paper"', 1)[1].split("</main>")[0]
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", sheet)))


def test_the_dispatch_order_carries_instruction_order_of_a_leader_and_number(
    assigned: Dispute,
    mayor: Appointment,
    coordinator: Appointment,
    handler: Appointment,
    client_of: Clients,
    now: datetime,
) -> None:
    take("instruct", assigned, mayor, now, instruction="请司法所今天就去。")
    said = paper(client_of(coordinator), assigned, "dispatch_order")
    for words in (
        "矛盾纠纷分流交办单",
        ASKED,
        "请司法所今天就去。",
        "青石镇司法所：",
        "青石镇综治中心交〔2026〕1号",
        "化解时限 2026年4月1日24时",
        "签收人及时间",
        "2026年3月2日",
    ):
        assert words in said, words
    for hidden in ("张建国", "李大山", "13800000001", "§"):
        assert hidden not in said
    assert paper(client_of(handler), assigned, "dispatch_order").count("交〔2026〕1号") == 1


def test_an_urging_follows_a_reminder_and_a_limit_that_ran_out(
    assigned: Dispute, coordinator: Appointment, client_of: Clients, now: datetime
) -> None:
    assert client_of(coordinator).get(f"/disputes/{assigned.number}/papers/urging/").status_code == 409
    bulk.remind(numbers=[assigned.number], note="请今天签收。", by=actor(coordinator), now=now)
    said = paper(client_of(coordinator), assigned, "urging")
    assert "请今天签收。" in said
    assert "第1次" in said
    sweep(now + timedelta(days=2))
    late = paper(client_of(coordinator), assigned, "urging")
    assert "签收时限为2026年3月3日，已经超期" in late
    assert "催〔2026〕2号" in late


def test_a_transfer_gives_a_letter_with_its_reason(
    assigned: Dispute, coordinator: Appointment, client_of: Clients, now: datetime
) -> None:
    take(
        "transfer",
        assigned,
        coordinator,
        now + timedelta(hours=1),
        lead_unit="t01.v01",
        reason="属村里事务。",
    )
    said = paper(client_of(coordinator), assigned, "handing_over")
    assert "上湾村" in said
    assert "属村里事务。" in said


def test_what_goes_to_another_authority_leaves_room_for_its_name(
    in_hand: Make, coordinator: Appointment, handler: Appointment, client_of: Clients, now: datetime
) -> None:
    dispute = in_hand()
    account = "属市住建部门职权。"
    take("submit_result", dispute, handler, now, outcome="transferred_out", account=account)
    client = client_of(coordinator)
    assert client.get(f"/disputes/{dispute.number}/papers/handing_over/").status_code == 409
    take("approve_result", dispute, coordinator, now, outcome="routed")
    said = paper(client, dispute, "handing_over")
    assert "____：" in said
    assert account in said


def test_forms_of_extension_and_return_are_empty_until_decided_and_then_say_by_whom(
    in_hand: Make, coordinator: Appointment, handler: Appointment, client_of: Clients, now: datetime
) -> None:
    dispute = in_hand()
    take("request_extension", dispute, handler, now, days=10, reason="需要测量。")
    open_form = paper(client_of(handler), dispute, "extension")
    assert "10日" in open_form
    assert "需要测量。" in open_form
    assert "同意" not in open_form
    assert "原化解时限 2026年4月1日24时" in open_form
    take("decide_extension", dispute, coordinator, now, granted=True, reason="情况属实。")
    decided = paper(client_of(coordinator), dispute, "extension")
    assert "同意。新的化解时限：2026年4月13日24时。情况属实（" in decided
    assert "原化解时限 2026年4月1日24时" in decided
    assert dispute.requests.get().decided_by == coordinator
    take("request_return", dispute, handler, now, ground="not_competent", reason="非本所事务。")
    take("decide_return", dispute, coordinator, now, granted=False, reason="属本所。")
    said = paper(client_of(coordinator), dispute, "return")
    for words in ("不属于本单位法定职责", "非本所事务。", "不同意。属本所（"):
        assert words in said


def test_conclusion_and_revisit_are_printed_for_the_file(
    in_hand: Make,
    coordinator: Appointment,
    clerk: Appointment,
    handler: Appointment,
    client_of: Clients,
    now: datetime,
) -> None:
    dispute = in_hand()
    take("submit_result", dispute, handler, now, outcome="oral_agreement", account="双方同意恢复原沟。")
    take("approve_result", dispute, coordinator, now, outcome="settled", note="属实。")
    take("revisit", dispute, clerk, now, way="phone", account="水沟已经恢复。", satisfied=True)
    said = paper(client_of(coordinator), dispute, "conclusion")
    for words in ("达成口头协议", "双方同意恢复原沟。", "已化解。属实。", "水沟已经恢复。", "领导审批"):
        assert words in said
    visit = paper(client_of(clerk), dispute, "revisit")
    for words in ("电话回访", "满意", "水沟已经恢复。", "被回访人："):
        assert words in visit


def test_a_receipt_of_delivery_names_the_paper_and_its_number(
    assigned: Dispute, clerk: Appointment, client_of: Clients
) -> None:
    client = client_of(clerk)
    delivery = paper(client, assigned, "delivery")
    number = re.search(r"受理告知书（(\S+)）", delivery)
    assert number is not None
    assert number[1] in paper(client, assigned, "acceptance")
    assert "受送达人 张建国" in delivery
    assert client.get(f"/disputes/{assigned.number}/papers/delivery/?of=refusal").status_code == 404


def test_the_page_offers_what_arose_and_only_to_whom_it_is_given(
    assigned: Dispute, coordinator: Appointment, deputy: Appointment, client_of: Clients
) -> None:
    page = client_of(coordinator).get(f"/disputes/{assigned.number}/").content.decode()
    assert "papers/dispatch_order/" in page
    assert "papers/urging/" not in page
    assert client_of(deputy).get(f"/disputes/{assigned.number}/papers/dispatch_order/").status_code == 403
    assert (
        "papers/dispatch_order/"
        not in client_of(deputy).get(f"/disputes/{assigned.number}/").content.decode()
    )


def test_who_gave_the_case_back_and_a_party_print_nothing(
    assigned: Dispute, coordinator: Appointment, handler: Appointment, client_of: Clients, now: datetime
) -> None:
    take(
        "transfer",
        assigned,
        coordinator,
        now + timedelta(hours=1),
        lead_unit="t01.v01",
        reason="属村里事务。",
    )
    assert client_of(handler).get(f"/disputes/{assigned.number}/papers/dispatch_order/").status_code == 404


def test_printing_is_recorded_with_what_it_is_about_also_as_a_word_file(
    assigned: Dispute, coordinator: Appointment, client_of: Clients
) -> None:
    answer = client_of(coordinator).get(f"/disputes/{assigned.number}/papers/dispatch_order/docx/")
    document = Document(io.BytesIO(b"".join(answer)))
    cells = {row.cells[0].text: row.cells[1].text for row in document.tables[0].rows}
    assert cells["拟办意见"] == ASKED
    assert cells["签收人及时间"] == ""
    event = AccessEvent.objects.get(action="printed")
    entry = assigned.trail.get(step="assign")
    assert event.details == {"paper": "dispatch_order", "form": "docx", "entry": entry.seq}


def test_dates_of_limits_end_at_their_day(assigned: Dispute) -> None:
    assert assigned.resolve_by == end_of_day(datetime(2026, 4, 1).date())


def test_what_the_county_gives_down_and_a_town_passes_on_has_its_paper(
    register: Make,
    coordinator: Appointment,
    county_office: Appointment,
    outside_coordinator: Appointment,
    client_of: Clients,
    now: datetime,
) -> None:
    down = register(by=county_office, source="petition")
    take("accept", down, county_office, now)
    take("hand_down", down, county_office, now, town="t01", instruction="请一个月内化解。")
    said = paper(client_of(coordinator), down, "dispatch_order")
    for words in ("青石镇综治中心：", "请一个月内化解。", "交〔2026〕1号"):
        assert words in said
    over = register()
    take("pass_to", over, coordinator, now, town="t02", instruction="当事人住在柳河乡。")
    letter = paper(client_of(outside_coordinator), over, "handing_over")
    assert "柳河乡综治中心：" in letter
    assert "当事人住在柳河乡。" in letter
    inside = register()
    take("pass_to", inside, coordinator, now, unit="t01.v01", instruction=ASKED)
    order = paper(client_of(coordinator), inside, "dispatch_order")
    assert "上湾村" in order
    assert ASKED in order
    page = client_of(coordinator).get(f"/disputes/{inside.number}/").content.decode()
    assert "papers/handing_over/" not in page
