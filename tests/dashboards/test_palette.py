"""The command palette offers what the person may open anyway, and looks nobody up by name."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Appointment
from audit.models import AccessEvent
from core import clock
from disputes.models import Dispute
from tests.factories.disputes import registered, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

ClientOf = Callable[[Appointment], Client]
RAIL = re.compile(r'<nav class="rail".*?</nav>', re.DOTALL)
NAV_ITEM = re.compile(r'<a class="nav-item" href="([^"]+)"')
OFFERED = re.compile(r'data-url="([^"]+)"')
STEP = re.compile(r'href="(/disputes/[^/"]+/steps/[^/"]+/)')
LABEL = re.compile(r'class="palette-label">([^<]+)<')


@pytest.fixture
def offered(client_of: ClientOf) -> Callable[..., list[str]]:
    def ask(who: Appointment, typed: str = "", on: str = "/") -> list[str]:
        answer = client_of(who).post("/palette/options/", {"typed": typed, "on": on})
        assert answer.status_code == 200
        return OFFERED.findall(answer.content.decode())

    return ask


@pytest.mark.parametrize(
    "username",
    ["t01.clerk", "t01.coordinator", "t01.deputy", "t01.duty", "county.office", "admin", "auditor"],
)
def test_every_page_of_the_rail_is_offered(client_of, people, offered, username):
    rail = RAIL.search(client_of(people[username]).get("/").content.decode())
    assert rail is not None
    in_rail = NAV_ITEM.findall(rail[0])
    assert in_rail
    assert set(in_rail) <= set(offered(people[username]))


def test_nothing_is_offered_that_the_person_may_not_open(client_of, people, offered, monday, clerk):
    dispute = registered(clerk, monday)
    for who in ("t01.clerk", "hrss.handler", "admin", "auditor", "t01.mediator"):
        for typed in ("", dispute.number, "司法所", "青石"):
            for url in offered(people[who], typed, f"/disputes/{dispute.number}/"):
                if not url.startswith("/disputes/ledger/names/"):
                    assert client_of(people[who]).get(url).status_code in (200, 302), (who, typed, url)


def test_a_number_leads_where_the_search_leads(client_of, clerk, offered):
    dispute = registered(clerk, clock.now())
    for typed in (str(dispute.seq), f"{dispute.seq:06d}", dispute.number, dispute.display_number):
        search = client_of(clerk).get("/disputes/", {"q": typed})
        assert search.status_code == 302
        assert search["Location"] == f"/disputes/{dispute.number}/"
        assert search["Location"] in offered(clerk, typed), typed


def test_a_number_out_of_sight_is_not_there(people, clerk, offered):
    dispute = registered(clerk, clock.now())
    for typed in (dispute.number, dispute.display_number):
        urls = offered(people["t02.clerk"], typed)
        assert not any(dispute.number in url and not url.startswith("/disputes/?") for url in urls)


def test_a_name_is_not_looked_up_but_led_to_the_recorded_search(client_of, clerk, coordinator, offered):
    registered(clerk, clock.now())  # of whom one is 张建国
    client = client_of(coordinator)  # signing in is recorded
    before = AccessEvent.objects.count()
    answer = client.post("/palette/options/", {"typed": "张建国", "on": "/"})
    shown = answer.content.decode()
    assert OFFERED.findall(shown)[0] == "/disputes/ledger/names/"
    assert 'data-fill="张建国"' in shown
    assert "t01-" not in shown
    assert AccessEvent.objects.count() == before
    page = client_of(coordinator).post("/disputes/ledger/names/", {"fill": "张建国"}).content.decode()
    assert 'value="张建国"' in page
    assert "检索事由" in page


def test_a_query_code_stands_in_no_line(client_of, clerk):
    shown = client_of(clerk).post("/palette/options/", {"typed": "61 12345678", "on": "/"}).content.decode()
    assert OFFERED.findall(shown) == ["/disputes/code/"]
    assert "12345678" not in shown


def test_the_steps_open_on_the_page_are_those_of_its_buttons(client_of, clerk, coordinator, offered):
    dispute = registered(clerk, clock.now())
    take("accept", dispute, coordinator, clock.now())
    address = f"/disputes/{dispute.number}/"
    for who in (clerk, coordinator):
        buttons = set(STEP.findall(client_of(who).get(address).content.decode()))
        steps = {url for url in offered(who, "", address) if "/steps/" in url}
        assert steps == buttons
    assert f"{address}steps/assign/" in offered(coordinator, "", f"{address}steps/transfer/")


def test_initials_find_pages_and_units(client_of, coordinator, admin, offered):
    assert "/disputes/" in offered(coordinator, "tz")
    assert "/disputes/?lead_unit=t01.justice" in offered(coordinator, "sfs")
    assert "/manage/organizations/t01.justice/" in offered(admin, "sfs")


def test_units_of_the_own_town_stand_first(people, offered):
    for town in ("t01", "t02"):
        units = [url for url in offered(people[f"{town}.clerk"], "综治中心") if "lead_unit=" in url]
        assert units[0] == f"/disputes/?lead_unit={town}.centre"
        assert len(units) > 1


def test_the_browser_keeps_no_list(client_of, clerk):
    for answer in (client_of(clerk).post("/palette/options/"), client_of(clerk).get("/palette/")):
        assert "no-store" in answer["Cache-Control"]


def test_without_a_script_the_same_list_is_a_page(client_of, coordinator, offered):
    page = client_of(coordinator).post("/palette/", {"typed": "司法所", "on": "/"})
    shown = page.content.decode()
    for url in offered(coordinator, "司法所"):
        assert f'href="{url}"' in shown or f'action="{url}"' in shown
    assert 'name="fill" value="司法所"' in shown
    assert "/palette/?on=/disputes/" in client_of(coordinator).get("/disputes/").content.decode()


def test_the_list_costs_the_same_with_more_disputes(
    client_of, clerk, coordinator, django_assert_max_num_queries
):
    for _n in range(3):
        dispute = registered(clerk, clock.now())
    client = client_of(coordinator)
    ask = {"typed": str(dispute.seq), "on": f"/disputes/{dispute.number}/"}
    client.post("/palette/options/", ask)
    with django_assert_max_num_queries(30):
        client.post("/palette/options/", ask)
    assert Dispute.objects.count() == 3
