"""关注 and 取消关注 on the page of a dispute."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.clock import now
from disputes.services import following
from disputes.views.acting import acting


@require_POST
@login_required
def follow(request: HttpRequest, number: str) -> HttpResponse:
    """`follow` = 1 begins, anything else ends it."""
    by = acting(request)
    if request.POST.get("follow") == "1":
        following.follow(number=number, by=by, now=now())
        messages.success(request, _("已关注。他人办理本件时，会在消息里提醒您。"))
    else:
        following.unfollow(number=number, by=by)
        messages.success(request, _("已取消关注。"))
    return redirect("disputes:detail", number)
