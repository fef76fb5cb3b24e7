"""What bad input gets: a message in Chinese at its field, nothing half-saved, never a 500."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from accounts.models import Appointment
from core.actor import Actor
from disputes.models import Attachment, Dispute
from disputes.reference import load_categories
from tests.disputes.intake.conftest import PDF, a_docx, filled, upload
from tests.disputes.intake.test_page import address, saved

pytestmark = pytest.mark.django_db


CLEANED = (
    "narrative",
    "title",
    "place",
    "unit",
    "parties-0-name",
    "accused-0-who",
    "merge_into",
    "danger_told",
)


@pytest.fixture
def browser(clerk: Appointment, client_of: Callable[[Appointment], Client], monday: datetime) -> Client:
    """The clerk's, where nothing will be registered: categories, but no calendars."""
    load_categories(monday)
    return client_of(clerk)


@pytest.fixture
def ready(clerk: Appointment, client_of: Callable[[Appointment], Client], by: Actor) -> Client:
    """The clerk's, with everything registering needs."""
    return client_of(clerk)


def refusals(page: str) -> dict[str, str]:
    """Messages of the error summary by the control they lead to."""
    summary = page.split("data-error-summary", 1)[1].split("</ul>", 1)[0]
    found = re.findall(r'<a href="#([\w-]+)">(.*?)</a>', summary, re.S)
    return {target: " ".join(text.split()) for target, text in found}


BAD: list[tuple[dict[str, Any], str, str]] = [
    ({"narrative": ""}, "id_narrative", "请填写"),
    ({"narrative": "长" * 100_000}, "id_narrative", "最多 5000 字"),
    ({"category": ""}, "id_category", "请选择"),
    ({"category": "nonsense"}, "id_category", "nonsense"),
    ({"place": "没有这个村"}, "id_place", "没有找到"),
    ({"place": ""}, "id_place", "请填写"),
    ({"source": "rumour"}, "id_source", "rumour"),
    ({"title": "长" * 101}, "id_title", "100"),
    ({"occurred_on": "2999-01-01"}, "id_occurred_on", "不能晚于今天"),
    ({"occurred_on": "2026-02-30"}, "id_occurred_on", "日期"),
    ({"occurred_on": "0026-03-02"}, "id_occurred_on", "四位年份"),
    ({"occurred_on": "26-03-02"}, "id_occurred_on", "写四位"),
    ({"amount": "0.285"}, "id_amount", "小数"),
    ({"danger": "on", "danger_told": "110", "danger_told_at": "0026-03-02T08:00"}, "id_danger_told_at", "四位年份"),
    ({"people_count": "-3"}, "id_people_count", "至少为 1"),
    ({"people_count": "0"}, "id_people_count", "至少为 1"),
    ({"people_count": "1"}, "id_people_count", "少于当事人"),
    ({"people_count": "9" * 30}, "id_people_count", "过大"),
    ({"people_count": "很多"}, "id_people_count", "整数"),
    ({"amount": "-1"}, "id_amount", "不能为负"),
    ({"amount": "1e40"}, "id_amount", "过大"),
    ({"amount": "NaN"}, "id_amount", "数字"),
    ({"unit_relation": "inside"}, "id_unit", "哪个单位"),
    ({"unit": "unit01"}, "id_unit_relation_0", "请选择"),
    ({"danger": "on"}, "id_danger_told", "先报 110"),
    ({"danger": "on", "danger_told": "王警官", "settle_on_spot": "on"}, "id_settle_on_spot", "人身危险"),
    ({"settle_on_spot": "on", "spot_account": "各退半米。", "restricted": "on"}, "id_settle_on_spot", "限制知悉"),
    ({"settle_on_spot": "on"}, "id_spot_account", "怎样达成一致"),
    ({"parties-0-name": ""}, "id_parties-0-name", "姓名"),
    ({"parties-0-name": "", "parties-0-phone": ""}, "id_parties-0-name", "申请人"),
    ({"parties-0-name": "长" * 61}, "id_parties-0-name", "过长"),
    ({"parties-0-id_number": "369901199001011234"}, "id_parties-0-id_number", "校验码不对"),
    ({"parties-1-kind": "legal", "parties-1-id_number": "91350100M000100Y44"}, "id_parties-1-id_number", "信用代码"),
    ({"parties-0-phone": "不知道"}, "id_parties-0-phone", "电话号码"),
    ({"parties-0-kind": "group"}, "id_parties-0-head_count", "至少为 1"),
    ({"parties-0-kind": "group", "parties-0-head_count": "-2"}, "id_parties-0-head_count", "至少为 1"),
    ({"parties-0-kind": "group", "parties-0-head_count": "9" * 20}, "id_parties-0-head_count", "过大"),
    ({"parties-0-role": "boss"}, "id_parties-0-role", "boss"),
    ({"accused-TOTAL_FORMS": "1", "accused-0-who": "不存在的人"}, "id_accused-0-who", "没有找到"),
    ({"other_towns": ["000"]}, "id_other_towns_0", "000"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "control", "words"), BAD)
def test_a_bad_value_is_named_at_its_field(
    browser: Client, key: UUID, changes: dict[str, Any], control: str, words: str
) -> None:
    answer = browser.post(address(key), filled(**changes))
    assert answer.status_code == 422
    found = refusals(answer.content.decode())
    assert words in found[control], found
    assert not Dispute.objects.exists()


def test_all_that_is_wrong_is_said_at_once(browser: Client, key: UUID) -> None:
    wrong = {"danger": "on", "parties-0-phone": "12", "occurred_on": "2999-01-01"}
    found = refusals(browser.post(address(key), filled(**wrong)).content.decode())
    assert set(found) == {"id_danger_told", "id_parties-0-phone", "id_occurred_on"}


def test_at_most_five_representatives(browser: Client, key: UUID) -> None:
    rows = {"parties-TOTAL_FORMS": "7"}
    for row in (f"parties-{index}" for index in range(1, 7)):
        rows |= {f"{row}-role": "representative", f"{row}-kind": "natural", f"{row}-name": "代表"}
    answer = browser.post(address(key), filled(**rows))
    assert "群体代表最多登记 5 人" in answer.content.decode()


@pytest.mark.parametrize("rows", ["", "-1", "很多", "9999"])
def test_a_tampered_number_of_rows_is_no_fault_of_ours(ready: Client, key: UUID, rows: str) -> None:
    assert ready.post(address(key), filled(**{"parties-TOTAL_FORMS": rows})).status_code in (302, 422)


@pytest.mark.parametrize("name", CLEANED)
def test_control_characters_never_break_the_page(ready: Client, key: UUID, name: str) -> None:
    changes = {name: "甲\x00乙\x1b", "accused-TOTAL_FORMS": "1"}
    assert ready.post(address(key), filled(**changes)).status_code in (302, 422)


def test_emoji_stay_and_control_characters_go(ready: Client, key: UUID) -> None:
    dispute = saved(ready.post(address(key), filled(narrative="第一行😀\x07\r\n第二行\x00，说得很清楚。")))
    assert dispute.narrative == "第一行😀\n第二行，说得很清楚。"


def test_very_old_dates_only_warn(ready: Client, key: UUID) -> None:
    answer = ready.post(address(key), filled(occurred_on="1951-05-01"), follow=True)
    assert Dispute.objects.get().occurred_on.year == 1951
    assert "发生日期较早" in answer.content.decode()


def test_an_address_without_a_proper_key_gets_one(browser: Client) -> None:
    assert browser.get("/disputes/new/?draft=../../etc").status_code == 302


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ\x90\x00" + b"\x00" * 100, "收据.pdf"),
        (b"<html><script>alert(1)</script></html>", "照片.jpg"),
        (b"\xff\xd8\xff\xe0" + b"garbage" * 20, "照片.jpg"),
        (a_docx("word/vbaProject.bin"), "协议.docx"),
        (b"PK\x03\x04not a zip", "协议.docx"),
        (b"", "空.pdf"),
        (b"GIF89a" + b"\x00" * 10, "动图.gif"),
    ],
)
def test_a_file_of_a_wrong_type_behind_a_right_name_is_refused(
    browser: Client, key: UUID, content: bytes, name: str
) -> None:
    answer = browser.post(
        f"/disputes/drafts/{key}/files/", {"files": [upload(content, name)]}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    assert not Attachment.objects.exists()
    assert "不能上传" in answer.content.decode() or "重新拍摄" in answer.content.decode() or not content


def test_an_oversized_file_is_refused_before_it_is_looked_at(browser: Client, key: UUID) -> None:
    big = upload(PDF + b"\x00" * (20 * 1024 * 1024), "大.pdf")
    answer = browser.post(f"/disputes/drafts/{key}/files/", {"files": [big]}, headers={"HX-Request": "true"})
    assert "超过 20 MB" in answer.content.decode()


def test_the_twenty_first_file_is_refused(browser: Client, key: UUID) -> None:
    many = [upload(PDF, f"{number}.pdf") for number in range(21)]
    answer = browser.post(f"/disputes/drafts/{key}/files/", {"files": many}, headers={"HX-Request": "true"})
    assert "最多上传 20 个" in answer.content.decode()
    assert Attachment.objects.count() == 20


def test_autosave_takes_whatever_is_typed(browser: Client, key: UUID) -> None:
    answer = browser.post(f"/disputes/drafts/{key}/", filled(narrative="长" * 100_000, title="甲\x00"))
    assert answer.status_code == 200
    assert re.fullmatch(r"\d\d:\d\d", answer.json()["saved_at"])


def test_looking_for_duplicates_takes_whatever_is_typed(browser: Client, key: UUID) -> None:
    odd = filled(
        narrative="甲\x00" * 5000, place="\x00", occurred_on="2026-99-99", **{"parties-0-name": "\x00甲"}
    )
    assert browser.post(f"/disputes/drafts/{key}/look/", odd).status_code == 200


@pytest.mark.parametrize("kind", ["places", "units", "accused"])
@pytest.mark.parametrize("typed", ["", "石", "%", "\x1f", "长" * 500, "t01"])
def test_typing_ahead_takes_whatever_is_typed(browser: Client, kind: str, typed: str) -> None:
    answer = browser.get(f"/disputes/pick/{kind}/", {"q": typed})
    assert answer.status_code == 200
    assert isinstance(answer.json()["results"], list)


@pytest.mark.parametrize("kind", ["places", "units", "accused"])
def test_an_address_with_a_nul_byte_is_refused_plainly(browser: Client, kind: str) -> None:
    assert browser.get(f"/disputes/pick/{kind}/", {"q": "石\x00"}).status_code == 400
