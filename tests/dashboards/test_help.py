"""Help says what a role may do, by limits of the dated rows; the first day ticks itself from what was done."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from accounts.models import Appointment, User
from calendars.models import DeadlineRule
from core import clock
from core.clock import shanghai_date
from dashboards.models import FirstDay
from dashboards.wording_duties import PAGES
from dashboards.wording_roles import HELP
from jurisdictions.choices import PostRole
from tests.factories.disputes import registered, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
ClientOf = Callable[[Appointment], Client]
HOLDERS = {
    "clerk": "t01.clerk",
    "coordinator": "t01.coordinator",
    "office": "county.office",
    "handler": "t01.justice",
    "village_secretary": "t01.v01",
    "mediator": "t01.mediator",
    "deputy": "t01.deputy",
    "head": "t01.mayor",
    "party_secretary": "t01.secretary",
    "duty": "t01.duty",
    "auditor": "auditor",
    "administrator": "admin",
    "security": "security",
}
LEFT = "/help/first-day/left/"
LINE = re.compile(r'<li class="first-day-line (is-done)?">.*?class="work-title" href="([^"]+)"', re.DOTALL)


def test_every_role_there_is_has_its_help() -> None:
    assert set(HELP) == set(PostRole)


@pytest.mark.parametrize(("role", "username"), HOLDERS.items())
def test_whoever_holds_a_role_may_open_every_page_its_help_names(client_of, people, role, username):
    client = client_of(people[username])
    shown = client.get("/help/").content.decode()
    for name in HELP[role].pages:
        url = reverse(PAGES[name].url_name)
        assert f'href="{url}"' in shown, name
        assert client.get(url, follow=True).status_code == 200, name


def test_another_role_is_told_without_its_links(client_of, clerk):
    shown = client_of(clerk).get("/help/auditor/").content.decode()
    assert "谁看了限制知悉的内容" in shown
    assert 'href="/audit/"' not in shown
    assert client_of(clerk).get("/help/emperor/").status_code == 404


def test_limits_are_those_of_the_rows_in_force(client_of, coordinator):
    page = client_of(coordinator)
    assert "受理：2个工作日" in page.get("/help/").content.decode()
    DeadlineRule.objects.filter(key="accept").update(limit=7, source="县平安办〔2026〕9号")
    shown = page.get("/help/").content.decode()
    assert "受理：7个工作日" in shown
    assert "县平安办〔2026〕9号" in shown
    today = shanghai_date(clock.now())
    DeadlineRule.objects.filter(key="accept").update(effective_to=today - timedelta(days=1))
    assert "受理：7个工作日" not in page.get("/help/").content.decode()


def test_texts_name_no_number_of_days() -> None:
    """A limit typed into a sentence would stay when the row changes."""
    said = [
        str(text) for told in HELP.values() for text in (told.purpose, *(duty.text for duty in told.duties))
    ]
    assert [text for text in said if re.search(r"\d+ ?(个工作日|日|天|小时)", text)] == []


def test_whom_to_ask_is_the_county_office(client_of, clerk, county_office):
    shown = client_of(clerk).get("/help/").content.decode()
    assert f"{county_office.post} {county_office.user.name}" in shown


def test_without_a_post_help_says_whom_to_ask(client, county_office):
    client.force_login(User.objects.create_user("nobody", password="x", name="张三"))
    shown = client.get("/help/").content.decode()
    assert "您目前没有任职" in shown
    assert county_office.user.name in shown
    assert client.get("/help/first-day/").status_code == 302


def test_it_is_told_in_english_too(client_of, coordinator):
    with translation.override("en"):
        client = client_of(coordinator)
        client.cookies["django_language"] = "en"
        shown = client.get("/help/").content.decode()
    assert "Whom to ask" in shown
    assert "working days" in shown


def done(client: Client) -> dict[str, bool]:
    found = LINE.findall(client.get("/help/first-day/").content.decode())
    return {url: bool(mark) for mark, url in found}


def test_ticks_follow_what_was_done(client_of, clerk, coordinator, handler):
    clerk.user.must_change_password = False
    clerk.user.phone = ""
    clerk.user.save()
    desk = client_of(clerk)
    assert done(desk) == {
        "/accounts/password/change/": True,
        "/accounts/profile/": False,
        "/notifications/preferences/": False,
        "/help/": False,
        "/disputes/new/": False,
    }
    clerk.user.phone = "13900000000"
    clerk.user.save()
    dispute = registered(clerk, clock.now())
    desk.post("/notifications/preferences/", {"email": "on"})
    assert [url for url, is_done in done(desk).items() if not is_done] == ["/help/"]
    assert not done(client_of(coordinator))["/disputes/"]
    take("accept", dispute, coordinator, clock.now())
    assert done(client_of(coordinator))["/disputes/"]
    take("assign", dispute, coordinator, clock.now(), lead_unit="t01.justice")
    assert not done(client_of(handler))["/disputes/"]
    take("sign_for", dispute, handler, clock.now())
    assert done(client_of(handler))["/disputes/"]


def test_only_what_no_record_tells_is_ticked_by_hand(client_of, clerk):
    desk = client_of(clerk)
    desk.post("/help/first-day/", {"name": "help", "done": "1"})
    assert done(desk)["/help/"]
    for name in ("register", "phone", "nothing", "x" * 300):
        answer = desk.post("/help/first-day/", {"name": name, "done": "1"}, follow=True)
        assert "这一项由系统按记录勾选" in answer.content.decode()
    assert FirstDay.objects.get().ticked == ["help"]


def left(client: Client) -> str:
    """What the home shows of it: it asks for it once it stands, as long as there may be something."""
    home = client.get("/").content.decode()
    return client.get(LEFT).content.decode() if f'hx-get="{LEFT}"' in home else ""


def test_the_home_leads_to_it_until_it_is_put_away_or_finished(client_of, clerk):
    clerk.user.phone = ""
    clerk.user.save()
    desk = client_of(clerk)
    assert "第一天：还有 4 项" in left(desk)
    desk.post("/help/first-day/", {"away": "1"})
    assert left(desk) == ""
    assert "第一天" not in left(client_of(clerk))  # in another session too
    desk.post("/help/first-day/", {"away": "0"})
    assert "第一天：还有 4 项" in left(desk)
    clerk.user.phone = "13900000000"
    clerk.user.save()
    registered(clerk, clock.now())
    for name in ("notices", "help"):
        desk.post("/help/first-day/", {"name": name, "done": "1"})
    assert "第一天" not in left(desk)
    assert FirstDay.objects.get().finished_at is not None
    assert left(desk) == ""


def test_facts_cost_the_same_with_more_disputes(client_of, coordinator, clerk):
    client, asked = client_of(coordinator), []
    client.get("/help/first-day/")
    for _n in range(2):
        for _m in range(3):
            take("accept", registered(clerk, clock.now()), coordinator, clock.now())
        with CaptureQueriesContext(connection) as queries:
            client.get("/help/first-day/")
        asked.append(len(queries))
    assert asked[0] == asked[1]
