"""The ledger's filters: one reading of the query string for page, saved view, export, bulk and API."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from calendars.models import Deadline
from calendars.querysets import DeadlineQuerySet
from calendars.services.due import soon_until
from core.actor import Actor
from core.clock import shanghai_date, start_of_day
from core.forms import Form
from core.search import tsquery_text
from disputes.choices import (
    CATEGORY_GROUPS,
    LEVEL_LABELS,
    ROLES_BEHIND,
    SUBJECT,
    Confidentiality,
    DeadlineKind,
    Source,
    Status,
)
from disputes.disclosure import seen_as_it_was
from disputes.models import AccessGrant, Dispute, Following, Party
from disputes.querysets import DisputeQuerySet, LevelTold, opened, says
from disputes.rules import lifecycle, numbers
from disputes.selectors.asked_names import hash_in
from disputes.selectors.filter_fields import CodeField, FlagField, LightFilterSet, PlaceField
from disputes.selectors.handed_lines import handed_down
from disputes.selectors.ledger_choices import Choice, ledger_choices
from disputes.selectors.numbers_meant import meant_by
from disputes.selectors.origins import disputes_numbered
from disputes.selectors.restriction import open_questions

OPEN, ENDED = "open", "ended"
STATUSES = [
    (_("合计"), [(OPEN, _("未办结")), (ENDED, _("已办结"))]),
    (_("状态"), list(Status.choices)),
]
ANY_LEVEL = "any"
LEVELS = [
    (ANY_LEVEL, _("有预警")),
    *((str(level), label) for level, label in LEVEL_LABELS.items()),
    ("0", _("未预警（含待核）")),
]
MOST_WORDS = 60  # characters
CHOICES_OF = {"place": "towns", "category": "categories", "lead_unit": "units"}  # whose choices are rows


class CodeFilter(django_filters.Filter):
    field_class = CodeField


class PlaceFilter(django_filters.Filter):
    field_class = PlaceField


class FlagFilter(django_filters.Filter):
    field_class = FlagField


class FilterForm(Form):
    explains_days = False


class LedgerFilter(LightFilterSet):
    """Narrows a queryset that is already `listed_to` the same actor.

    What a stub does not tell is not learned by filtering either: words, names, village, kind and source find only what
    is open to the reader. State, clocks, level and town count the restricted ones too.
    """

    q = django_filters.CharFilter(
        label=_("编号或字词"),
        method="by_words",
        max_length=MOST_WORDS,
        help_text=_(
            "本镇今年的件只填序号即可，如 61。连着写的字词须连着出现，空格隔开的各自出现；繁体、简体都查得到。"
        ),
    )
    registered_from = django_filters.DateFilter(label=_("登记自"), method="by_first_day")
    registered_to = django_filters.DateFilter(label=_("登记至"), method="by_last_day")
    place = PlaceFilter(label=_("乡镇"), method="by_place")
    category = CodeFilter(label=_("类别"), method="by_category")
    status = django_filters.ChoiceFilter(
        label=_("状态"), choices=STATUSES, method="by_status", empty_label=_("不限")
    )
    level = django_filters.ChoiceFilter(
        label=_("预警级别"), choices=LEVELS, method="by_level", empty_label=_("不限")
    )
    lead_unit = CodeFilter(label=_("责任单位"), method="by_unit")
    overdue = FlagFilter(label=_("已超期"), method="by_overdue")
    due_soon = FlagFilter(label=_("临期"), method="by_due_soon")
    confidential = FlagFilter(label=_("限制知悉"), method="by_confidential")
    restriction_open = FlagFilter(label=_("是否限制知悉待答复"), method="by_restriction_open")
    stub = FlagFilter(label=_("内容未对我开放"), method="by_stub")
    danger = FlagFilter(label=_("人身危险"), method="by_danger")
    pending = FlagFilter(label=_("有待批申请"), method="by_pending")
    handed_down = FlagFilter(label=_("县级交办"), method="by_handed_down")
    waiting = FlagFilter(label=_("待我办理"), method="by_waiting")
    mine = FlagFilter(label=_("我经手的"), method="by_mine")
    followed = FlagFilter(label=_("我关注的"), method="by_followed")
    source = django_filters.ChoiceFilter(
        label=_("来源"), choices=Source.choices, method="by_source", empty_label=_("不限")
    )
    group = django_filters.ChoiceFilter(
        label=_("类别组"),
        choices=[(name, _(name)) for name in CATEGORY_GROUPS],
        field_name="category__group",
        empty_label=_("不限"),
    )
    settled_from = django_filters.DateFilter(label=_("化解自"), method="by_first_day")
    settled_to = django_filters.DateFilter(label=_("化解至"), method="by_last_day")
    on_time = FlagFilter(label=_("按期化解"), method="by_on_time")
    due_from = django_filters.DateFilter(label=_("化解时限到期自"), method="by_fell_due")
    due_to = django_filters.DateFilter(label=_("化解时限到期至"), method="by_fell_due")
    kept = FlagFilter(label=_("到期且按期化解"), method="by_kept")
    name = django_filters.CharFilter(label=_("姓名检索"), method="by_name", widget=forms.HiddenInput)

    class Meta:
        model = Dispute
        fields: list[str] = []
        form = FilterForm

    def __init__(self, data: Any, queryset: DisputeQuerySet, *, by: Actor, now: datetime) -> None:
        super().__init__(data, queryset)
        self.by, self.now = by, now
        if known := CHOICES_OF.keys() & self.filters.keys():
            choices = ledger_choices(shanghai_date(now))
            for name in known:
                self.filters[name].extra["known"] = getattr(choices, CHOICES_OF[name])
        if "q" in self.filters:
            self.filters["q"].extra["validators"] = [says_something]
        if "name" in self.filters:
            self.filters["name"].extra["validators"] = [self._require_name_token]

    @property
    def qs(self) -> DisputeQuerySet:
        """Nothing while a filter is wrong: its message stands at the field."""
        return super().qs if self.is_valid() else self.queryset.none()

    def known_now(self, rows: DisputeQuerySet) -> DisputeQuerySet:
        """As `disclosure.known_now`; the grants are asked once, however many filters ask for it."""
        return rows if self._past is None else rows.exclude(pk__in=self._past)

    @cached_property
    def _past(self) -> QuerySet[AccessGrant, Any] | None:
        return seen_as_it_was(self.by)

    @cached_property
    def _sent_as(self) -> list[int]:
        """The disputes somebody sent here under what was typed into the search."""
        return disputes_numbered(self.data.get("q", ""))

    def by_words(self, rows: DisputeQuerySet, _name: str, words: str) -> DisputeQuerySet:
        found = self._sent_as
        said = says(words) & opened(self.by)
        match numbers.parse(words):
            case None:
                meant = said
            case numbers.InOwnBook():
                meant = meant_by(words, self.by, self.now) | said
            case _:
                meant = meant_by(words, self.by, self.now)
        return rows.filter(meant | (Q(pk__in=found) & opened(self.by)) if found else meant)

    def one_meant(self) -> str | None:
        """The number of the only dispute that what was typed can mean, if the reader may see it."""
        if not self.is_valid():
            return None
        read, typed = numbers.parse(self.data.get("q", "")), self.data.get("q", "")
        number: str | None = None
        if isinstance(read, numbers.InOwnBook):
            rows = self.queryset.filter(meant_by(typed, self.by, self.now))
            number = rows.values_list("number", flat=True).first()
        elif read is not None:
            number = self.qs.values_list("number", flat=True).first()
        return number or self._one_of_a_sender()

    def _one_of_a_sender(self) -> str | None:
        """The only dispute in sight that somebody sent here under what was typed."""
        found = self._sent_as
        seen = (
            list(self.queryset.filter(opened(self.by), pk__in=found).values_list("number", flat=True)[:2])
            if found
            else []
        )
        return seen[0] if len(seen) == 1 else None

    def by_first_day(self, rows: DisputeQuerySet, name: str, day: date) -> DisputeQuerySet:
        rows = rows if name.startswith("registered") else self.known_now(rows)
        return rows.filter(**{f"{name.removesuffix('_from')}_at__gte": start_of_day(day)})

    def by_last_day(self, rows: DisputeQuerySet, name: str, day: date) -> DisputeQuerySet:
        rows = rows if name.startswith("registered") else self.known_now(rows)
        return rows.filter(**{f"{name.removesuffix('_to')}_at__lt": start_of_day(day + timedelta(days=1))})

    def by_place(self, rows: DisputeQuerySet, _name: str, place: Choice) -> DisputeQuerySet:
        if len(place.code) == 6:
            return rows
        if len(place.code) != 9:
            return rows.filter(opened(self.by), place_id=place.pk)
        here, past = Q(handed_town=place.pk) | Q(handed_town=None, town=place.pk), self._past
        if past is not None:  # whose it is by now is not for who gave it back
            here = here & ~Q(pk__in=past) | Q(town=place.pk, pk__in=past)
        return rows.filter(here)

    def by_category(self, rows: DisputeQuerySet, _name: str, category: Choice) -> DisputeQuerySet:
        return rows.filter(opened(self.by), category_id=category.pk)

    def by_source(self, rows: DisputeQuerySet, _name: str, source: str) -> DisputeQuerySet:
        return rows.filter(opened(self.by), source=source)

    def by_restriction_open(self, rows: DisputeQuerySet, _name: str, wanted: bool) -> DisputeQuerySet:
        seen = without_hidden_levels(self.known_now(rows), self.by)
        found = open_questions(seen, self.by)
        return found if wanted else rows.exclude(pk__in=found.values("pk"))

    def by_stub(self, rows: DisputeQuerySet, _name: str, wanted: bool) -> DisputeQuerySet:
        return rows.exclude(opened(self.by)) if wanted else rows.filter(opened(self.by))

    def by_unit(self, rows: DisputeQuerySet, _name: str, unit: Choice) -> DisputeQuerySet:
        rows = self.known_now(rows)
        return rows.filter(lead_unit_id=unit.pk)

    def by_status(self, rows: DisputeQuerySet, _name: str, status: str) -> DisputeQuerySet:
        rows = self.known_now(rows)
        if status == OPEN:
            return rows.open()
        return (
            rows.filter(status__in=sorted(lifecycle.ENDED)) if status == ENDED else rows.filter(status=status)
        )

    def by_level(self, rows: DisputeQuerySet, _name: str, level: str) -> DisputeQuerySet:
        rows = without_hidden_levels(self.known_now(rows), self.by)
        return (
            rows.filter(warning_level__gt=0) if level == ANY_LEVEL else rows.filter(warning_level=int(level))
        )

    def by_overdue(self, rows: DisputeQuerySet, _name: str, wanted: bool) -> DisputeQuerySet:
        rows = self.known_now(rows)
        late = ~Q(status__in=sorted(lifecycle.ENDED)) & Q(next_due_at__lt=self.now)
        return rows.filter(late) if wanted else rows.exclude(late)

    def by_due_soon(self, rows: DisputeQuerySet, _name: str, wanted: bool) -> DisputeQuerySet:
        rows = self.known_now(rows)
        until = soon_until(self.now)
        if wanted:
            return rows.due_by(until, self.now)
        soon = ~Q(status__in=sorted(lifecycle.ENDED)) & Q(next_due_at__gte=self.now, next_due_at__lte=until)
        return rows.exclude(soon)

    def by_confidential(self, rows: DisputeQuerySet, _name: str, wanted: bool) -> DisputeQuerySet:
        kind = Confidentiality.RESTRICTED if wanted else Confidentiality.NORMAL
        return rows.filter(confidentiality=kind)

    def by_danger(self, rows: DisputeQuerySet, _name: str, wanted: bool) -> DisputeQuerySet:
        rows = self.known_now(rows)
        return rows.filter(danger=wanted)

    def by_pending(self, rows: DisputeQuerySet, _name: str, wanted: bool) -> DisputeQuerySet:
        rows = self.known_now(rows)
        return rows.exclude(pending="") if wanted else rows.filter(pending="")

    def by_handed_down(self, rows: DisputeQuerySet, _name: str, wanted: bool) -> DisputeQuerySet:
        return handed_down(rows, self.by, wanted=wanted)

    def by_waiting(self, rows: DisputeQuerySet, _name: str, wanted: bool) -> DisputeQuerySet:
        rows = self.known_now(rows)
        return rows.filter(waits_for(self.by)) if wanted else rows.exclude(waits_for(self.by))

    def by_mine(self, rows: DisputeQuerySet, _name: str, wanted: bool) -> DisputeQuerySet:
        me = self.by.acting.pk if self.by.acting else None
        mine = Q(responsible_person=me) | Q(registered_by=me)
        return rows.filter(mine) if wanted else rows.exclude(mine)

    def by_followed(self, rows: DisputeQuerySet, _name: str, wanted: bool) -> DisputeQuerySet:
        rows = self.known_now(rows)
        return rows.filter(followed_by(self.by)) if wanted else rows.exclude(followed_by(self.by))

    def by_on_time(self, rows: DisputeQuerySet, _name: str, wanted: bool) -> DisputeQuerySet:
        rows = self.known_now(rows)
        return rows.filter(settled_on_time=wanted)

    def by_fell_due(self, rows: DisputeQuerySet, name: str, _day: date) -> DisputeQuerySet:
        """Both ends are one question: a reopened dispute has several limits, and each falls due on its own day."""
        if name == "due_to" and self.form.cleaned_data.get("due_from") is not None:
            return rows  # asked with the first day
        return self.known_now(rows).with_limit_among(self._limits_due())

    def by_kept(self, rows: DisputeQuerySet, _name: str, wanted: bool) -> DisputeQuerySet:
        """Of what fell due in the asked days, what was settled by then, or was not."""
        due, rows = self._limits_due(), self.known_now(rows)
        broken = due.exclude(met_at__isnull=False, missed_at=None)
        return (
            rows.with_limit_among(due).without_limit_among(broken)
            if wanted
            else rows.with_limit_among(broken)
        )

    def _limits_due(self) -> DeadlineQuerySet:
        """The limits for settling that ended in the asked days, as far as these are over."""
        first, last = (self.form.cleaned_data.get(name) for name in ("due_from", "due_to"))
        limits = Deadline.objects.ended_by(self.now, SUBJECT, DeadlineKind.RESOLVE)
        if first is not None:
            limits = limits.filter(due_at__gte=start_of_day(first))
        return limits if last is None else limits.filter(due_at__lt=start_of_day(last + timedelta(days=1)))

    def by_name(self, rows: DisputeQuerySet, _name: str, token: str) -> DisputeQuerySet:
        found = Party.objects.filter(name_hash=hash_in(token, by=self.by))
        return rows.filter(opened(self.by), pk__in=found.values("dispute_id"))

    def _require_name_token(self, token: str) -> None:
        if hash_in(token, by=self.by) is None:
            raise forms.ValidationError(_("姓名检索已过期，请重新检索。"))


def says_something(words: str) -> None:
    """Refuses terms of punctuation only: they would match everything or nothing."""
    if numbers.parse(words) is None and not any(tsquery_text(word) for word in words.split()):
        raise forms.ValidationError(_("请输入要检索的字词或编号。"))


def waits_for(by: Actor) -> Q:
    """What waits for the post acted in: its organization's turn, in a role this post answers for."""
    if by.organization is None:
        return Q(pk__in=[])
    roles = [role for role, posts in ROLES_BEHIND.items() if by.post.role in posts]
    still_open = ~Q(status__in=sorted(lifecycle.ENDED))
    return still_open & Q(waiting_org=by.organization.pk, waiting_role__in=[*roles, by.post.role])


def followed_by(by: Actor) -> Q:
    """What the reader follows and may open, of rows that are `listed_to` them and `known_now`."""
    return Q(pk__in=Following.objects.filter(user=by.user_id).values("dispute")) & opened(by)


def without_hidden_levels(rows: DisputeQuerySet, by: Actor) -> DisputeQuerySet:
    """Nobody of a unit that is a party learns its dispute's level, in whatever post, not by filtering either."""
    units: tuple[int, ...] = by.scope.units if by.scope else ()
    return rows.filter(LevelTold(units)) if units else rows
