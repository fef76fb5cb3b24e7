"""The policy's pages on a desk and on a phone, and the level that shows while a clerk types."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Appointment
from classifier.rules import policy_rows
from classifier.services import policies, replay
from core import clock
from tests.browser.fixtures import DESKTOP, PHONE, does_not_scroll_sideways
from tests.factories.accounts import actor
from tests.factories.disputes import registered

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("reference_data")]

Visit = Callable[..., Page]
MARCH = "约一百人扬言明日到县政府上访，并准备拉横幅堵住县政府大门。"
DRAFT = "/warnings/policies/2/"
PAGES = (
    "/warnings/policies/",
    "/warnings/policies/1/",
    DRAFT,
    DRAFT + "?section=indicators",
    DRAFT + "?section=traps",
    DRAFT + "?section=words",
    DRAFT + "thresholds/",
    DRAFT + "rows/rules/new/",
    DRAFT + "rows/traps/negated/",
    DRAFT + "against/1/",
    DRAFT + "publish/",
    DRAFT + "replays/{run}/",
    "/disputes/{number}/",
)


@pytest.fixture
def story(people: dict[str, Appointment]) -> dict[str, object]:
    """A draft with one more indicator, replayed; a dispute whose text warns and speaks of danger."""
    by, now = actor(people["county.office"]), clock.now()
    narrative = f"{MARCH}有人带了炸药，要同归于尽。"
    dispute = registered(people["t01.clerk"], now, narrative=narrative, people_count=100)
    draft = policies.draft(copy_of=1, note="补充说法", by=by, now=now)
    row = {"id": "water", "label": "积水", "patterns": ["积水"]}
    document = policy_rows.with_row(draft.document, "indicators", "water", row)
    policies.change(version=2, revision=1, document=document, by=by)
    run = replay.ask(version=2, by=by, now=now)
    replay.run(run_id=run.pk, now=now)
    return {"run": run.pk, "number": dispute.number}


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_the_pages_of_the_policy_are_usable_by_everybody(
    visit: Visit,
    axe: Callable[[Page], None],
    people: dict[str, Appointment],
    story: dict[str, object],
    size: dict[str, int],
) -> None:
    page = visit(people["county.office"], size=size)
    for path in PAGES:
        answer = page.goto(path.format(**story))
        assert answer is not None
        assert answer.status == 200, path
        axe(page)
        assert does_not_scroll_sideways(page), path


def test_the_level_and_its_reasons_show_while_the_clerk_types(
    visit: Visit, axe: Callable[[Page], None], people: dict[str, Appointment]
) -> None:
    page = visit(people["t01.clerk"], "/disputes/new/")
    page.locator("#id_narrative").fill(MARCH)
    expect(page.locator("#intake-level .level")).to_be_visible()
    expect(page.locator("#intake-level mark").first).to_have_text("一百人")
    axe(page)
    page.locator("#id_narrative").fill("张家与李家争吵。")
    expect(page.locator("#intake-level .level")).to_have_count(0)


def test_evidence_is_marked_and_danger_is_set_by_a_person(
    visit: Visit, people: dict[str, Appointment], story: dict[str, object]
) -> None:
    page = visit(people["t01.coordinator"], "/disputes/{number}/".format(**story))
    expect(page.locator(".narrative mark").first).to_be_visible()
    page.get_by_label("已报告谁").fill("派出所王警官")
    page.get_by_role("button", name="属实，标记有人身危险").click()
    page.locator("[data-confirm-yes]").click()
    expect(page.locator("body")).to_contain_text("已标记有人身危险")
