"""每周研判: the open cases of a centre, gone through one by one for re-grading. About the matter, never a person."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from accounts.permissions import Permission
from accounts.rights import require
from coordination.models import ReviewItem, WeeklyReview
from coordination.selectors.pages import review_of
from coordination.services.meetings import locked
from core.actor import Actor
from core.clock import SHANGHAI, shanghai_date
from core.transactions import retried
from disputes import public
from disputes.errors import InvalidInput, WrongState, out_of_sight
from disputes.models import Dispute
from jurisdictions.models import Organization

STEP = "reviewed_weekly"
LONGEST_OPINION = 500


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def draw_up_all(*, now: datetime) -> int:
    """This week's list of every centre with open cases that has none yet; how many. Safe to run again."""
    by, week = Actor.system("weekly_reviews"), monday_of(shanghai_date(now))
    done = WeeklyReview.objects.filter(week_start=week).values("organization_id")
    centres = Organization.objects.filter(pk__in=Dispute.objects.open().values("managing_org_id"))
    waiting = list(centres.exclude(pk__in=done).order_by("pk"))
    for centre in waiting:
        _draw_up(centre, week, by=by, now=now)
    return len(waiting)


def draw_up(*, by: Actor, now: datetime) -> WeeklyReview:
    """This week's list of the centre acted for. Asked again it takes in what has come since."""
    require(by, Permission.COORDINATE)
    return _draw_up(by.organization, monday_of(shanghai_date(now)), by=by, now=now)


@retried
def _draw_up(centre: Organization, week: date, *, by: Actor, now: datetime) -> WeeklyReview:
    review, _made = WeeklyReview.objects.get_or_create(
        organization=centre, week_start=week, defaults={"created_at": now}
    )
    review = WeeklyReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if review.closed_at is not None:
        raise WrongState(_("本周的研判已经结束。"))
    cases = Dispute.objects.listed_to(by).open().filter(managing_org=centre)
    new = cases.exclude(pk__in=review.items.values("dispute_id"))
    items = [
        ReviewItem(review=review, dispute_id=pk) for pk in new.order_by("pk").values_list("pk", flat=True)
    ]
    ReviewItem.objects.bulk_create(items, batch_size=1_000, ignore_conflicts=True)
    return review


@retried
def review_case(*, item_id: int, opinion: str, by: Actor, now: datetime) -> ReviewItem:
    """研判意见 on one case, once a week, into its trail. Locks the dispute's row, then the item's."""
    require(by, Permission.COORDINATE)
    number = item_in_sight(item_id, by).dispute.number
    dispute = locked(number, by)
    item = ReviewItem.objects.select_for_update(of=("self",)).get(pk=item_id)
    _require_waiting(item, dispute)
    opinion = opinion.strip()
    if not opinion:
        raise InvalidInput({"opinion": [_("请填写研判意见。")]})
    if len(opinion) > LONGEST_OPINION:
        raise InvalidInput({"opinion": [_("研判意见不超过 %d 个字。") % LONGEST_OPINION]})
    item.opinion, item.reviewed_by, item.reviewed_at = opinion, by.acting, now
    item.save(update_fields=["opinion", "reviewed_by", "reviewed_at"])
    data = {"week": item.review.week_start.isoformat(), "level": dispute.warning_level}
    with public.working_on(dispute, by=by, now=now) as work:
        work.note(STEP, data=data, texts={"opinion": opinion})
    return item


@retried
def close_review(*, review_id: int, by: Actor, now: datetime) -> WeeklyReview:
    """Ends the week's list once every case that is still open and within sight has an opinion."""
    require(by, Permission.COORDINATE)
    review = review_of(review_id, by)
    review = WeeklyReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if review.closed_at is not None:
        raise WrongState(_("本周的研判已经结束。"))
    in_sight = Dispute.objects.visible_to(by).open().values("pk")
    left = review.items.filter(reviewed_at=None, dispute__in=in_sight).count()
    if left:
        raise WrongState(_("还有 %d 件没有研判意见，请逐件研判后再结束。") % left)
    review.closed_at = now
    review.save(update_fields=["closed_at"])
    return review


def item_in_sight(item_id: int, by: Actor) -> ReviewItem:
    """An item of the centre's own lists on a case within sight, else NotFound."""
    rows = ReviewItem.objects.filter(review__organization=by.organization, pk=item_id)
    in_sight = rows.filter(dispute__in=Dispute.objects.visible_to(by).values("pk"))
    found = in_sight.select_related("review", "dispute").first()
    if found is None:
        raise out_of_sight()
    return found


def _require_waiting(item: ReviewItem, dispute: Dispute) -> None:
    if item.review.closed_at is not None:
        raise WrongState(_("本周的研判已经结束，请在下周的清单中填写。"))
    if not dispute.is_open:
        raise WrongState(_("该纠纷已经办结，不需要研判。"))
    if item.reviewed_at is not None:
        raise WrongState(
            _("%(who)s 已于 %(at)s 填写了研判意见，请刷新页面查看。")
            % {"who": item.reviewed_by, "at": f"{item.reviewed_at.astimezone(SHANGHAI):%m-%d %H:%M}"}
        )
