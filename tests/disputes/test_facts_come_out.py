"""What goes in at intake comes out again: on the page, in the API, in the export, or it is said why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import Appointment
from core.actor import Actor
from disputes.models import Dispute
from disputes.rules.intake import IntakeFacts, PartyFacts, SpotSettlement
from disputes.rules.origin import OriginFacts
from disputes.selectors import ledger_export
from disputes.selectors.ledger import SORTS
from imports.rules import headings
from imports.services import importing
from jurisdictions.models import Place
from tests.disputes.conftest import Make
from tests.factories import disputes
from tests.imports.test_import import confirmed, line, sheet

pytestmark = pytest.mark.django_db
Clients = Callable[[Appointment], Client]
PAGE, API, EXPORT = "page", "api", "export"
DOORS = (PAGE, API, EXPORT)

TOLD_AT = datetime(2026, 3, 2, 0, 41, tzinfo=UTC)  # 08:41 in Shanghai
PERSON = PartyFacts(
    "applicant", "natural", "欧阳建国", "13911112222", "11010519491231002X", "上湾村九组十七号"
)
GROUP = PartyFacts("respondent", "group", "砖瓦窑工人", head_count=37)
UNIT = PartyFacts("respondent", "legal", "青岚陶瓷厂", organization="unit01")
STATED: dict[str, Any] = {
    "title": "窑场拖欠工钱引起的争执",
    "narrative": "窑场欠下三十七名工人两个月工钱，工人在场部门口说理，要求当面结清。",
    "category": "wage_arrears",
    "source": "hotline",
    "place": "t01.v01",
    "people_count": 43,
    "occurred_on": date(2026, 2, 19),
    "amount_fen": 12_345_678,
    "parties": (PERSON, GROUP, UNIT),
    "towns": ("t01", "t02"),
    "sectors": ("labour",),
    "unit": "县砖瓦窑场",
    "unit_relation": "inside",
    "unit_consent": True,
    "restricted": True,
    "unrestricted": True,
    "danger": True,
    "danger_told": "派出所王警官、值班领导刘镇长",
    "danger_told_at": TOLD_AT,
    "accused_units": ("t01.v02",),
    "accused_people": ("t01.v02",),
}
ORIGIN = OriginFacts(
    sender="市12345热线中心",
    number="G20260301077",
    received_on=date(2026, 3, 1),
    due_at=datetime(2026, 3, 6, 9, 30, tzinfo=UTC),  # 17:30 in Shanghai
    answer_wanted=True,
    ledger_number="乡12号",
)
STATED["origin"] = ORIGIN
SPOT = SpotSettlement(agreed=True, way="written", account="双方约定月底前结清并互留字据。")

TABLE = "the county's ledger table has exactly eight columns (domain.md §4)"
MASKED = "personal data is shown masked, in full only with a reason that is recorded"
# field → door → what must be found there, or why it is not: words in brackets
OUT: dict[str, dict[str, str]] = {
    "title": {PAGE: "窑场拖欠工钱引起的争执", API: "窑场拖欠工钱引起的争执", EXPORT: "窑场拖欠工钱引起的争执"},
    "narrative": {PAGE: "工人在场部门口说理", API: "工人在场部门口说理", EXPORT: "工人在场部门口说理"},
    "category": {PAGE: "拖欠农民工工资", API: "wage_arrears", EXPORT: f"[{TABLE}]"},
    "source": {PAGE: "12345", API: "hotline", EXPORT: f"[{TABLE}]"},
    "place": {PAGE: "青石镇上湾村", API: "青石镇上湾村", EXPORT: "青石镇"},
    "people_count": {PAGE: "43 人", API: "43", EXPORT: f"[{TABLE}]"},
    "occurred_on": {PAGE: "2026-02-19", API: "2026-02-19", EXPORT: f"[{TABLE}]"},
    "amount_fen": {PAGE: "123,456.78", API: "123456.78", EXPORT: f"[{TABLE}]"},
    "parties": {PAGE: "欧**", API: "欧**", EXPORT: f"[{TABLE}]"},
    "towns": {PAGE: "柳河乡", API: "369901102", EXPORT: f"[{TABLE}]"},
    "sectors": {PAGE: "劳动和社会保障", API: "labour", EXPORT: f"[{TABLE}]"},
    "unit": {PAGE: "县砖瓦窑场", API: "县砖瓦窑场", EXPORT: f"[{TABLE}]"},
    "unit_relation": {PAGE: "单位内部", API: "inside", EXPORT: f"[{TABLE}]"},
    "unit_consent": {PAGE: "申请人同意告知", API: "'unit_consent': True", EXPORT: f"[{TABLE}]"},
    "restricted": {PAGE: "限制知悉", API: "restricted", EXPORT: f"[{TABLE}]"},
    "unrestricted": dict.fromkeys(DOORS, "[a no to what the text asks: disputes/restricted/test_answers.py]"),
    "danger": {PAGE: "有人身危险", API: "True", EXPORT: "有人身危险"},
    "danger_told": {PAGE: "王警官、值班领导", API: "王警官、值班领导", EXPORT: "王警官、值班领导"},
    "danger_told_at": {PAGE: "2026-03-02 08:41", API: "2026-03-02T08:41:00+08:00", EXPORT: "2026-03-02 08:41"},
    "accused_units": {PAGE: "被反映的单位或人员", API: "t01.v02", EXPORT: f"[{TABLE}]"},
    "accused_people": {PAGE: "张t01.v02", API: "t01.v02", EXPORT: f"[{TABLE}]"},
    "settle_on_spot": {PAGE: "月底前结清", API: "月底前结清", EXPORT: "月底前结清"},
    "origin": {PAGE: "市12345热线中心", API: "市12345热线中心", EXPORT: "市12345热线中心"},
    "beside": dict.fromkeys(DOORS, "[asked by upper apps, each shows its own: tests/early_warning]"),
}  # fmt: skip
OF_A_PARTY: dict[str, dict[str, str]] = {
    "role": {PAGE: "申请人", API: "applicant", EXPORT: f"[{TABLE}]"},
    "kind": {PAGE: "自然人", API: "natural", EXPORT: f"[{TABLE}]"},
    "name": {PAGE: "欧**", API: "欧**", EXPORT: f"[{TABLE}]"},
    "phone": {PAGE: "139****2222", API: "139****2222", EXPORT: f"[{TABLE}]"},
    "id_number": {PAGE: "110*************2X", API: "110*************2X", EXPORT: f"[{TABLE}]"},
    "address": {PAGE: f"[{MASKED}]", API: f"[{MASKED}]", EXPORT: f"[{TABLE}]"},
    "head_count": {PAGE: "37 人", API: "37", EXPORT: f"[{TABLE}]"},
    "organization": {PAGE: "青岚陶瓷厂", API: "unit01", EXPORT: f"[{TABLE}]"},
}
OF_AN_ORIGIN: dict[str, dict[str, str]] = {
    "sender": dict.fromkeys(DOORS, "市12345热线中心"),
    "number": dict.fromkeys(DOORS, "G20260301077"),
    "received_on": dict.fromkeys(DOORS, "2026-03-01"),
    "due_at": {PAGE: "2026-03-06 17:30", API: "2026-03-06T17:30:00+08:00", EXPORT: "2026-03-06 17:30"},
    "answer_wanted": {PAGE: "要求书面答复", API: "'answer_wanted': True", EXPORT: "要求书面答复"},
    "ledger_number": dict.fromkeys(DOORS, "乡12号"),
}
# column of an import sheet: the stated fact it becomes, or what must be found behind each door
IMPORTED: dict[str, str | dict[str, str]] = {
    "old_number": {PAGE: "旧台账第07号", API: "'ledger_number': '旧台账第07号'", EXPORT: "旧台账第07号"},
    **{name: name for name in ("title", "narrative", "category", "place", "occurred_on", "people_count")},
    "amount": "amount_fen",
    **dict.fromkeys(("applicant", "applicant_phone", "applicant_id"), "parties"),
    **dict.fromkeys(("respondent", "respondent_phone", "party"), "parties"),
    **{f"origin_{name}": OF_AN_ORIGIN[name] for name in OF_AN_ORIGIN if name != "ledger_number"},
}
# a sheet names days: the sender's date ends with its own
ENDS_WITH_ITS_DAY = {
    "origin_due_at": {PAGE: "2026-03-06 23:59", API: "2026-03-06T23:59:59+08:00", EXPORT: "2026-03-06 23:59"},
}
# editable columns of a dispute: the stated fact they hold, the key that gives them in the API, or why none does
COLUMNS: dict[str, str] = {
    **{name: name for name in OUT if name in {field.name for field in Dispute._meta.concrete_fields}},
    **{"involved_towns": "towns", "involved_sectors": "sectors", "unit_name": "unit", "confidentiality": "restricted"},
    **{"place_name": "place", "place_code": "place", "town": "place"},
    **{name: f"api:{name}" for name in ("number", "status", "suspended", "pending", "registered_at", "settled_at")},
    **{name: f"api:{name}" for name in ("closed_at", "resolve_by", "next_due_at", "lead_unit")},
    **{name: f"api:{name}" for name in ("version", "received_by", "responsible_person", "responsible_leader")},
    **{"managing_org": "api:managed_by", "waiting_org": "api:waiting", "waiting_role": "api:waiting"},
    **dict.fromkeys(("handed_down_by", "county_due_at"), "api:handed_down"),
    **{"handed_town": "[page: 管理中心; export: the town it counts in]"},  # HANDED holds all three behind every door
    **{"reported_outcome": "api:outcome", "result_summary": "api:result", "warning_level": "api:warning"},
    **{"book": "[is in the number]", "seq": "[is in the number]", "registered_by": "[page: 登记, trail: actor]"},
    **dict.fromkeys(("accepted_at", "submitted_at", "revisited_at"), "[its trail entry has the moment]"),
    # the API names the case that goes on by now; which one was named at the merge, and when, stands in the trail
    **{"survivor": "api:merged_into", "merged_into": "[its trail entry names it]"},
    **{"survivor_since": "[the entries of each merge have the moment]"},
    **{"performance_until": "[its trail entry and clock]", "settled_on_time": "[a filter of the ledger]"},
    **{"pending_org": "[the request names who decides]", "query_code_hash": "[a secret of the party]"},
    **dict.fromkeys(("access_keys", "barred_keys", "search"), "[computed for the database]"),
}  # fmt: skip
# what the county asked of the town it handed its dispute to, by the column
HANDED: dict[str, dict[str, str]] = {
    "handed_down_by": {PAGE: "交办中心", API: "'handed_down': {'by': 'county.centre'", EXPORT: f"[{TABLE}]"},
    "county_due_at": {PAGE: "县级要求办结", API: "'due_at': '2026-03-12T23:59:59+08:00'}", EXPORT: "2026-03-12"},
    "handed_town": {PAGE: "青石镇综治中心", API: "'managed_by': 't01.centre'", EXPORT: "'青石镇', "},
}  # fmt: skip


@pytest.fixture
def shown(register: Make, told: Callable[[Dispute], dict[str, str]]) -> Callable[..., dict[str, str]]:
    """Registers the facts and answers what each door tells the coordinator of them."""

    def make(**facts: Any) -> dict[str, str]:
        return told(register(**facts))

    return make


@pytest.fixture
def told(
    coordinator: Appointment, client_of: Clients, api_client_of: Clients, actor: Any
) -> Callable[[Dispute], dict[str, str]]:
    """What each door tells the coordinator of a dispute."""

    def tell(dispute: Dispute) -> dict[str, str]:
        by: Actor = actor(coordinator)
        page = client_of(coordinator).get(f"/disputes/{dispute.number}/").content.decode()
        answer = api_client_of(coordinator).get(f"/api/v1/disputes/{dispute.number}/").json()
        rows = ledger_export.batches(Dispute.objects.visible_to(by), sort=SORTS["registered"], by=by)
        return {PAGE: page, API: str(answer), EXPORT: str(next(rows))}

    return tell


@pytest.fixture
def imported(coordinator: Appointment, actor: Any, now: datetime, places: dict[str, Place]) -> Dispute:
    """One line of an old ledger that had its own number."""
    upload = sheet(
        line(
            old_number="旧台账第07号",
            place=places["t01.v01"].name,
            origin_sender=ORIGIN.sender,
            origin_number=ORIGIN.number,
            origin_received_on="2026-03-01",
            origin_due_at="2026年3月6日",
            origin_answer_wanted="是",
        )
    )
    row = confirmed(upload, actor(coordinator), now)
    importing.run(import_id=row.pk, now=now)
    return Dispute.objects.get(source="import")


def missing(table: dict[str, dict[str, str]], found: dict[str, str]) -> list[tuple[str, str, str]]:
    return [
        (name, door, expected)
        for name, doors in table.items()
        for door, expected in doors.items()
        if not expected.startswith("[") and expected not in found[door]
    ]


def test_every_fact_of_intake_is_looked_for() -> None:
    names = [field.name for field in fields(IntakeFacts)]
    assert sorted(OUT) == sorted(names)
    assert all(tuple(doors) == DOORS for doors in (*OUT.values(), *OF_A_PARTY.values()))
    assert sorted(OF_AN_ORIGIN) == sorted(field.name for field in fields(OriginFacts))
    assert sorted(OF_A_PARTY) == sorted(field.name for field in fields(PartyFacts))
    defaults = {field.name: field.default for field in fields(IntakeFacts) if field.default is not MISSING}
    unset = [name for name in names if STATED.get(name, defaults.get(name)) == defaults.get(name, "")]
    assert unset == ["settle_on_spot"]  # with its own test: it excludes danger; `beside` is the upper apps'


def test_every_column_of_an_import_is_looked_for() -> None:
    assert list(IMPORTED) == [column.name for column in headings.COLUMNS]
    assert {where for where in IMPORTED.values() if isinstance(where, str)} <= set(OUT)


def test_the_number_of_origin_comes_out(
    imported: Dispute, told: Callable[[Dispute], dict[str, str]], register: Make
) -> None:
    own = {name: doors for name, doors in IMPORTED.items() if isinstance(doors, dict)}
    assert missing(own | ENDS_WITH_ITS_DAY, told(imported)) == []
    assert "'origin': None" in told(register())[API]


def test_so_does_that_of_what_was_merged(
    imported: Dispute, told: Callable[[Dispute], dict[str, str]], register: Make, coordinator: Appointment
) -> None:
    target = register()
    disputes.take("merge", imported, coordinator, target.registered_at, into=target.number)
    own = {name: doors for name, doors in IMPORTED.items() if isinstance(doors, dict)}
    assert missing(own | ENDS_WITH_ITS_DAY, told(target)) == []


def test_every_column_of_a_dispute_is_accounted_for() -> None:
    editable = {
        column.name for column in Dispute._meta.concrete_fields if column.editable and not column.primary_key
    }
    assert sorted(COLUMNS) == sorted(editable)


def test_what_was_handed_down_says_by_whom_until_when_and_where_it_counts(
    register: Make, county_office: Appointment, now: datetime, told: Callable[[Dispute], dict[str, str]]
) -> None:
    dispute = register(by=county_office, place="t02")  # it happened in another town
    disputes.take("hand_down", dispute, county_office, now, town="t01", resolve_by=date(2026, 3, 12))
    assert missing(HANDED, told(dispute)) == []


def test_what_was_stated_comes_out(shown: Callable[..., dict[str, str]]) -> None:
    found = shown(**STATED)
    assert missing(OUT | {"settle_on_spot": {}}, found) == []
    assert missing(OF_A_PARTY, found) == []
    assert missing(OF_AN_ORIGIN, found) == []


def test_so_does_what_was_settled_on_the_spot(shown: Callable[..., dict[str, str]]) -> None:
    found = shown(settle_on_spot=SPOT, people_count=2)
    assert missing({"settle_on_spot": OUT["settle_on_spot"]}, found) == []


def test_columns_told_by_the_api_are_there(
    register: Make, coordinator: Appointment, api_client_of: Clients
) -> None:
    dispute = register()
    answer = api_client_of(coordinator).get(f"/api/v1/disputes/{dispute.number}/").json()
    told = {where.removeprefix("api:") for where in COLUMNS.values() if where.startswith("api:")}
    assert told <= set(answer), told - set(answer)


def test_a_fact_without_a_time_of_telling_was_told_by_now(register: Make, now: datetime) -> None:
    dispute = register(danger=True, danger_told="110")
    assert dispute.danger_told_at == dispute.registered_at
    assert dispute.danger_told_at - now < timedelta(minutes=1)
