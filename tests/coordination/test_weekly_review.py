from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from accounts.models import Appointment
from coordination.models import ReviewItem, WeeklyReview
from coordination.services import weekly_review
from core import jobs
from core.errors import InvalidInput, NotFound, NotPermitted, WrongState
from disputes.disclosure import Disclosure
from disputes.models import Dispute
from disputes.selectors.detail import timeline
from tests.disputes.conftest import Make
from tests.factories.accounts import actor
from tests.factories.disputes import take


def item_of(dispute: Dispute) -> ReviewItem:
    return ReviewItem.objects.get(dispute=dispute)


def test_the_job_lists_each_centres_open_cases_once_a_week(
    register: Make, coordinator: Appointment, outsider: Appointment, now: datetime
) -> None:
    mine, ended = register(), register()
    take("withdraw", ended, coordinator, now, reason="双方和好")
    theirs = register(by=outsider, place="t02.v01")
    for moment in (now, now + timedelta(hours=1), now + timedelta(days=3)):
        jobs.run("weekly_reviews", moment)
    listed = {(item.review.organization.code, item.dispute_id) for item in ReviewItem.objects.all()}
    assert listed == {("t01.centre", mine.pk), ("t02.centre", theirs.pk)}
    assert set(WeeklyReview.objects.values_list("week_start", flat=True)) == {date(2026, 3, 2)}
    jobs.run("weekly_reviews", now + timedelta(days=7))
    assert WeeklyReview.objects.filter(week_start=date(2026, 3, 9)).count() == 2


def test_a_missed_monday_is_made_up_for_later_in_the_week(register: Make, now: datetime) -> None:
    register()
    jobs.run("weekly_reviews", now + timedelta(days=4))
    assert WeeklyReview.objects.get().week_start == date(2026, 3, 2)


def test_drawing_up_again_takes_in_what_came_since(
    register: Make, coordinator: Appointment, now: datetime
) -> None:
    register()
    weekly_review.draw_up(by=actor(coordinator), now=now)
    register()
    review = weekly_review.draw_up(by=actor(coordinator), now=now)
    assert review.items.count() == 2


def test_an_opinion_goes_into_the_trail_once(register: Make, coordinator: Appointment, now: datetime) -> None:
    dispute, by = register(), actor(coordinator)
    weekly_review.draw_up(by=by, now=now)
    weekly_review.review_case(item_id=item_of(dispute).pk, opinion="维持现状，继续办理", by=by, now=now)
    entry = timeline(dispute, Disclosure())[0]
    assert (entry.title, entry.text, entry.note) == ("每周研判", "维持现状，继续办理", "2026-03-02 起的一周")
    with pytest.raises(WrongState):
        weekly_review.review_case(item_id=item_of(dispute).pk, opinion="另一意见", by=by, now=now)


@pytest.mark.parametrize("opinion", ["", "   ", "长" * 501])
def test_an_opinion_must_say_something_and_not_too_much(
    register: Make, coordinator: Appointment, now: datetime, opinion: str
) -> None:
    dispute, by = register(), actor(coordinator)
    weekly_review.draw_up(by=by, now=now)
    with pytest.raises(InvalidInput):
        weekly_review.review_case(item_id=item_of(dispute).pk, opinion=opinion, by=by, now=now)


def test_the_list_closes_when_every_open_case_was_gone_through(
    register: Make, coordinator: Appointment, now: datetime
) -> None:
    first, second, by = register(), register(), actor(coordinator)
    review = weekly_review.draw_up(by=by, now=now)
    weekly_review.review_case(item_id=item_of(first).pk, opinion="提请调度会研究", by=by, now=now)
    with pytest.raises(WrongState, match="还有 1 件"):
        weekly_review.close_review(review_id=review.pk, by=by, now=now)
    take("withdraw", second, coordinator, now, reason="双方和好")
    assert weekly_review.close_review(review_id=review.pk, by=by, now=now).closed_at == now
    with pytest.raises(WrongState):
        weekly_review.draw_up(by=by, now=now)


def test_others_neither_find_nor_draw_up_lists(
    register: Make,
    coordinator: Appointment,
    clerk: Appointment,
    outside_coordinator: Appointment,
    now: datetime,
) -> None:
    dispute = register()
    review = weekly_review.draw_up(by=actor(coordinator), now=now)
    with pytest.raises(NotPermitted):
        weekly_review.draw_up(by=actor(clerk), now=now)
    stranger = actor(outside_coordinator)
    with pytest.raises(NotFound):
        weekly_review.close_review(review_id=review.pk, by=stranger, now=now)
    with pytest.raises(NotFound):
        weekly_review.review_case(item_id=item_of(dispute).pk, opinion="看看", by=stranger, now=now)
