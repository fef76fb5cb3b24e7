"""A restricted case counts at every door, and is told there as a stub."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from accounts.models import Appointment
from audit.models import AccessEvent
from core.clock import shanghai_date
from dashboards.rules import periods
from dashboards.selectors.figures import figures
from dashboards.selectors.home import home_page
from disputes.errors import InvalidInput, NotFound, NotPermitted
from disputes.models import Dispute
from disputes.selectors import ledger, ledger_export
from disputes.selectors.filters import LedgerFilter
from disputes.selectors.stubs import stub_of
from disputes.services import duplicates
from early_warning.selectors import board
from tests.disputes.conftest import Make
from tests.disputes.restricted.conftest import DIVORCE, HOUR, NEWBORN
from tests.factories.accounts import actor, api_client_of
from tests.factories.disputes import take

pytestmark = pytest.mark.django_db
API = "/api/v1/disputes/"


def asked(by: Appointment, now: datetime, **query: str) -> set[str]:
    who = actor(by)
    found = LedgerFilter(query, Dispute.objects.listed_to(who), by=who, now=now)
    assert found.is_valid(), found.form.errors
    return set(found.qs.values_list("number", flat=True))


def test_the_api_tells_exactly_seven_facts(register: Make, secretary: Appointment, now: datetime) -> None:
    dispute, other = register(**DIVORCE), register()
    client = api_client_of(secretary)
    right = {
        "number": dispute.number,
        "restricted": True,
        "town": "369901101",
        "category_group": "民间",
        "status": "registered",
        "lead_unit": None,
        "due_at": client.get(f"{API}{dispute.number}/").json()["due_at"],
    }
    assert right["due_at"]
    assert client.get(f"{API}{dispute.number}/").json() == right
    rows = client.get(API).json()["results"]
    assert [row["number"] for row in rows] == [other.number, dispute.number]
    assert rows[1] == right
    assert rows[0]["title"] == other.title


def test_what_one_may_not_read_one_may_not_do(
    register: Make, secretary: Appointment, outsider: Appointment, now: datetime, client_of: Any
) -> None:
    dispute = register(**DIVORCE)
    machine = api_client_of(secretary)
    assert machine.get(f"{API}{dispute.number}/ledger/").status_code == 403
    body = {"reason": "x"}
    step = f"{API}{dispute.number}/steps/restrict/"
    assert machine.post(step, body, content_type="application/json").status_code == 403
    page = client_of(secretary)
    assert page.get(f"/disputes/{dispute.number}/").status_code == 200
    for part in ("steps/restrict/", "parties/1/", "attachments/1/", "papers/receipt/"):
        assert page.get(f"/disputes/{dispute.number}/{part}").status_code == 403, part
    with pytest.raises(NotPermitted):
        take("restrict", dispute, secretary, now, reason="x")
    with pytest.raises(NotFound):
        take("restrict", dispute, outsider, now, reason="x")
    assert client_of(outsider).get(f"/disputes/{dispute.number}/").status_code == 404


def test_it_is_found_by_its_number_and_by_nothing_it_says(
    register: Make, secretary: Appointment, clerk: Appointment, now: datetime, client_of: Any
) -> None:
    dispute, other = register(**DIVORCE), register()
    for query in ({"q": "酗酒"}, {"q": "金丝雀甲"}, {"category": "family"}, {"place": "t01.v02"}):
        assert asked(secretary, now, **query) == set(), query
        assert asked(clerk, now, **query) == {dispute.number}, query
    assert asked(secretary, now, source="walk_in") == {other.number}
    for query in ({"q": dispute.number}, {"stub": "true"}, {"group": "民间", "stub": "true"}):
        assert asked(secretary, now, **query) == {dispute.number}, query
    for query in ({}, {"status": "open"}, {"place": "t01"}, {"group": "民间"}):
        assert asked(secretary, now, **query) == {dispute.number, other.number}, query
    answer = client_of(secretary).get("/disputes/", {"q": dispute.number})
    assert answer["Location"] == f"/disputes/{dispute.number}/"


def test_every_figure_is_the_number_of_rows_it_leads_to(
    cases: dict[str, Dispute], people: dict[str, Appointment], now: datetime
) -> None:
    """Also for who sees some of them as stubs: each count against its own list, and all kinds together are all."""
    period = periods.period("year", shanghai_date(now))
    for who in ("county.secretary", "t01.secretary", "t01.clerk", "county.office"):
        by = people[who]
        told = figures(actor(by), period, now)
        assert told.received.number == len(asked(by, now, **_query(told.received.url))), who
        for group in (*told.towns, *told.categories):
            for counted in group.counts.values():
                assert counted.number == len(asked(by, now, **_query(counted.url))), (who, group.label)
        kinds = sum(group.counts["received"].number for group in told.categories)
        assert kinds == told.received.number, who


def _query(url: str) -> dict[str, str]:
    return QueryDict(url.partition("?")[2]).dict()


def test_the_county_counts_as_many_as_the_town(
    cases: dict[str, Dispute], county_secretary: Appointment, now: datetime
) -> None:
    assert asked(county_secretary, now) == {dispute.number for dispute in cases.values()}


def test_the_rows_of_the_ledger_and_the_export_are_stubs(
    register: Make, secretary: Appointment, coordinator: Appointment, handler: Appointment, now: datetime
) -> None:
    dispute = register(**DIVORCE)
    take("accept", dispute, coordinator, now + HOUR)
    take("assign", dispute, coordinator, now + HOUR, lead_unit="t01.justice")
    dispute.refresh_from_db()
    by = actor(secretary)
    rows = Dispute.objects.listed_to(by)
    (row,) = ledger.ledger_rows(ledger.ledger_page(rows.for_ledger()).rows, by)
    shown = row.dispute
    assert shown.is_stub
    assert (shown.title, shown.place_name, str(shown.category)) == ("限制知悉", "青石镇", "民间")
    assert (shown.status, str(shown.lead_unit), shown.next_due_at) == (
        "assigned",
        "青石镇司法所",
        dispute.next_due_at,
    )
    ((line,),) = ledger_export.batches(rows, sort=ledger.NEWEST, by=by)
    assert line[:3] == ["青石镇", f"{dispute.display_number} 限制知悉\n民间", "青石镇司法所"]
    assert not re.search("金丝雀|酗酒|石桥", "".join(line))


def test_a_stub_keeps_nothing_else_of_its_row(register: Make, secretary: Appointment, now: datetime) -> None:
    """Whatever column is added later is empty in a stub, unless somebody decides that it tells nothing."""
    dispute = register(
        **DIVORCE, amount_fen=1200, unit="青岚陶瓷厂", unit_relation="inside", sectors=("labour",)
    )
    stub = stub_of(dispute.number, actor(secretary))
    assert stub is not None
    told = {
        *("number", "status", "lead_unit_id", "next_due_at"),  # what it says
        *(
            "id",
            "book_id",
            "seq",
            "registered_at",
            "version",
            "confidentiality",
        ),  # which it is, its place in lists
        *("title", "town_id", "place_name", "place_code"),  # other words in their place
    }
    fresh = Dispute.objects.get(pk=dispute.pk)
    for field in Dispute._meta.concrete_fields:
        if field.attname not in told:
            value = getattr(stub, field.attname)
            empty = value in (None, "", [], 0, False) or value == field.get_default()
            assert empty, (field.attname, value)
    assert fresh.narrative
    assert fresh.amount_fen == 1200


def test_lists_ask_no_more_for_many_stubs_than_for_one(
    register: Make, secretary: Appointment, county_secretary: Appointment, now: datetime, client_of: Any
) -> None:
    def queries(path: str, by: Appointment) -> int:
        client = client_of(by)
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    paths = [(path, by) for path in ("/", "/disputes/", API) for by in (secretary, county_secretary)]
    register(**DIVORCE)
    machine = {by.pk: api_client_of(by) for by in (secretary, county_secretary)}

    def count(path: str, by: Appointment) -> int:
        if path != API:
            return queries(path, by)
        machine[by.pk].get(path)
        with CaptureQueriesContext(connection) as seen:
            assert machine[by.pk].get(path).status_code == 200
        return len(seen)

    one = {pair[0] + str(pair[1].pk): count(*pair) for pair in paths}
    for _index in range(6):
        register(**DIVORCE)
    assert {pair[0] + str(pair[1].pk): count(*pair) for pair in paths} == one


def test_twins_at_intake_are_offered_only_of_what_is_open_to_the_reader(
    register: Make, village: Appointment, now: datetime
) -> None:
    dispute = register(**DIVORCE)
    typed = duplicates.typed_of(dispute)
    found = duplicates.look(typed=typed, by=actor(village), now=now)
    assert found.candidates == []


def test_it_cannot_be_a_case_to_merge_into_unread(
    register: Make, secretary: Appointment, county_office: Appointment, now: datetime
) -> None:
    hidden, other = register(**DIVORCE), register()
    with pytest.raises(InvalidInput):
        take("merge", other, county_office, now + HOUR, into=hidden.number)


def test_homes_and_boards_count_it(
    cases: dict[str, Dispute], county_head: Appointment, county_secretary: Appointment, now: datetime
) -> None:
    late = now.replace(year=now.year + 1)
    overdue = asked(county_secretary, late, overdue="true")
    section = next(one for one in home_page(actor(county_secretary), late).sections if "超期" in one.title)
    shown = {dispute.number for dispute in cases.values() if dispute.display_number in _numbers(section)}
    assert shown <= overdue
    assert len(section.items) == min(len(overdue), 8)
    assert any(item.title == "限制知悉" and item.level is None for item in section.items)
    (row,) = board.board_page(actor(county_head), "open", None).rows
    assert row.warning.dispute.number == cases["newborn"].number
    assert row.warning.dispute.is_stub
    opened = {one.name: one.value for one in board.figures(actor(county_head))}["open"]
    assert opened == 1


def _numbers(section: Any) -> set[str]:
    return {item.number for item in section.items}


def test_a_stub_is_not_ticked(
    register: Make, county_office: Appointment, now: datetime, client_of: Any
) -> None:
    dispute = register(**DIVORCE)
    answer = client_of(county_office).post(
        "/disputes/ledger/bulk/", {"action": "remind", "number": [dispute.number]}
    )
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "限制知悉" in text
    assert "金丝雀" not in text


def test_every_look_is_recorded(
    register: Make,
    clerk: Appointment,
    secretary: Appointment,
    people: dict[str, Appointment],
    now: datetime,
    client_of: Any,
) -> None:
    hidden, plain, newborn = register(**DIVORCE), register(), register(**NEWBORN)
    looks = AccessEvent.objects.filter(action="opened")
    client_of(clerk).get(f"/disputes/{plain.number}/")
    client_of(secretary).get(f"/disputes/{hidden.number}/")  # the stub
    assert not looks.exists()
    client_of(clerk).get(f"/disputes/{hidden.number}/")
    client_of(secretary).get(f"/disputes/{newborn.number}/")
    machine = api_client_of(secretary)
    machine.get(f"{API}{newborn.number}/")
    machine.get(f"{API}{newborn.number}/ledger/")
    found = [(row.user_id, row.target_id, row.details["alarm"]) for row in looks.order_by("pk")]
    of_secretary = (secretary.user_id, str(newborn.pk), True)
    assert found == [(clerk.user_id, str(hidden.pk), False), *[of_secretary] * 3]
