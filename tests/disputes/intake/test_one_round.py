"""Everything that is wrong is said in one round, in the order of the page, and says of which party it speaks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from accounts.models import Appointment
from core.actor import Actor
from core.clock import now
from disputes.models import Dispute
from disputes.rules.intake import Fault
from disputes.wording_faults import FAULTS
from tests.disputes.intake.conftest import filled, upload
from tests.disputes.intake.test_page import address

pytestmark = pytest.mark.django_db
NO_NUMBER = "369901199001011234"
REPRESENTATIVE = {"role": "representative", "kind": "natural", "name": "赵代表"}
PARTIES: list[dict[str, Any]] = [
    {"role": "applicant", "kind": "natural", "name": "张\ufffd国", "phone": "不知道", "id_number": NO_NUMBER},
    {"role": "respondent", "kind": "natural", "name": "青岚陶瓷有限公司", "address": "长" * 201},
    {"role": "respondent", "kind": "legal", "name": "青岚供水站", "id_number": "91350100M000100Y44"},
    {"role": "respondent", "kind": "group", "name": "一批住户", "head_count": "0"},
    {"role": "boss", "kind": "ghost", "name": "王五", "id_number": "A1" * 26},
    {"role": "party", "kind": "group", "name": "长" * 61, "head_count": "9" * 20, "phone": "12, " * 11},
    *[REPRESENTATIVE] * 6,
]  # fmt: skip
MATTER = {
    "narrative": "长" * 5001,
    "category": "nonsense",
    "place": "没有这个村",
    "source": "walk_in",
    "occurred_on": "2999-01-01",
    "origin-number": "长" * 61,
    "origin-received_on": "2999-01-01",
    "origin-due_at": "2026-01-01",
    "title": "长" * 101,
    "people_count": "1",
    "amount": "-1",
    "danger": "on",
    "danger_told": "",
    "danger_told_at": f"{now() + timedelta(days=2):%Y-%m-%dT%H:%M}",
    "settle_on_spot": "on",
    "spot_account": "",
    "unit_relation": "inside",
    "unit": "",
    "other_towns": ["000"],
    "sectors": ["nix"],
    "accused-TOTAL_FORMS": "2",
    "accused-0-who": "unit:t01.police",
    "accused-1-who": "不存在的人",
    "restricted": "on",
}
# by hand: one fault of every kind that fits beside the others, as the page asks from its top to its end
SAID = [
    ("id_parties-0-name", "当事人：群体代表最多登记 5 人"),
    ("id_parties-0-name", "第1位当事人：姓名或名称：姓名或名称里有没有识别出来的字"),
    ("id_parties-0-phone", "第1位当事人：电话：电话号码应为"),
    ("id_parties-0-id_number", "第1位当事人：证件号码：身份证号校验码不对"),
    ("id_parties-1-kind", "第2位当事人：类型：名称是单位的"),
    ("id_parties-1-address", "第2位当事人：住址：内容过长"),
    ("id_parties-2-id_number", "第3位当事人：证件号码：统一社会信用代码校验码不对"),
    ("id_parties-3-head_count", "第4位当事人：人数：人数至少为 1"),
    ("id_parties-4-role", "第5位当事人：身份：选择一个有效的选项"),
    ("id_parties-4-kind", "第5位当事人：类型：选择一个有效的选项"),
    ("id_parties-4-id_number", "第5位当事人：证件号码：内容过长"),
    ("id_parties-5-name", "第6位当事人：姓名或名称：内容过长"),
    ("id_parties-5-phone", "第6位当事人：电话：内容过长"),
    ("id_parties-5-phone", "第6位当事人：电话：电话号码应为"),
    ("id_parties-5-head_count", "第6位当事人：人数：数值过大"),
    ("id_narrative", "事由：事由最多 5000 字"),
    ("id_category", "类别：选择一个有效的选项"),
    ("id_place", "发生地：没有找到“没有这个村”"),
    ("id_occurred_on", "发生日期：发生日期不能晚于今天"),
    ("id_origin-sender", "来件单位：填写了来件信息的，请写明来件单位"),
    ("id_origin-number", "来件编号：内容过长"),
    ("id_origin-received_on", "来件日期：来件日期不能晚于今天"),
    ("id_origin-due_at", "来件要求办结日期：来件要求办结的日期不能早于来件日期"),
    ("id_title", "标题：确保该变量包含不超过 100 字符"),
    ("id_people_count", "涉及人数：涉及人数少于当事人人数"),
    ("id_amount", "涉及金额（元）：金额不能为负"),
    ("id_danger_told", "已报告谁：请先报 110"),
    ("id_danger_told_at", "报告时间：报告时间不能晚于现在"),
    ("id_settle_on_spot", "有人身危险的纠纷不能当场化解"),
    ("id_settle_on_spot", "有被反映单位或人员的纠纷不能当场化解"),
    ("id_settle_on_spot", "限制知悉的纠纷不能当场化解"),
    ("id_spot_account", "化解情况：请写明双方是怎样达成一致的"),
    ("id_files", "附件："),
    ("id_unit", "哪个单位：已选择单位关系"),
    ("id_other_towns_0", "还涉及哪些乡镇：选择一个有效的选项"),
    ("id_sectors_0", "属于哪些主管部门的职权：选择一个有效的选项"),
    ("id_accused-1-who", "被反映的单位或人员：没有找到“不存在的人”"),
]
# what cannot be wrong at the same time as the above
OTHERS: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
    (
        {
            "parties-0-role": "respondent",
            "parties-1-id_number": "369901199001011234",
            "narrative": "",
            "category": "",
            "place": "",
            "occurred_on": "0026-03-02",
            "people_count": "0",
            "amount": "1e40",
            "danger": "on",
            "danger_told": "长" * 201,
            "danger_told_at": "0026-03-02T08:00",
            "unit": "青岚陶瓷厂",
        },
        [
            ("id_parties-0-name", "当事人：来访、来电"),
            ("id_parties-1-id_number", "第2位当事人：证件号码：身份证号校验码不对"),
            ("id_narrative", "事由：请填写"),
            ("id_category", "类别：请选择"),
            ("id_place", "发生地：请填写"),
            ("id_occurred_on", "发生日期："),
            ("id_people_count", "涉及人数：人数至少为 1"),
            ("id_amount", "涉及金额（元）：数值过大"),
            ("id_danger_told", "已报告谁：确保该变量包含不超过 200 字符"),
            ("id_danger_told_at", "报告时间："),
            ("id_unit_relation_0", "已填写单位"),
        ],
    ),
    (
        {"settle_on_spot": "on", "spot_account": "各退半米。", "category": "medical", "unit": "长" * 101},
        [
            ("id_settle_on_spot", "限制知悉的纠纷不能当场化解"),
            ("id_unit_relation_0", "已填写单位"),
            ("id_unit", "哪个单位：内容过长"),
        ],
    ),
    (
        {"settle_on_spot": "on", "spot_account": "", "merge_into": "t01-2026-999999", "amount": "0.285"},
        [
            ("", "没有找到要并入的纠纷"),
            ("id_amount", "涉及金额（元）："),
            ("id_settle_on_spot", "并入其他纠纷的，不能同时当场化解"),
            ("id_spot_account", "化解情况：请写明"),
        ],
    ),
]
NOT_ON_THE_PAGE = {
    Fault.SPOT_NEEDS_AGREEMENT: "the page offers two ways, and one is chosen",
    Fault.TOLD_WITHOUT_DANGER: "without its tick whom one told is not sent",
    Fault.CONSENT_NOT_ASKED: "shown inside a unit only, and not sent else",
    Fault.TOO_MANY_PARTIES: "the page has no fifty-first row",
}


@pytest.fixture
def browser(clerk: Appointment, client_of: Callable[[Appointment], Client], by: Actor) -> Client:
    return client_of(clerk)


def rows_of(parties: list[dict[str, Any]]) -> dict[str, str]:
    counted = {"parties-TOTAL_FORMS": str(len(parties))}
    return counted | {
        f"parties-{index}-{name}": value for index, row in enumerate(parties) for name, value in row.items()
    }


def summary_of(page: str) -> list[tuple[str, str]]:
    """Every line of the error summary: the control it leads to, and its words."""
    summary = page.split("data-error-summary", 1)[1].split("</ul>", 1)[0]
    lines = re.findall(r"<li>(.*?)</li>", summary, re.DOTALL)
    found = [(re.search(r'href="#([\w-]+)"', line), re.sub(r"<.*?>", "", line)) for line in lines]
    return [(target[1] if target else "", " ".join(text.split())) for target, text in found]


def posted(browser: Client, key: UUID, body: dict[str, Any]) -> str:
    answer = browser.post(address(key), body)
    assert answer.status_code == 422
    assert not Dispute.objects.exists()
    return answer.content.decode()


def agree(found: list[tuple[str, str]], wanted: list[tuple[str, str]]) -> None:
    assert "\n".join(target for target, _words in found) == "\n".join(target for target, _words in wanted)
    assert [
        (text, words) for (_at, text), (_on, words) in zip(found, wanted, strict=True) if words not in text
    ] == []


def test_one_fault_of_every_kind_is_said_in_one_round_in_the_order_of_the_page(
    browser: Client, key: UUID
) -> None:
    body = filled(**MATTER, **rows_of(PARTIES)) | {"files": [upload(b"MZ\x90", "坏.pdf")]}
    page = posted(browser, key, body)
    found = summary_of(page)
    agree(found, SAID)
    at = [page.index(f'id="{target}"') for target, _words in found]
    assert at == sorted(at)  # the page itself asks in this order


@pytest.mark.parametrize(("changes", "wanted"), OTHERS)
def test_what_does_not_fit_beside_them_is_said_in_one_round_as_well(
    browser: Client, key: UUID, changes: dict[str, Any], wanted: list[tuple[str, str]]
) -> None:
    agree(summary_of(posted(browser, key, filled(**changes))), wanted)


def test_a_party_is_called_by_its_place_among_those_that_were_not_removed(browser: Client, key: UUID) -> None:
    rows = rows_of([{"role": "applicant", "kind": "natural", "name": "张建国"}] * 3)
    page = posted(
        browser,
        key,
        filled(**rows, **{"parties-1-DELETE": "on", "parties-1-phone": "12", "parties-2-phone": "12"}),
    )
    agree(summary_of(page), [("id_parties-2-phone", "第2位当事人：电话：")])
    shown = re.findall(r'class="repeat-row intake-party([^"]*)"', page.split("<template>")[0])
    assert [" is-removed" in marks for marks in shown] == [False, True, False]


BODY: dict[str, Any] = {
    "title": "长" * 101,
    "narrative": "长" * 5001,
    "category": "nonsense",
    "source": "walk_in",
    "place": "t99",
    "people_count": 1,
    "occurred_on": "2999-01-01",
    "amount": "0.285",
    "parties": [
        {"role": "applicant", "kind": "natural", "name": "张\ufffd国", "phone": "不知道", "id_number": NO_NUMBER},
        {"role": "respondent", "kind": "natural", "name": "青岚陶瓷有限公司", "address": "长" * 201, "surprise": 1},
        {"role": "respondent", "kind": "legal", "name": "青岚供水站", "id_number": "91350100M000100Y44"},
        {"role": "respondent", "kind": "group", "name": "一批住户", "head_count": 0},
        {"role": "boss", "kind": "ghost", "phone": "12"},
        *[REPRESENTATIVE] * 6,
    ],
    "jurisdiction": {"towns": ["t99"], "sectors": ["nix"], "unit": "青岚陶瓷厂", "unit_relation": None},
    "restricted": True,
    "danger": True,
    "danger_told_at": "2999-01-01T08:00:00+08:00",
    "accused_units": ["nowhere"],
    "accused_people": ["nobody"],
    "settle_on_spot": {"agreed": True, "way": "by_post", "account": " "},
    "origin": {"number": "长" * 60, "received_on": "2999-01-01", "due_at": "2026-01-01"},
    "surprise": 1,
}  # fmt: skip
ANSWERED = [
    "parties",
    "parties.0.name",
    "parties.0.phone",
    "parties.0.id_number",
    "parties.1.kind",
    "parties.1.address",
    "parties.1.surprise",
    "parties.2.id_number",
    "parties.3.head_count",
    "parties.4.role",
    "parties.4.kind",
    "parties.4.name",
    "parties.4.phone",
    "narrative",
    "category",
    "place",
    "occurred_on",
    "origin.sender",
    "origin.received_on",
    "origin.due_at",
    "title",
    "people_count",
    "amount",
    "danger_told",
    "danger_told_at",
    "settle_on_spot",
    "settle_on_spot.way",
    "settle_on_spot.account",
    "unit_relation",
    "towns",
    "sectors",
    "accused_units",
    "accused_people",
    "surprise",
]


def sent(client: Client, body: Any) -> dict[str, list[str]]:
    answer = client.post("/api/v1/disputes/", json.dumps(body), content_type="application/json")
    assert answer.status_code == 400, answer.content
    assert not Dispute.objects.exists()
    errors: dict[str, list[str]] = answer.json()["errors"]
    return errors


def test_the_api_answers_one_fault_of_every_kind_at_once_in_the_same_order(
    clerk: Appointment, api_client_of: Callable[[Appointment], Client], by: Actor
) -> None:
    errors = sent(api_client_of(clerk), BODY)
    assert list(errors) == ANSWERED
    assert len(errors["settle_on_spot"]) == 3  # danger, accused, restricted


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"source": "rumour", "parties": []}, ["source"]),  # who knows whether it needs an applicant
        ({"parties": "nobody", "amount": "x"}, ["parties", "amount"]),
        ({"danger": "maybe", "danger_told": "王警官", "place": "t99"}, ["place", "danger"]),
        ({"settle_on_spot": {"agreed": True, "way": "by_post"}}, ["settle_on_spot.way"]),
        ({"settle_on_spot": {"agreed": False, "way": "oral"}, "amount": "x"}, ["amount", "settle_on_spot"]),
        (
            {"jurisdiction": {"towns": ["0" * 21, "t99"]}, "title": ""},
            ["title", "towns", "jurisdiction.towns.0"],
        ),
        ({"people_count": "many", "danger_told": "王警官"}, ["people_count", "danger"]),
        (
            {"parties": [{"role": "boss", "kind": "natural", "name": "张三"}], "title": ""},
            ["parties.0.role", "title"],
        ),
    ],
)
def test_nothing_is_concluded_from_what_could_not_be_read(
    changes: dict[str, Any],
    names: list[str],
    clerk: Appointment,
    api_client_of: Callable[[Appointment], Client],
    by: Actor,
) -> None:
    fine = {
        "title": "排水沟",
        "narrative": "排水沟被改道，雨后积水。",
        "category": "neighbour",
        "source": "walk_in",
        "place": "t01.v01",
        "parties": [{"role": "applicant", "kind": "natural", "name": "张建国"}],
    }
    assert list(sent(api_client_of(clerk), fine | changes)) == names


def test_no_kind_of_fault_is_left_out() -> None:
    """The words are the project's own; which of them stand in the lists above is compared here."""
    said = "".join(words for lines in (SAID, *(lines for _body, lines in OTHERS)) for _at, words in lines)
    tails = {fault: str(text)[:4] for fault, text in FAULTS.items() if fault not in NOT_ON_THE_PAGE}
    tails |= {Fault.REQUIRED: "请填写", Fault.YEAR_TOO_EARLY: "发生日期："}
    assert {fault for fault, start in tails.items() if start not in said} == set()
