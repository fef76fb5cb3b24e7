"""A number of the dashboard equals the number of rows its link opens (guarantee 5)."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.http import QueryDict

from calendars.models import Deadline
from calendars.services.sweep import sweep
from core import clock
from dashboards.rules import periods
from dashboards.rules.periods import Period
from dashboards.selectors.county import boxes, charts
from dashboards.selectors.figures import Counted, figures
from dashboards.services import snapshots
from disputes.models import Dispute
from disputes.rules.intake import SpotSettlement
from disputes.selectors.filters import LedgerFilter
from jurisdictions.models import Place
from tests.factories.accounts import actor
from tests.factories.disputes import registered, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
MARCH = Period("custom", date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture
def county_of_cases(reference_data, clerk, coordinator, village, outsider, monday) -> None:
    """Settled, late, restricted and open ones, in two towns."""
    registered(clerk, monday, settle_on_spot=SpotSettlement(agreed=True, way="oral"))
    registered(clerk, monday, category="family")
    registered(outsider, monday, place="t02")
    late = registered(clerk, monday)
    take("accept", late, coordinator, monday)
    take("assign", late, coordinator, monday, lead_unit="t01.v01")


def counted_in(found: object) -> list[Counted]:
    """Every number with its link, wherever it stands in the figures."""
    if isinstance(found, Counted):
        return [found]
    if isinstance(found, dict):
        return [one for value in found.values() for one in counted_in(value)]
    if isinstance(found, list):
        return [one for value in found for one in counted_in(value)]
    return counted_in(vars(found)) if hasattr(found, "__dataclass_fields__") else []


@pytest.mark.parametrize("who", ["county.office", "t01.deputy", "t01.coordinator", "county.secretary"])
@pytest.mark.usefixtures("county_of_cases")
def test_every_number_equals_the_rows_it_links_to(who, people, monday):
    by, now = actor(people[who]), monday + timedelta(days=10)
    found = counted_in(figures(by, MARCH, now))
    assert len(found) > 20
    for one in found:
        query = QueryDict(one.url.partition("?")[2])
        rows = LedgerFilter(query, Dispute.objects.listed_to(by), by=by, now=now).qs
        assert rows.count() == one.number, one.url


@pytest.mark.usefixtures("county_of_cases")
def test_the_figures_say_what_happened(county_office, monday):
    found = figures(actor(county_office), MARCH, monday + timedelta(days=10))
    assert (found.received.number, found.settled.number) == (4, 1)  # the restricted one counts as well
    assert (found.fell_due.number, found.kept.number) == (0, 0)  # nothing is due ten days after the first
    assert found.overdue.number == 3


@pytest.mark.usefixtures("county_of_cases")
def test_the_numbers_on_the_page_open_lists_of_that_length(client_of, county_office):
    client = client_of(county_office)
    page = client.get(
        "/dashboards/county/", {"period": "custom", "first": "2026-03-01", "last": "2026-03-31"}
    )
    assert page.status_code == 200
    links = re.findall(r'class="figure-value"><a href="(/disputes/[^"]+)">(\d+)<', page.content.decode())
    assert len(links) == 4 + 4  # and danger and the three levels, as they are now
    for url, number in links:
        listed = client.get(url.replace("&amp;", "&")).content.decode()
        assert len(re.findall(r"<tr data-href=", listed)) == int(number), url


def test_figures_are_at_most_a_minute_old(clerk, county_office, monday):
    by, period = actor(county_office), MARCH
    assert snapshots.figures_for(by, period, acting="", now=monday).payload["received"]["number"] == 0
    registered(clerk, monday)
    soon = snapshots.figures_for(by, period, acting="", now=monday + timedelta(seconds=30))
    later = snapshots.figures_for(by, period, acting="", now=monday + timedelta(seconds=61))
    assert (soon.payload["received"]["number"], later.payload["received"]["number"]) == (0, 1)
    assert soon.computed_at == monday


def test_the_job_counts_anew_what_somebody_looks_at(clerk, county_office):
    now = clock.now()
    by, period = actor(county_office), periods.period(periods.THIS_YEAR, clock.shanghai_date(now))
    snapshots.figures_for(by, period, acting=f"a{county_office.pk}", now=now)
    registered(clerk, now)
    assert snapshots.refresh(now + timedelta(seconds=40)) == 1
    shown = snapshots.figures_for(by, period, acting="", now=now + timedelta(seconds=50))
    assert shown.payload["received"]["number"] == 1


def test_a_village_has_no_dashboard(client_of, village):
    assert client_of(village).get("/dashboards/county/").status_code == 403


def test_a_period_that_ends_before_it_begins_is_a_message_at_its_field(client_of, county_office):
    page = client_of(county_office).get(
        "/dashboards/county/", {"period": "custom", "first": "2026-03-31", "last": "2026-03-01"}
    )
    assert page.status_code == 422
    assert "结束日期不能早于开始日期" in page.content.decode()


def test_what_lies_rotting_counts_against_what_was_settled_in_time(
    clerk, coordinator, village, county_office, monday
):
    """Two kept, three not. Settled late is not kept; settled before its day counts on that day."""
    handed_out = []
    for _number in range(4):
        one = registered(clerk, monday)
        take("accept", one, coordinator, monday)
        take("assign", one, coordinator, monday, lead_unit="t01.v01")
        take("sign_for", one, village, monday)
        handed_out.append(one)
    registered(clerk, monday, settle_on_spot=SpotSettlement(agreed=True, way="oral"))
    in_time, too_late, *_lying = handed_out
    due = Deadline.objects.get(subject_id=in_time.pk, kind="resolve").due_at
    for one, moment in ((in_time, due - timedelta(days=2)), (too_late, due + timedelta(days=2))):
        take("submit_result", one, village, moment, outcome="oral_agreement", account="双方说好了。")
        sweep(moment)
        take("approve_result", one, coordinator, moment, outcome="settled")
    by = actor(county_office)
    around = Period("custom", clock.shanghai_date(due), clock.shanghai_date(due))

    def rate(now: datetime) -> tuple[int, int]:
        found = figures(by, around, now)
        return found.kept.number, found.fell_due.number

    assert rate(due - timedelta(seconds=1)) == (0, 0)
    assert rate(due + timedelta(days=3)) == (2, 5)
    town = next(
        one for one in figures(by, around, due + timedelta(days=3)).towns if one.counts["fell_due"].number
    )
    assert (town.counts["kept"].number, town.counts["fell_due"].number) == (2, 5)


def test_a_limit_that_was_moved_falls_due_on_its_new_day_and_a_withdrawn_one_never(
    clerk, coordinator, village, county_office, monday
):
    moved, gone = (registered(clerk, monday) for _number in range(2))
    for one in (moved, gone):
        take("accept", one, coordinator, monday)
        take("assign", one, coordinator, monday, lead_unit="t01.v01")
        take("sign_for", one, village, monday)
    due = Deadline.objects.get(subject_id=moved.pk, kind="resolve").due_at
    take("withdraw", gone, coordinator, monday, reason="申请人撤回")
    take("request_extension", moved, village, monday + timedelta(days=1), days=10, reason="等鉴定")
    take("decide_extension", moved, coordinator, monday + timedelta(days=1), granted=True, reason="同意")
    later = Deadline.objects.get(subject_id=moved.pk, kind="resolve").due_at
    assert later > due
    days = [Period("custom", clock.shanghai_date(day), clock.shanghai_date(day)) for day in (due, later)]
    counted = [figures(actor(county_office), day, later + timedelta(days=9)).fell_due.number for day in days]
    assert counted == [0, 1]


def test_towns_stand_in_the_order_of_places_whatever_they_received(clerk, outsider, county_office, monday):
    registered(clerk, monday)
    for _number in range(3):
        registered(outsider, monday, place="t02")
    payload = figures(actor(county_office), MARCH, monday + timedelta(days=10)).as_payload()
    places = [town["label"] for town in payload["towns"]]
    assert [chart.data["labels"] for chart in charts(payload) if chart.id in {"towns", "overdue"}] == [
        places
    ] * 2
    assert places == list(
        Place.objects.towns().filter(name__in=places).order_by("code").values_list("name", flat=True)
    )


def test_nothing_is_compared_with_a_time_before_the_county_began(clerk, county_office, monday):
    registered(clerk, monday)
    payload = figures(actor(county_office), MARCH, monday + timedelta(days=10)).as_payload()
    assert [box.change for box in boxes(payload)] == ["无可比数据", "无可比数据", "", "", ""]
    payload["settled"]["number"] = 1
    assert {box.change_tone for box in boxes(payload)} == {"neutral"}  # neither good nor bad
