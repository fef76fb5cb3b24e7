"""Each role opens on what concerns it."""

from datetime import timedelta

import pytest

from calendars.services.due import soon_until
from core import clock
from dashboards.selectors.home import home_page
from disputes.models import Dispute
from disputes.selectors.filters import LedgerFilter
from tests.factories.accounts import actor
from tests.factories.disputes import registered, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


@pytest.fixture
def page(client_of):
    return lambda who: client_of(who).get("/").content.decode()


def test_the_coordinator_finds_what_waits_for_acceptance(page, clerk, coordinator):
    dispute = registered(clerk, clock.now())
    assert dispute.number in page(coordinator)
    assert "请办理受理" in page(coordinator)


def test_the_handler_finds_it_only_once_it_is_his_turn(page, clerk, coordinator, village):
    dispute = registered(clerk, clock.now())
    assert dispute.number not in page(village)
    take("accept", dispute, coordinator, clock.now())
    take("assign", dispute, coordinator, clock.now(), lead_unit="t01.v01")
    assert "请签收" in page(village)


def test_a_leader_finds_danger_at_once(page, clerk, deputy):
    dispute = registered(clerk, clock.now(), danger=True)
    assert dispute.number in page(deputy)


def test_the_administrator_finds_what_the_house_lacks(page, admin, deputy):
    deputy.delete()
    shown = page(admin)
    assert "1 个岗位空缺" in shown
    assert "年放假安排尚未录入" in shown


def test_nobody_without_disputes_reads_any(page, clerk, auditor, admin):
    dispute = registered(clerk, clock.now())
    for who in (auditor, admin):
        assert dispute.number not in page(who)
        assert dispute.title not in page(who)


def test_an_empty_home_says_what_will_appear(page, mediator):
    assert "会出现在这里" in page(mediator)


def test_the_home_does_not_query_more_with_more_rows(
    client_of, clerk, coordinator, django_assert_max_num_queries
):
    client = client_of(coordinator)

    def queries() -> int:
        with django_assert_max_num_queries(19) as captured:
            assert client.get("/").status_code == 200
        return len(captured)

    registered(clerk, clock.now())
    queries()
    few = queries()
    for _each in range(10):
        registered(clerk, clock.now())
    assert queries() <= few


def test_the_tile_of_what_is_due_soon_counts_the_rows_its_link_shows(client_of, clerk, coordinator, monday):
    """Date limits end with a day's last second, and so does what counts as soon."""
    dispute = registered(clerk, monday)
    now = dispute.next_due_at - timedelta(days=2)
    by = actor(coordinator)
    tile = next(tile for tile in home_page(by, now).tiles if "due_soon" in tile.url)
    rows = LedgerFilter({"due_soon": "true"}, Dispute.objects.visible_to(by), by=by, now=now).qs
    assert soon_until(now) == dispute.next_due_at
    assert tile.count == rows.count() == 1
