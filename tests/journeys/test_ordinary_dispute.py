"""An ordinary dispute (case 04 of the played week) from an empty intake page to the closed file: how much it takes.

`Hands` counts what a person does: a click, or a field typed into or chosen from. Opening the day's page is no act.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Appointment
from disputes.models import Dispute
from tests.browser.fixtures import Visit
from tests.stories.week import cases

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.usefixtures("reference_data")]
MOST_STEPS = 8  # forms sent, each by the post whose turn it is
STEPS = 7  # register, accept and assign, sign for, report, approve, revisit, close
CLICKS, FIELDS = 16, 7  # what it takes today; more must be explained, fewer written down here


class Hands:
    """What is clicked and filled in, and how often a form was sent."""

    def __init__(self) -> None:
        self.clicks = self.fields = self.sent = 0

    def click(self, page: Page, role: str, name: str) -> None:
        page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]
        self.clicks += 1

    def fill(self, page: Page, selector: str, text: str) -> None:
        page.locator(selector).fill(text)
        self.fields += 1

    def pick(self, page: Page, label: str, typed: str) -> None:
        """Types until the list has it first, and takes it with Enter."""
        box = page.get_by_role("combobox", name=label).and_(page.locator("input"))
        box.fill(typed)
        page.locator(".combobox-option:visible").first.wait_for()
        box.press("Enter")
        self.fields += 1

    def choose(self, page: Page, group: str, option: str) -> None:
        page.get_by_role("group", name=group).get_by_label(option, exact=True).check()
        self.clicks += 1

    def send(self, page: Page) -> None:
        page.locator("main form .form-actions button[type=submit]").click()
        expect(page.locator(".field-wrong, .error-summary")).to_have_count(0)
        self.clicks += 1
        self.sent += 1


def test_an_ordinary_dispute_takes_eight_steps_at_most(
    visit: Visit, clerk: Appointment, coordinator: Appointment
) -> None:
    hands, case = Hands(), cases()["04"]["body"]
    page = visit(clerk, "/disputes/new/")
    for index, party in enumerate(case["parties"][:2]):
        hands.fill(page, f"#id_parties-{index}-name", party["name"])
    hands.fill(page, "#id_narrative", case["narrative"])
    hands.pick(page, "类别", "宅基地")
    hands.pick(page, "发生地", "上湾")
    hands.send(page)
    page.wait_for_url("**/registered/**")
    dispute = Dispute.objects.get()
    assert dispute.warning_level == 0

    page = visit(coordinator, f"/disputes/{dispute.number}/")
    hands.click(page, "link", "受理并分流")
    hands.send(page)
    dispute.refresh_from_db()
    assert dispute.status == "assigned"

    page = visit(dispute.responsible_person, f"/disputes/{dispute.number}/")
    hands.click(page, "link", "签收")
    hands.send(page)
    hands.click(page, "link", "报结")
    hands.choose(page, "办理结果", "达成口头协议")
    hands.fill(page, "#id_account", "双方同意恢复原样。")
    hands.send(page)

    page = visit(coordinator, f"/disputes/{dispute.number}/")
    hands.click(page, "link", "审结")
    hands.send(page)

    page = visit(clerk, f"/disputes/{dispute.number}/")
    hands.click(page, "link", "回访")
    hands.choose(page, "回访方式", "电话回访")
    hands.choose(page, "当事人是否满意", "满意")
    hands.fill(page, "#id_account", "双方均满意。")
    hands.send(page)

    page = visit(coordinator, f"/disputes/{dispute.number}/")
    hands.click(page, "link", "销号")
    hands.send(page)
    dispute.refresh_from_db()
    assert dispute.status == "closed"
    assert hands.sent == STEPS
    assert hands.sent <= MOST_STEPS
    assert (hands.clicks, hands.fields) == (CLICKS, FIELDS)
