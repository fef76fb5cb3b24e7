"""WCAG 2.4.11: nothing in focus lies under a bar that stays, neither on a desk nor on a phone. Judged by geometry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from accounts.models import Appointment
from core import clock
from tests.browser.fixtures import DESKTOP, PHONE, Visit, does_not_scroll_sideways
from tests.factories.disputes import registered, take

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("reference_data")]
MOST = 90  # presses of Tab; the longest of these pages has fewer stops
# The visible box of what has the focus, cut to the window; how much of it anything else covers, of 5 × 5 points.
COVERED = """() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return null;
    const box = focused.getBoundingClientRect();
    const called = `${focused.tagName} ${focused.id || focused.name || focused.outerHTML.slice(0, 90)}`;
    const [w, h] = [document.documentElement.clientWidth, window.innerHeight];
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, w)];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, h)];
    if (box.width < 2 || box.height < 2) return {called, covered: 0};
    if (right <= left || bottom <= top) return {called, covered: 1};
    const own = (node) => node && (focused.contains(node) || node.contains(focused)
        || [...(focused.labels ?? [])].some((label) => label.contains(node)));
    let hidden = 0;
    for (let i = 0; i < 5; i += 1) for (let j = 0; j < 5; j += 1) {
        const x = left + (right - left) * (0.1 + 0.2 * i), y = top + (bottom - top) * (0.1 + 0.2 * j);
        if (!own(document.elementFromPoint(x, y))) hidden += 1;
    }
    return {called, covered: hidden / 25, cut: box.height <= h && (box.top < -1 || box.bottom > h + 1)};
}"""


def stops(page: Page, key: str) -> list[dict[str, Any]]:
    """Every stop of the focus from where it is, until it leaves the page."""
    found: list[dict[str, Any]] = []
    for _press in range(MOST):
        page.keyboard.press(key)
        stop = page.evaluate(COVERED)
        if stop is None:
            break
        found.append(stop)
    return found


def nothing_is_covered(page: Page, least: int) -> None:
    """Down the page and up again: a bar below hides what comes into sight from above, one above the other way."""
    down = stops(page, "Tab")
    page.evaluate("document.querySelector('main').focus(); window.scrollTo(0, document.body.scrollHeight)")
    page.locator("main a, main button, main input:not([type=hidden])").last.focus()
    up = stops(page, "Shift+Tab")
    assert len(down) >= least
    hidden = [(way, one) for way, all_of in (("Tab", down), ("Shift+Tab", up)) for one in all_of]
    assert [(way, one["called"]) for way, one in hidden if one["covered"] > 0.2 or one.get("cut")] == []


@pytest.fixture
def addresses(people: dict[str, Appointment]) -> dict[str, tuple[Appointment, str]]:
    """The pages with bars that stay: the intake form, a step, the page of two steps, the review, the ledger."""
    now = clock.now()
    clerk, coordinator, handler = (people[f"t01.{name}"] for name in ("clerk", "coordinator", "justice"))
    new = registered(clerk, now)
    done = registered(clerk, now, narrative="两家为地界争执，" * 60)
    take("accept", done, coordinator, now)
    take("assign", done, coordinator, now, lead_unit="t01.justice")
    take("sign_for", done, handler, now)
    take("submit_result", done, handler, now, outcome="oral_agreement", account="双方同意恢复原沟。" * 40)
    return {
        "intake": (clerk, "/disputes/new/"),
        "step": (coordinator, f"/disputes/{new.number}/steps/accept/"),
        "both": (coordinator, f"/disputes/{new.number}/steps/accept-and-assign/"),
        "review": (coordinator, f"/disputes/{done.number}/steps/approve_result/"),
        "ledger": (coordinator, "/disputes/?status=registered"),
    }


@pytest.mark.parametrize(
    "size", [DESKTOP, {"width": 1440, "height": 600}, PHONE], ids=["desk", "low", "phone"]
)
@pytest.mark.parametrize("name", ["intake", "step", "both", "review", "ledger"])
def test_nothing_in_focus_is_covered(
    visit: Visit,
    axe: Callable[[Page], None],
    addresses: dict[str, tuple[Appointment, str]],
    name: str,
    size: dict[str, int],
) -> None:
    who, path = addresses[name]
    page = visit(who, path, size=size)
    if name == "intake":
        page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true; })")
        page.get_by_label("有人身危险").check()
        page.get_by_label("当场化解").check()
        page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    if name == "review":  # no other walk comes by here
        axe(page)
        assert does_not_scroll_sideways(page)
        page.evaluate("window.scrollTo(0, 0)")
    nothing_is_covered(page, 12)
