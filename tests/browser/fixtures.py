"""A real Chromium on the live server. `visit(appointment)` opens a signed-in page that must stay without complaint."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from accounts.models import Appointment
from tests.factories.accounts import client_of

AXE = Path(settings.NODE_MODULES) / "axe-core" / "axe.min.js"
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
WATCH = "document.addEventListener('securitypolicyviolation', e => console.error('refused: ' + e.violatedDirective))"
EXPECTED = re.compile(
    r"(Failed to load resource: .* status of|Response Status Error Code) (400|401|403|404|409|422)\b"
    r"|^htmx:(afterRequest|sendAbort), "  # the page was left while a part of it was asked for
)
PATIENCE = 30_000  # milliseconds; the machine may be busy with other tests
SERIOUS = {"serious", "critical"}
NAMES = ("chromium", "chromium-browser", "google-chrome")

Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests; playwright keeps a loop in this thread, which Django would refuse."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")
    if before:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


class Visits:
    """The pages of one test: each in its own context, with everything the browser complained about."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def __call__(
        self,
        who: Appointment | None = None,
        path: str = "",
        *,
        size: dict[str, int] = DESKTOP,
        **options: Any,
    ) -> Page:
        """A page as that appointment sees it (nobody's without one), opened at `path` when given."""
        context = self.browser.new_context(
            viewport=size, locale="zh-CN", base_url=self.address, reduced_motion="reduce", **options
        )
        self.contexts.append(context)
        if who is not None:
            sign_in(context, who, self.address)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.add_init_script(WATCH)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda line: self._hear(page, line))
        if path:
            page.goto(path)
        return page

    def _hear(self, page: Page, line: Any) -> None:
        if line.type == "error" and not EXPECTED.search(line.text):
            self.complaints.append(f"{page.url}: {line.text}")

    def close(self) -> None:
        for context in self.contexts:
            context.close()


def sign_in(context: BrowserContext, who: Appointment, address: str) -> None:
    """Puts a session of that appointment into the browser, past the login page."""
    session = client_of(who).cookies[settings.SESSION_COOKIE_NAME].value
    context.clear_cookies()
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer) -> Iterator[Visit]:
    """`page = visit(clerk, "/disputes/new/", size=PHONE)`. Console errors and refused content fail the test."""
    visits = Visits(browser, live_server.url)
    yield visits
    visits.close()
    assert visits.complaints == []


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails on anything serious that the accessibility check finds."""
    return check_axe


def check_axe(page: Page) -> None:
    """The script is run through the debugger, not as a tag: the page's policy would refuse it."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    answer = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    found = [
        f"{rule['id']}: {rule['help']} — {node['html'][:200]}"
        for rule in answer["violations"]
        if rule["impact"] in SERIOUS
        for node in rule["nodes"]
    ]
    assert found == []


def does_not_scroll_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def cells_are_whole(page: Page) -> bool:
    """On a phone each labelled cell is a grid of two columns: no part of what it says may stand under the label."""
    return bool(page.evaluate(PARTS_STAND_BELOW_EACH_OTHER))


PARTS_STAND_BELOW_EACH_OTHER = """() => {
    const left = node => {
        const range = document.createRange();
        range.selectNode(node);
        const boxes = [...range.getClientRects()].filter(box => box.width > 0);
        return boxes.length ? Math.min(...boxes.map(box => box.left)) : null;
    };
    const says = node => node.nodeType === 1 || (node.nodeType === 3 && node.data.trim());
    const grids = [...document.querySelectorAll("td[data-label]")].filter(
        cell => getComputedStyle(cell).display === "grid");
    return grids.every(cell => {
        const lefts = [...cell.childNodes].filter(says).map(left).filter(at => at !== null);
        return lefts.every(at => at >= lefts[0] - 1);
    });
}"""
