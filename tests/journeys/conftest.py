"""Whole stories in a real browser: people take steps by clicking what the page offers them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Appointment
from core import clock
from disputes.models import Dispute
from tests.browser.fixtures import DESKTOP, PHONE, Visit
from tests.factories.disputes import registered
from tests.journeys.alarms import Alarms


@pytest.fixture(autouse=True)
def _stage(transactional_db: None, reference_data: None) -> None:
    """The live server reads what the test has committed."""


class Story:
    """Walks one dispute from desk to desk."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit

    def register(self, by: Appointment, **facts: object) -> Dispute:
        """The intake form has journeys of its own; here the dispute just comes in."""
        return registered(by, clock.now(), **facts)

    def open(self, who: Appointment, dispute: Dispute, size: dict[str, int] = DESKTOP) -> Page:
        return self.visit(who, f"/disputes/{dispute.number}/", size=size)

    def take(
        self,
        who: Appointment,
        dispute: Dispute,
        button: str,
        *,
        size: dict[str, int] = DESKTOP,
        fill: dict[str, str] | None = None,
        choose: dict[str, str] | None = None,
        pick: dict[str, str] | None = None,
    ) -> Page:
        """Opens the dispute, clicks the step by its name, fills its form by labels, sends it."""
        page = self.open(who, dispute, size)
        page.get_by_role("link", name=button, exact=True).click()
        for label, text in (fill or {}).items():
            page.get_by_label(label, exact=False).first.fill(text)
        for group, option in (choose or {}).items():
            page.get_by_role("group", name=group).get_by_label(option, exact=True).check()
        for label, option in (pick or {}).items():
            self._pick(page, label, option)
        page.locator("main form .form-actions button[type=submit]").click()
        expect(page.locator(".field-wrong, .error-summary")).to_have_count(0)
        return page

    def _pick(self, page: Page, label: str, option: str) -> None:
        """A type-ahead: types, and takes the first suggestion."""
        box = page.get_by_role("combobox", name=label).and_(
            page.locator("input")
        )  # once the script has made it
        box.fill(option)
        page.get_by_role("option").first.click()


@pytest.fixture
def story(visit: Visit) -> Story:
    return Story(visit)


@pytest.fixture
def status() -> Callable[[Dispute], str]:
    def now(dispute: Dispute) -> str:
        return str(Dispute.objects.values_list("status", flat=True).get(pk=dispute.pk))

    return now


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desk", "phone"])
def alarms(request: pytest.FixtureRequest, visit: Visit) -> Alarms:
    """Every journey of a warning is walked on a desk and on a phone."""
    return Alarms(visit, request.param)
