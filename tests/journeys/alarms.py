"""What the warning journeys share: a warning put up by its form, time that passes, answers given on pages."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from playwright.sync_api import Page, expect

from accounts.models import Appointment
from core import clock, jobs
from core.actor import Actor
from disputes import public
from disputes.models import Dispute
from early_warning.models import DisputeWarning, Escalation
from early_warning.services import levels, warnings
from tests.browser.fixtures import Visit, does_not_scroll_sideways
from tests.factories.accounts import actor
from tests.factories.disputes import registered

LEVELS = {1: "一级预警", 2: "二级预警", 3: "三级预警"}
QUIET = "村民与村委会就道路占用补偿意见不一，正在协商。"  # what the classifier finds nothing in


class Alarms:
    """Walks warnings from desk to desk."""

    def __init__(self, visit: Visit, size: dict[str, int]) -> None:
        self.visit, self.size = visit, size

    def open(self, who: Appointment, path: str) -> Page:
        """The page at the journey's width; nothing may stand out of it sideways."""
        page = self.visit(who, path, size=self.size)
        assert does_not_scroll_sideways(page)
        return page

    def dispute(self, by: Appointment, *, ago: timedelta = timedelta(), **facts: object) -> Dispute:
        facts = {"title": "道路占用补偿意见不一", "narrative": QUIET, "people_count": 30} | facts
        return registered(by, clock.now() - ago, **facts)

    def opened(
        self,
        by: Appointment,
        grader: Appointment,
        level: int,
        *,
        ago: timedelta = timedelta(),
        **facts: object,
    ) -> Dispute:
        """A dispute with a warning put up that long ago; pages cannot act in the past."""
        dispute = self.dispute(by, ago=ago, **facts)
        levels.propose_by_person(
            dispute_id=dispute.pk,
            level_to=level,
            reason="村民已经聚集。",
            happening=False,
            by=actor(grader),
            now=clock.now() - ago,
        )
        return dispute

    def proposed(self, by: Appointment, level: int) -> Dispute:
        """A dispute in whose text the system found a level; nobody has confirmed it yet."""
        dispute, now, system = self.dispute(by), clock.now(), Actor.system("warning_readings")
        with transaction.atomic():
            warnings.propose(public.lock_visible(system, pk=dispute.pk), level=level, by=system, now=now)
        return dispute

    def put_up(self, grader: Appointment, dispute: Dispute, level: int, *, happening: bool = False) -> Page:
        """提出预警 from the dispute's page."""
        page = self.open(grader, f"/disputes/{dispute.number}/")
        page.get_by_role("link", name="提出预警").click()
        page.get_by_label(LEVELS[level]).check()
        if happening:
            page.get_by_label("事件正在发生").check()
        page.get_by_label("理由").fill("村民已经聚集。")
        self.send(page)
        expect(page.get_by_text("已提级并立即报告。")).to_be_attached()
        return page

    def change(self, grader: Appointment, dispute: Dispute, button: str, *, level: int | None = None) -> Page:
        page = self.open(grader, f"/warnings/disputes/{dispute.number}/")
        page.get_by_role("link", name=button, exact=True).click()
        if level is not None:
            page.get_by_label(LEVELS[level]).check()
        page.get_by_label("理由").fill("情况有变化。")
        self.send(page)
        return page

    def queue(self, who: Appointment) -> Page:
        return self.open(who, "/warnings/")

    def answer(
        self,
        who: Appointment,
        dispute: Dispute,
        button: str,
        words: str,
        *,
        choose: str = "",
    ) -> Page:
        """Opens the card in the queue, clicks the answer, writes, sends."""
        page = self.queue(who)
        page.get_by_role("link", name=dispute.title).first.click()
        page.get_by_role("link", name=button, exact=True).click()
        if choose:
            page.get_by_label(choose).check()
        page.locator("main textarea").fill(words)
        self.send(page)
        return page

    def send(self, page: Page) -> None:
        page.locator("main form .form-actions button[type=submit]").click()
        expect(page.locator(".field-wrong, .error-summary")).to_have_count(0)

    def story(self, who: Appointment, dispute: Dispute) -> Page:
        """The warning page of the dispute."""
        return self.open(who, f"/warnings/disputes/{dispute.number}/")


def asked(dispute: Dispute) -> list[str]:
    """Who is asked now, by username; the §8 leader's parallel row left out."""
    rows = Escalation.objects.filter(dispute=dispute, ended_at=None, town__isnull=False)
    return sorted(rows.values_list("addressee__username", flat=True))


def warning_of(dispute: Dispute) -> DisputeWarning:
    return DisputeWarning.objects.filter(dispute=dispute).latest("opened_at")


def time_passes(now: datetime | None = None) -> None:
    """Every periodic job once, as beat would run it."""
    failed = [outcome for outcome in jobs.run_all(now or clock.now()) if outcome.error]
    assert failed == []
