"""What the papers for the parties must say and must not promise (field notes of a week of use)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from accounts.models import Appointment
from disputes.models import Attachment, Dispute
from disputes.rules.intake import SpotSettlement
from disputes.services.papers import Asked, hand_out
from tests.disputes.conftest import Make
from tests.disputes.papers.test_house_papers import paper
from tests.factories.accounts import actor
from tests.factories.disputes import take

pytestmark = pytest.mark.django_db
Clients = Callable[[Appointment], Client]


@pytest.fixture
def quarrel(register: Make, clerk: Appointment, now: datetime) -> Dispute:
    dispute = register(narrative="李大山改了排水沟，雨后积水。要求李大山恢复原沟，电话13900000002。")
    Attachment.objects.create(
        dispute=dispute,
        name="李大山家照片.jpg",
        content_type="image/jpeg",
        size=10,
        sha256="a" * 64,
        uploaded_by=clerk,
        uploaded_at=dispute.registered_at - timedelta(minutes=1),
    )
    Attachment.objects.create(
        dispute=dispute,
        name="后来的丈量图.pdf",
        content_type="application/pdf",
        size=10,
        sha256="b" * 64,
        uploaded_by=clerk,
        uploaded_at=dispute.registered_at + timedelta(days=1),
    )
    return dispute


def test_the_receipt_says_what_is_asked_who_took_it_down_and_what_was_handed_over(
    quarrel: Dispute, clerk: Appointment, client_of: Clients
) -> None:
    said = paper(client_of(clerk), quarrel, "receipt")
    assert "您的要求 要求李**恢复原沟" in said
    assert f"登记人 {clerk.user.name}" in said
    assert "李**家照片.jpg，共1份" in said
    for hidden in ("李大山", "13900000002", "丈量图", "23:59"):
        assert hidden not in said
    assert "青石镇综治中心登〔2026〕1号" in said
    assert "将在2026年3月4日24时前告知您是否受理" in said


def test_a_mediation_is_announced_with_its_basis_and_without_a_promise(
    quarrel: Dispute, clerk: Appointment, coordinator: Appointment, client_of: Clients, now: datetime
) -> None:
    take("accept", quarrel, coordinator, now)
    said = paper(client_of(clerk), quarrel, "acceptance")
    assert "办理完毕" not in said
    assert "办结" not in said
    for words in (
        "排水沟改道引起的争执",
        "人民调解法",
        "调解期限到2026年4月1日24时前",
        "自愿",
        "司法确认",
        "办理方式 调解",
    ):
        assert words in said, words
    assert "承办单位" not in said
    take("assign", quarrel, coordinator, now, lead_unit="t01.justice")
    assert "承办单位 青石镇司法所" in paper(client_of(clerk), quarrel, "acceptance")


def test_a_petition_is_told_of_its_date_and_its_reviews(
    register: Make, clerk: Appointment, coordinator: Appointment, client_of: Clients, now: datetime
) -> None:
    dispute = register(source="petition")
    take("accept", dispute, coordinator, now)
    said = paper(client_of(clerk), dispute, "acceptance")
    for words in ("信访工作条例", "办结并书面答复您", "复查", "复核"):
        assert words in said


def test_what_was_settled_on_the_spot_is_not_announced_as_accepted(
    register: Make, clerk: Appointment, client_of: Clients
) -> None:
    dispute = register(settle_on_spot=SpotSettlement(True, "oral", "双方同意恢复原沟。"))
    page = client_of(clerk).get(f"/disputes/{dispute.number}/").content.decode()
    assert "papers/receipt/" in page
    assert "papers/acceptance/" not in page
    assert "papers/dispatch_order/" not in page
    assert client_of(clerk).get(f"/disputes/{dispute.number}/papers/acceptance/").status_code == 409


@pytest.mark.parametrize(
    ("reason", "route", "words", "not_words"),
    [
        (
            "县法院已经立案审理。",
            "proceedings",
            ("人民调解工作若干规定》第二十二条", "正在进行的诉讼"),
            ("依法向人民法院起诉",),
        ),
        (
            "对仲裁裁决不服。",
            "litigation",
            ("人民调解工作若干规定》第二十二条", "按裁决书写明的期限向人民法院起诉"),
            ("依法向人民法院起诉",),
        ),
        ("市政府已经复核，程序终结。", "litigation", ("第三十六条", "依法向人民法院起诉"), ()),
        ("不属于本县管辖。", "litigation", ("由经办人填写", "依法向人民法院起诉"), ()),
    ],
)
def test_a_refusal_names_the_law_the_time_to_object_and_only_routes_that_are_open(
    register: Make,
    clerk: Appointment,
    coordinator: Appointment,
    client_of: Clients,
    now: datetime,
    reason: str,
    route: str,
    words: tuple[str, ...],
    not_words: tuple[str, ...],
) -> None:
    dispute = register()
    take("decline", dispute, coordinator, now, reason=reason, routes=[route, "legal_aid"])
    said = paper(client_of(clerk), dispute, "refusal")
    for expected in (*words, "自收到本告知书之日起30日内", "法律援助"):
        assert expected in said, expected
    for unwanted in not_words:
        assert unwanted not in said


def test_a_paper_printed_after_the_county_took_over_is_still_the_towns(
    quarrel: Dispute, clerk: Appointment, coordinator: Appointment, county_office: Appointment, now: datetime
) -> None:
    take("accept", quarrel, coordinator, now)
    asked = Asked("acceptance")
    first = hand_out(number=quarrel.number, asked=asked, form="html", by=actor(clerk), now=now).paper
    take("report_up", quarrel, coordinator, now, reason="需要县里处理。")
    take("accept_report", quarrel, county_office, now)
    again = hand_out(number=quarrel.number, asked=asked, form="html", by=actor(county_office), now=now).paper
    assert (again.number, again.unit) == (first.number, first.unit)
    assert again.unit == "青石镇综治中心"
