"""每周研判: the lists of the centre acted for, one opinion for each case."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Permission
from coordination.forms import OPINIONS, OpinionForm
from coordination.selectors import pages
from coordination.services import weekly_review
from coordination.views.meetings import tabs
from core import clock
from core.actor import Actor
from core.form_errors import show_errors
from core.numbers import whole
from disputes.views.acting import acting


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reviews(request: HttpRequest) -> HttpResponse:
    """GET: the lists by week. POST: draws up this week's, or brings it up to date."""
    by, now = acting(request, Permission.COORDINATE), clock.now()
    if request.method == "POST":
        review = weekly_review.draw_up(by=by, now=now)
        return redirect("coordination:review", review.pk)
    found = pages.reviews(by, request.GET.get("page", "1"))
    week = weekly_review.monday_of(clock.shanghai_date(now))
    this_week = next((review for review in found if review.week_start == week), None)
    context = {"reviews": found, "tabs": tabs("reviews"), "week": week, "this_week": this_week}
    return render(request, "coordination/reviews.html", context)


@require_safe
@login_required
def review(request: HttpRequest, review_id: int) -> HttpResponse:
    by = acting(request, Permission.COORDINATE)
    return _page(request, review_id, by)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def opinion(request: HttpRequest, review_id: int, item_id: int) -> HttpResponse:
    """One case's opinion; a wrong one comes back on the list, at its field."""
    by = acting(request, Permission.COORDINATE)
    if request.method != "POST":
        return redirect("coordination:review", review_id)
    form = OpinionForm(request.POST, auto_id=f"id_{item_id}_%s")
    if form.is_valid():
        with show_errors(form):
            item = weekly_review.review_case(
                item_id=item_id, opinion=form.cleaned_data["opinion"], by=by, now=clock.now()
            )
            messages.success(request, _("%s 的研判意见已记入流转记录。") % item.dispute.display_number)
            return redirect(_back(request, review_id))
    return _page(request, review_id, by, wrong={item_id: form})


@require_POST
@login_required
def close(request: HttpRequest, review_id: int) -> HttpResponse:
    by = acting(request, Permission.COORDINATE)
    weekly_review.close_review(review_id=review_id, by=by, now=clock.now())
    messages.success(request, _("本周研判已结束。"))
    return redirect("coordination:reviews")


def _back(request: HttpRequest, review_id: int) -> str:
    page = request.GET.get("page", "")
    address = reverse("coordination:review", args=[review_id])
    return f"{address}?page={page}" if whole(page) is not None else address


def _page(
    request: HttpRequest, review_id: int, by: Actor, *, wrong: dict[int, OpinionForm] | None = None
) -> HttpResponse:
    found = pages.review_page(review_id, by, request.GET.get("page", "1"))
    forms = wrong or {}
    rows = [
        (row, forms.get(row.item.pk) or OpinionForm(auto_id=f"id_{row.item.pk}_%s")) for row in found.rows
    ]
    context = {"found": found, "review": found.review, "rows": rows, "opinions": OPINIONS}
    status = 422 if forms else 200
    return render(request, "coordination/review.html", context, status=status)
