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
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from core import clock
from core.actor import Actor
from core.http import actor_of
from core.numbers import whole
from core.pages import FormPage
from core.reading import writes_when_read
from notifications import selectors, sight, subjects
from notifications.choices import Topic
from notifications.forms import KeysetForm, PreferenceForm, TopicForm
from notifications.models import Preference
from notifications.services import reading
from notifications.services import settings as notification_settings


class BellView(View):
    """What the frame polls. Unchanged, it answers 304; signed out, 401 and nothing to put into the page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if request.user.pk is None:
            return HttpResponse(status=401)
        bell = selectors.bell(request.user.pk)
        by = actor_of(request)
        etag = _etag(bell, by)
        response = get_conditional_response(request, etag=etag)
        if response is None:
            sight.veil(by, bell.newest)
            marks = subjects.beside(by, {(notice.subject, notice.subject_id) for notice in bell.newest})
            newest = [(notice, marks.get((notice.subject, notice.subject_id))) for notice in bell.newest]
            context = {"bell": bell, "bell_count": bell.count, "newest": newest}
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
        topic = TopicForm.topic_of(self.request.GET)
        before = KeysetForm.before_of(self.request.GET)
        page = selectors.notice_page(user_id, unread=unread, before=before, topic=topic)
        by = actor_of(self.request)
        sight.veil(by, page.notices)
        sight.shut(by, page.notices)
        count = selectors.unread_count(user_id)
        here = reverse("notifications:list")
        marks = subjects.beside(by, {group.key for group in page.groups})
        return super().get_context_data(**kwargs) | {
            "page": page,
            "groups": [(group, marks.get(group.key)) for group in page.groups],
            "topic": topic,
            "topics": _topic_links(
                here, topic, selectors.topic_counts(user_id, unread=unread), unread=unread
            ),
            "unread": unread,
            "unread_count": count,
            "tabs": [
                {"url": here, "label": _("未读"), "count": count, "active": unread},
                {"url": f"{here}?show=all", "label": _("全部"), "active": not unread},
            ],
            "next_url": _next_url(here, page.next_before, topic, unread=unread),
        }


def _next_url(here: str, before: int | None, topic: str, *, unread: bool) -> str:
    return "" if before is None else _address(here, topic, unread=unread, before=before)


def _address(here: str, topic: str, *, unread: bool, **more: int) -> str:
    asked: dict[str, str | int] = (
        {**more} | ({} if unread else {"show": "all"}) | ({"topic": topic} if topic else {})
    )
    return f"{here}?{urlencode(asked)}" if asked else here


def _topic_links(
    here: str, chosen: str, counts: list[tuple[Topic, int]], *, unread: bool
) -> list[dict[str, object]]:
    """Every kind there is, and all of them; nothing where there is but one."""
    if len(counts) < 2 and not chosen:
        return []
    links = [(_("全部种类"), "", sum(number for _topic, number in counts))]
    links += [(str(topic.label), topic.value, number) for topic, number in counts]
    return [
        {
            "label": label,
            "count": number,
            "url": _address(here, value, unread=unread),
            "active": value == chosen,
        }
        for label, value, number in links
    ]


@writes_when_read("what a notice leads to is read with it")
class OpenView(LoginRequiredMixin, View):
    """Marks the notice read and goes to what it speaks of, or says that this is closed to the reader by now."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        notice = reading.mark_read(notice_id=pk, user_id=request.user.pk, now=clock.now())
        led_somewhere = bool(notice.url)
        sight.shut(actor_of(request), [notice])
        if led_somewhere and not notice.url:
            messages.info(request, _("这件事项您现在不能查看：您在其中的事情已经结束，或者您应当回避。"))
        inside = notice.url and url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None)
        return redirect(notice.url if inside else "notifications:list")


class ReadView(LoginRequiredMixin, View):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        reading.mark_read(notice_id=pk, user_id=request.user.pk, now=clock.now())
        return redirect(_back(request))


class ReadGroupView(LoginRequiredMixin, View):
    """All of one matter, up to the newest they were shown."""

    def post(self, request: HttpRequest) -> HttpResponse:
        matter, shown = whole(request.POST.get("subject_id", "")), whole(request.POST.get("up_to", ""))
        if matter is not None and shown is not None:
            reading.mark_group_read(
                subject=request.POST.get("subject", ""),
                subject_id=matter,
                user_id=request.user.pk,
                up_to=shown,
                now=clock.now(),
            )
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
    return _address(here, TopicForm.topic_of(request.POST), unread=request.POST.get("show") != "all")


class PreferenceView(LoginRequiredMixin, FormPage):
    template_name = "notifications/preferences.html"
    form_class = PreferenceForm
    heading, submit, done = gettext_lazy("提醒方式"), gettext_lazy("保存"), gettext_lazy("已保存。")
    lead = gettext_lazy("消息总会记入列表。这里决定哪些不提醒，以及系统之外怎样提醒您。")

    def get_initial(self) -> dict[str, Any]:
        row = Preference.objects.filter(user=self.request.user.pk).first()
        return {"email": row.email, "muted": row.muted} if row else {"email": True}

    def perform(self, data: dict[str, Any]) -> None:
        wish = {"email": data["email"], "muted": data["muted"]}
        notification_settings.set_preference(user=self.request.user, **wish)  # type: ignore[arg-type]  # signed in: a User

    def back_url(self) -> str:
        return reverse("notifications:list")

    def next_url(self) -> str:
        return reverse("notifications:preferences")
