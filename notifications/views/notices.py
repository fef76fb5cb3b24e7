"""A person's own notices: bell, list, opening, reading, wishes."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag, url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from core import clock
from core.actor import Actor
from core.numbers import whole
from notifications import selectors, sight
from notifications.forms import KeysetForm, PreferenceForm
from notifications.models import Preference
from notifications.services import reading
from notifications.services import settings as notification_settings


class BellView(View):
    """What the frame polls. Unchanged, it answers 304; signed out, 401 and nothing to put into the page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if request.user.pk is None:
            return HttpResponse(status=401)
        bell = selectors.bell(request.user.pk)
        by = getattr(request, "actor", None)
        etag = _etag(bell, by)
        response = get_conditional_response(request, etag=etag)
        if response is None:
            sight.veil(by, bell.newest)
            context = {"bell": bell, "bell_count": bell.count}
            response = render(request, "notifications/bell.html", context)
        response["ETag"] = etag
        response["Cache-Control"] = "private, no-cache"
        return response


def _etag(bell: selectors.Bell, by: Actor | None) -> str:
    """Another one also when the reader has to keep out of something more or less than before."""
    newest = ".".join(str(notice.pk) for notice in bell.newest)
    barring = ".".join(map(str, by.scope.own_keys)) if by is not None and by.scope else ""
    return quote_etag(
        f"{get_language()}-{bell.count}-{newest}-{hashlib.sha256(barring.encode()).hexdigest()[:12]}"
    )


class NoticeListView(LoginRequiredMixin, TemplateView):
    """Newest first, in pages; all of them or the unread."""

    template_name = "notifications/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user_id = self.request.user.pk
        unread = self.request.GET.get("show") != "all"
        page = selectors.notice_page(user_id, unread=unread, before=KeysetForm.before_of(self.request.GET))
        by = getattr(self.request, "actor", None)
        sight.veil(by, page.notices)
        sight.shut(by, page.notices)
        count = selectors.unread_count(user_id)
        here = reverse("notifications:list")
        return super().get_context_data(**kwargs) | {
            "page": page,
            "unread": unread,
            "unread_count": count,
            "tabs": [
                {"url": here, "label": _("未读"), "count": count, "active": unread},
                {"url": f"{here}?show=all", "label": _("全部"), "active": not unread},
            ],
            "next_url": _next_url(here, page.next_before, unread),
        }


def _next_url(here: str, before: int | None, unread: bool) -> str:
    if before is None:
        return ""
    return f"{here}?{urlencode({'before': before} | ({} if unread else {'show': 'all'}))}"


class OpenView(LoginRequiredMixin, View):
    """Marks the notice read and goes to what it speaks of, or says that this is closed to the reader by now."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        notice = reading.mark_read(notice_id=pk, user_id=request.user.pk, now=clock.now())
        led_somewhere = bool(notice.url)
        sight.shut(getattr(request, "actor", None), [notice])
        if led_somewhere and not notice.url:
            messages.info(request, _("这件事项您现在不能查看：您在其中的事情已经结束，或者您应当回避。"))
        inside = notice.url and url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None)
        return redirect(notice.url if inside else "notifications:list")


class ReadView(LoginRequiredMixin, View):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        reading.mark_read(notice_id=pk, user_id=request.user.pk, now=clock.now())
        return redirect(_back(request))


class ReadAllView(LoginRequiredMixin, View):
    """Everything up to the newest they were shown; what came since stays unread."""

    def post(self, request: HttpRequest) -> HttpResponse:
        shown = whole(request.POST.get("up_to", ""))
        if shown is not None:
            count = reading.mark_all_read(user_id=request.user.pk, up_to=shown, now=clock.now())
            messages.success(request, _("已将 %(count)d 条消息标为已读。") % {"count": count})
        return redirect("notifications:list")


def _back(request: HttpRequest) -> str:
    """The list as it was shown: unread or all."""
    here = reverse("notifications:list")
    return f"{here}?show=all" if request.POST.get("show") == "all" else here


class PreferenceView(LoginRequiredMixin, FormView):
    template_name = "notifications/preferences.html"
    form_class = PreferenceForm

    def get_initial(self) -> dict[str, Any]:
        row = Preference.objects.filter(user=self.request.user.pk).first()
        return {"email": row.email if row else True}

    def form_valid(self, form: PreferenceForm) -> HttpResponse:
        notification_settings.set_preference(user=self.request.user, email=form.cleaned_data["email"])  # type: ignore[arg-type]  # signed in: a User
        messages.success(self.request, _("已保存。"))
        return redirect("notifications:preferences")
