"""The board: every number is the number of rows it leads to, within the reader's sight."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import RequestFactory

from disputes.models import Dispute
from disputes.selectors.filters import LedgerFilter
from early_warning.selectors import board
from early_warning.services import answers, levels
from tests.factories.accounts import actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


@pytest.fixture
def several(warned, asked, mayor, coordinator, monday):
    """Five open warnings in different states."""
    by, later = actor(mayor), monday + timedelta(minutes=30)
    warned(3)
    answers.acknowledge(escalation_id=asked(warned(2)).pk, by=by, now=later)
    answers.no_result(escalation_id=asked(warned(2)).pk, account="没有谈成。", by=by, now=later)
    answers.risk_removed(escalation_id=asked(warned(2)).pk, account="已经散去。", by=by, now=later)
    waiting = warned(1).warnings.get()
    levels.lower(warning_id=waiting.pk, level_to=2, reason="人已散去。", by=actor(coordinator), now=later)


@pytest.mark.usefixtures("several")
def test_each_figure_is_the_number_of_its_rows(coordinator, county_office):
    for who in (coordinator, county_office):
        by = actor(who)
        for figure in board.figures(by):
            assert figure.value == len(board.board_page(by, figure.name, None).rows), figure.name


@pytest.mark.usefixtures("several")
def test_the_figures_tell_the_states_apart(coordinator):
    found = {figure.name: figure.value for figure in board.figures(actor(coordinator))}
    assert found == {
        "open": 5,
        "unconfirmed": 0,
        "unacknowledged": 5,  # by the §8 leader, who is told beside each chain
        "climbed": 1,
        "end": 0,
        "checks": 1,
        "consent": 1,
    }


@pytest.mark.usefixtures("several")
def test_another_town_sees_nothing_of_it(outside_coordinator):
    assert {figure.value for figure in board.figures(actor(outside_coordinator))} == {0}
    assert board.by_town(actor(outside_coordinator), outside_coordinator.user.date_joined)[1] == []


@pytest.mark.usefixtures("several")
def test_each_cell_of_the_towns_leads_to_as_many_rows(county_office, monday):
    by = actor(county_office)
    _columns, rows = board.by_town(by, monday)
    linked = [cell for row in rows for cell in row[1:] if "href" in cell]
    assert [cell["value"] for cell in linked] == [1, 3, 1]
    for cell in linked:
        query = RequestFactory().get(cell["href"]).GET
        found = LedgerFilter(query, Dispute.objects.visible_to(by), by=by, now=monday).qs
        assert found.count() == cell["value"]


@pytest.mark.usefixtures("several")
def test_the_pace_is_the_average_from_notice_to_acknowledgement(coordinator, monday):
    (pace,) = board.paces(actor(coordinator), 30, monday + timedelta(days=1))
    assert (pace.level, pace.told, pace.average) == (2, 3, "30 分钟")


@pytest.mark.usefixtures("several")
def test_pages_go_on_where_they_stopped(coordinator, monkeypatch):
    monkeypatch.setattr(board, "PAGE", 2)
    by, seen, after = actor(coordinator), [], None
    while True:
        page = board.board_page(by, "open", after)
        seen += [row.warning.pk for row in page.rows]
        if not page.next:
            break
        level, pk = page.next.split("-")
        after = (int(level), int(pk))
    assert len(seen) == len(set(seen)) == 5


def test_the_board_is_for_those_with_a_dashboard(client_of, coordinator, deputy, handler, clerk):
    assert client_of(coordinator).get("/warnings/board/?show=nonsense&after=x&days=7").status_code == 200
    assert client_of(deputy).get("/warnings/board/").status_code == 200
    assert client_of(handler).get("/warnings/board/").status_code == 403
    assert client_of(clerk).get("/warnings/board/").status_code == 403


@pytest.mark.usefixtures("several")
def test_a_row_nobody_is_asked_of_says_whose_turn_it_is(coordinator):
    rows = board.board_page(actor(coordinator), "open", None).rows
    waiting = [row.waits_for for row in rows]
    assert sum("核实风险是否消除" in words for words in waiting) == sum(
        row.warning.escalations.filter(outcome="risk_removed", checked_at=None).exists() and not row.asked
        for row in rows
    )
    assert all(bool(row.waits_for) != bool(row.asked) for row in rows)
