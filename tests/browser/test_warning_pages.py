"""The pages of warnings on a desk and on a phone, the countdown that ticks and the bell that rings."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Appointment
from core import clock
from early_warning.models import Escalation, PhoneTask
from early_warning.services import levels
from notifications.models import ChannelSetting
from notifications.services import notify
from tests.browser.fixtures import DESKTOP, PHONE, does_not_scroll_sideways
from tests.factories.accounts import actor
from tests.factories.disputes import registered

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("reference_data")]

Visit = Callable[..., Page]
COUNT_RINGS = """
    window.rung = 0;
    window.AudioContext = class extends AudioContext { constructor() { super(); window.rung += 1; } };
"""
WARNED = "/warnings/disputes/{warned}/"
WALKS = {
    "t01.coordinator": (
        "/",
        "/disputes/{warned}/",
        WARNED,
        WARNED + "levels/lift/",
        WARNED + "incident/",
        WARNED + "paper/",
        "/warnings/disputes/{quieter}/",
        "/warnings/board/?show=unacknowledged",
    ),
    "t01.secretary": (
        "/",
        "/warnings/",
        "/warnings/?show=past",
        WARNED,
        "/warnings/escalations/{escalation}/",
        "/warnings/escalations/{escalation}/instruct/",
        "/warnings/escalations/{escalation}/no_result/",
        "/warnings/requests/{request}/",
    ),
    "t01.duty": ("/", "/warnings/phone/", "/warnings/phone/{call}/"),
    "county.office": ("/", "/warnings/board/"),
}


@pytest.fixture
def story(people: dict[str, Appointment]) -> dict[str, object]:
    """Two warnings of level 1 that no channel tells of: one event is happening, the other shall be lowered."""
    clerk, coordinator, now = people["t01.clerk"], actor(people["t01.coordinator"]), clock.now()
    ChannelSetting.objects.update(enabled=False)
    happening, quieter = registered(clerk, now), registered(clerk, now)
    for dispute in (happening, quieter):
        levels.propose_by_person(
            dispute_id=dispute.pk,
            level_to=1,
            reason="村民聚集。",
            happening=dispute == happening,
            by=coordinator,
            now=now,
        )
    request = levels.lower(
        warning_id=quieter.warnings.get().pk, level_to=2, reason="人已散去。", by=coordinator, now=now
    )
    row = Escalation.objects.get(dispute=happening, parallel=False, ended_at=None)
    return {
        "warned": happening.number,
        "quieter": quieter.number,
        "escalation": row.pk,
        "request": request.pk,
        "call": PhoneTask.objects.get(escalation=row).pk,
    }


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("username", WALKS)
def test_the_pages_of_warnings_are_usable_by_everybody(
    visit: Visit,
    axe: Callable[[Page], None],
    people: dict[str, Appointment],
    story: dict[str, object],
    username: str,
    size: dict[str, int],
) -> None:
    page = visit(people[username], size=size)
    for path in WALKS[username]:
        answer = page.goto(path.format(**story))
        assert answer is not None
        assert answer.status == 200, path
        axe(page)
        assert does_not_scroll_sideways(page), path


def test_the_countdown_ticks(visit: Visit, people: dict[str, Appointment], story: dict[str, object]) -> None:
    page = visit(people["t01.secretary"])
    page.clock.install()
    page.goto("/warnings/")
    shown = page.locator("[data-countdown-words]").first
    expect(shown).to_have_text("剩 1 小时 59 分")
    page.clock.fast_forward("01:30:00")
    expect(shown).to_contain_text("剩 29 分")


def test_the_bell_rings_for_urgent_news_where_somebody_asked_for_it(
    visit: Visit, people: dict[str, Appointment]
) -> None:
    leader = people["t01.secretary"]
    page = visit(leader)
    page.add_init_script(COUNT_RINGS)
    page.goto("/")
    expect(page.locator("#bell")).to_have_attribute("data-bell", "0")
    page.locator("#bell").click()
    page.get_by_label("有紧急消息时响铃（本机）").check()
    before = page.evaluate("window.rung")
    for urgent, key in ((False, "a"), (True, "b")):
        notify(
            recipients=[leader.user_id],
            kind="test",
            title="一级预警",
            dedupe_key=key,
            urgent=urgent,
            now=clock.now(),
        )
        page.evaluate("htmx.ajax('GET', '/notifications/bell/', {target: '#bell', swap: 'outerHTML'})")
        expect(page.locator("#bell")).to_have_attribute("data-bell", "2" if urgent else "1")
    page.wait_for_function("rings => window.rung === rings", arg=before + 1)
    assert page.title().startswith("(2) ")
