"""Whoever reads the ledger chooses its columns; no column tells more than the dispute's page would."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Appointment
from disputes.ledger_columns import COLUMNS
from disputes.models import Dispute, LedgerColumns
from disputes.selectors.ledger_columns import CELLS
from tests.disputes.conftest import Make
from tests.disputes.restricted.conftest import DIVORCE
from tests.factories.disputes import take

pytestmark = pytest.mark.django_db
Clients = Callable[[Appointment], Client]
CHOOSE = "/disputes/ledger/columns/"
EVERY = [column.name for column in COLUMNS]
USUAL = ["发生地", "类别", "预警", "状态", "责任单位/责任人", "时限", "登记时间"]
HEAD = re.compile(r'<th scope="col"(?P<marks>[^>]*)>(?P<what>.*?)</th>', re.DOTALL)
CELL = re.compile(r"<td(?P<marks>[^>]*)>(?P<what>.*?)</td>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")


def in_table(found: re.Pattern[str], page: str) -> list[str]:
    """What stands in the table on a desk: the cells of the cards on a phone apart."""
    return [
        TAG.sub("", one["what"]).strip() for one in found.finditer(page) if "card-only" not in one["marks"]
    ]


def heads(page: str) -> list[str]:
    return [head for head in in_table(HEAD, page) if head not in ("", "纠纷")]


def row_of(dispute: Dispute, page: str) -> dict[str, str]:
    """The cells of the further columns by their heads."""
    (row,) = (part for part in page.split("<tr ")[1:] if f"/disputes/{dispute.number}/" in part)
    cells = in_table(CELL, row)
    return dict(zip(heads(page), cells[-len(heads(page)) :], strict=True))


def test_who_chose_nothing_sees_the_usual_columns(
    register: Make, client_of: Clients, clerk: Appointment
) -> None:
    register()
    assert heads(client_of(clerk).get("/disputes/").content.decode()) == USUAL


def test_the_chosen_columns_stand_in_the_chosen_order_for_this_person_alone(
    register: Make, client_of: Clients, clerk: Appointment, coordinator: Appointment
) -> None:
    register()
    order = [
        "amount",
        "status",
        "place",
        *(name for name in EVERY if name not in ("amount", "status", "place")),
    ]
    answer = client_of(clerk).post(
        f"{CHOOSE}?status=open", {"order": order, "shown": ["place", "amount", "status"]}
    )
    assert answer["Location"] == "/disputes/?status=open"
    assert heads(client_of(clerk).get("/disputes/").content.decode()) == ["涉及金额", "状态", "发生地"]
    assert heads(client_of(coordinator).get("/disputes/").content.decode()) == USUAL
    client_of(clerk).post(CHOOSE, {"reset": "1"})
    assert heads(client_of(clerk).get("/disputes/").content.decode()) == USUAL


def test_each_column_tells_its_fact(
    register: Make, client_of: Clients, clerk: Appointment, coordinator: Appointment, now: datetime
) -> None:
    dispute = register(people_count=12, amount_fen=1_234_500, occurred_on=date(2026, 2, 20), source="hotline")
    take("accept", dispute, coordinator, now + timedelta(days=1))
    take("assign", dispute, coordinator, now + timedelta(days=1), lead_unit="t01.justice")
    client_of(clerk).post(CHOOSE, {"order": EVERY, "shown": EVERY})
    row = row_of(dispute, client_of(clerk).get("/disputes/").content.decode())
    dispute.refresh_from_db()
    assert dispute.resolve_by is not None
    expected = {
        "现在轮到": "青石镇司法所",
        "来源": "12345热线",
        "管理中心": "青石镇综治中心",
        "涉及人数": "12",
        "发生日期": "2026-02-20",
        "受理时间": "2026-03-03",
        "化解时限": f"{dispute.resolve_by + timedelta(hours=8):%Y-%m-%d}",
        "化解时间": "",
        "销号时间": "",
    }
    assert {name: row[name] for name in expected} == expected
    assert "12,345" in row["涉及金额"]


def test_as_many_questions_for_every_column_as_for_one(
    register: Make, client_of: Clients, clerk: Appointment
) -> None:
    for _n in range(3):
        register()
    client, asked = client_of(clerk), []
    for shown in (EVERY[:1], EVERY):
        client.post(CHOOSE, {"order": EVERY, "shown": shown})
        client.get("/disputes/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/disputes/")
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_a_stub_tells_nothing_in_any_column(
    register: Make, client_of: Clients, secretary: Appointment, now: datetime
) -> None:
    dispute = register(**DIVORCE, people_count=7, amount_fen=999_900, occurred_on=date(2026, 2, 1))
    client_of(secretary).post(CHOOSE, {"order": EVERY, "shown": EVERY})
    row = row_of(dispute, client_of(secretary).get("/disputes/").content.decode())
    assert {row[str(column.label)] for column in COLUMNS if column.name in CELLS} == {""}


def test_who_gave_it_back_sees_the_columns_as_they_were(
    register: Make, client_of: Clients, coordinator: Appointment, village: Appointment, now: datetime
) -> None:
    dispute = register(people_count=2)
    take("accept", dispute, coordinator, now + timedelta(hours=1))
    take("assign", dispute, coordinator, now + timedelta(hours=1), lead_unit="t01.v01")
    take(
        "request_return",
        dispute,
        village,
        now + timedelta(hours=2),
        ground="not_competent",
        reason="不属本村。",
    )
    take("decide_return", dispute, coordinator, now + timedelta(hours=3), granted=True, reason="同意。")
    take(
        "correct",
        dispute,
        coordinator,
        now + timedelta(days=1),
        fields={"people_count": 9},
        reason="核实人数。",
    )
    take("assign", dispute, coordinator, now + timedelta(days=1), lead_unit="t01.justice")
    for who, told in ((village, ("2", "")), (coordinator, ("9", "青石镇司法所"))):
        client_of(who).post(CHOOSE, {"order": EVERY, "shown": EVERY})
        row = row_of(dispute, client_of(who).get("/disputes/").content.decode())
        assert (row["涉及人数"], row["现在轮到"]) == told


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"order": EVERY}, "请至少选择一列。"),
        ({"order": EVERY, "shown": ["place", "narrative"]}, "没有“narrative”这一列"),
        ({"order": EVERY, "shown": ["x" * 500]}, "这一列"),
    ],
)
def test_what_is_no_column_is_refused_and_nothing_kept(
    client_of: Clients, clerk: Appointment, sent: dict[str, list[str]], said: str
) -> None:
    answer = client_of(clerk).post(CHOOSE, sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not LedgerColumns.objects.exists()


def test_without_a_script_a_button_moves_a_column_and_keeps_nothing_yet(
    client_of: Clients, clerk: Appointment
) -> None:
    answer = client_of(clerk).post(CHOOSE, {"order": EVERY, "shown": ["status"], "move": "category:up"})
    order = [row["column"].name for row in answer.context["rows"]]
    assert order[:3] == ["category", "place", "warning"]
    assert [row["column"].name for row in answer.context["rows"] if row["is_chosen"]] == ["status"]
    assert not LedgerColumns.objects.exists()
    for move in ("place:up", f"{EVERY[-1]}:down", "nothing:up"):  # nowhere to go
        answer = client_of(clerk).post(CHOOSE, {"order": EVERY, "move": move})
        assert [row["column"].name for row in answer.context["rows"]] == EVERY


def test_a_column_that_is_no_more_is_left_out(register: Make, client_of: Clients, clerk: Appointment) -> None:
    register()
    LedgerColumns.objects.create(user=clerk.user, names=["gone", "status"])
    assert heads(client_of(clerk).get("/disputes/").content.decode()) == ["状态"]
