"""The warning board: open warnings within the reader's sight, counted by the very rows each number leads to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Avg, Count, Exists, F, FilteredRelation, Min, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.actor import Actor
from disputes.choices import LEVEL_LABELS
from disputes.disclosure import known_now
from disputes.models import Dispute
from disputes.querysets import DisputeQuerySet
from disputes.selectors import stubs
from disputes.selectors.filters import ANY_LEVEL, LedgerFilter, without_hidden_levels
from disputes.selectors.ledger_query import address
from early_warning.choices import CLIMBED, Level, Outcome
from early_warning.models import DisputeWarning, Escalation, LevelRequest
from early_warning.models.warning import OPEN
from early_warning.wording_screens import level_label

PAGE = 50
HEAVY = ("narrative", "search", "access_keys", "barred_keys", "result_summary")
KEPT = 60  # seconds an average is kept
Rows = QuerySet[DisputeWarning]


NOW = "steps_now"  # of a warning, the steps of the round that runs


@dataclass(frozen=True)
class Shown:
    """One figure of the board: its words and which open warnings it counts: by what they are, or by a step of their
    present round."""

    label: Any
    rows: Q | Exists | None = None
    step: dict[str, Any] | None = None  # what the step is looked up by
    tone: str = ""

    def of(self, rows: Rows) -> Rows:
        """Those of them it counts."""
        if self.step is None:
            return rows if self.rows is None else rows.filter(self.rows)
        now = Escalation.objects.filter(warning=OuterRef("pk"), round=OuterRef("round"))
        return rows.filter(Exists(now.filter(**self.step)))

    @property
    def number(self) -> Count:
        """How many, over rows `with_steps`."""
        return Count("pk", distinct=True, filter=self.rows if self.step is None else _now(self.step))


SHOWN: dict[str, Shown] = {
    "open": Shown(gettext_lazy("未解除的预警")),
    "unconfirmed": Shown(gettext_lazy("待核定"), Q(state="unconfirmed")),
    "unacknowledged": Shown(gettext_lazy("等待知悉"), step={"ended_at": None, "acknowledged_at": None}),
    "climbed": Shown(gettext_lazy("已上报上级"), step={"outcome__in": CLIMBED}),
    "end": Shown(gettext_lazy("报到最后一级"), step={"last": True, "notified_at__isnull": False}, tone="bad"),
    "checks": Shown(gettext_lazy("等待核实"), step={"outcome": Outcome.RISK_REMOVED, "checked_at": None}),
    "consent": Shown(
        gettext_lazy("等待同意"), Exists(LevelRequest.objects.filter(warning=OuterRef("pk"), granted=None))
    ),
}


def with_steps(rows: Rows) -> Rows:
    """Each as often as its present round has steps: one join, where asking of each took four times as long."""
    return rows.annotate(**{NOW: FilteredRelation("escalations", condition=Q(escalations__round=F("round")))})


def _now(step: dict[str, Any]) -> Q:
    """The condition on a step, asked of the joined ones; a warning without steps has none that meets it."""
    asked = {f"{NOW}__{name}": value for name, value in step.items()}
    return Q(**{f"{NOW}__pk__isnull": False, **asked})


@dataclass(frozen=True)
class Figure:
    name: str
    label: str
    value: int
    tone: str


@dataclass(frozen=True)
class BoardRow:
    """One open warning, who is asked now, and until when."""

    warning: DisputeWarning

    @property
    def level_label(self) -> str:
        return level_label(self.warning.level)

    @property
    def asked(self) -> list[Escalation]:
        rows: list[Escalation] = self.warning.asked_now  # type: ignore[attr-defined]  # prefetched below
        return rows

    @property
    def waits_for(self) -> str:
        """Whose turn it is where no leader is asked; empty where one is."""
        if self.asked or self.warning.dispute.is_stub:
            return ""
        to_check: list[Escalation] = self.warning.to_check  # type: ignore[attr-defined]  # prefetched below
        if to_check:
            return _("等 %s 核实风险是否消除") % self.warning.dispute.managing_org
        return _("已报到最后一级，由县综治中心处理")

    @property
    def due_at(self) -> datetime | None:
        return min((row.due_at for row in self.asked if row.due_at), default=None)


@dataclass(frozen=True)
class BoardPage:
    rows: list[BoardRow]
    next: str = ""


@dataclass(frozen=True)
class Pace:
    """How quickly leaders answered in the period."""

    level: int
    told: int
    average: str

    @property
    def label(self) -> str:
        return level_label(self.level)


def open_warnings(by: Actor, known: DisputeQuerySet | None = None) -> Rows:
    """Of disputes in sight; `known`, where it is at hand: what the reader sees as it is now."""
    known = known_now(Dispute.objects.listed_to(by), by) if known is None else known
    return DisputeWarning.objects.filter(OPEN, dispute__in=without_hidden_levels(known, by))


def figures(by: Actor) -> list[Figure]:
    """Every figure in one query over the open warnings."""
    counts = with_steps(open_warnings(by)).aggregate(**{name: shown.number for name, shown in SHOWN.items()})
    return [
        Figure(name, str(shown.label), counts[name], shown.tone if counts[name] else "")
        for name, shown in SHOWN.items()
    ]


@dataclass(frozen=True)
class Unanswered:
    """Warnings that no leader asked has acknowledged: how many, the first told since when, and how many ran out of
    leaders to tell. The numbers are those of the board's rows `unacknowledged` and `end`."""

    number: int
    since: datetime | None
    at_end: int


SILENT, AT_END = SHOWN["unacknowledged"], SHOWN["end"]


def unanswered(by: Actor, known: DisputeQuerySet | None = None) -> Unanswered:
    """One query over the open warnings; `known` as for these."""
    found = with_steps(open_warnings(by, known)).aggregate(
        number=SILENT.number,
        at_end=AT_END.number,
        since=Min(f"{NOW}__notified_at", filter=_now(SILENT.step or {})),
    )
    return Unanswered(found["number"], found["since"], found["at_end"])


def board_page(by: Actor, name: str, after: tuple[int, int] | None) -> BoardPage:
    """The warnings a figure counts, the highest level and the oldest first, in pages by keyset. Of a restricted dispute
    that is not open to the reader the row is a stub."""
    rows = SHOWN[name].of(open_warnings(by))
    if after is not None:
        level, pk = after
        rows = rows.filter(Q(level__gt=level) | Q(level=level, pk__gt=pk))
    asked = Escalation.objects.filter(ended_at=None).select_related("post__organization", "addressee", "town")
    to_check = Escalation.objects.filter(outcome=Outcome.RISK_REMOVED, checked_at=None)
    found = list(
        rows.select_related("dispute__town", "dispute__category", "dispute__managing_org")
        .defer(*(f"dispute__{name}" for name in HEAVY))
        .prefetch_related(Prefetch("escalations", asked.order_by("due_at"), to_attr="asked_now"))
        .prefetch_related(Prefetch("escalations", to_check, to_attr="to_check"))
        .order_by("level", "pk")[: PAGE + 1]
    )
    last = found[PAGE - 1] if len(found) > PAGE else None
    for row, told in zip(found, stubs.readable([row.dispute for row in found], by), strict=True):
        row.dispute = told  # for reading
    return BoardPage([BoardRow(row) for row in found[:PAGE]], f"{last.level}-{last.pk}" if last else "")


def by_town(by: Actor, now: datetime) -> tuple[list[dict[str, Any]], list[list[Any]]]:
    """Columns and rows: disputes under warning by town and level, each number leading to its ledger."""
    query = {"level": ANY_LEVEL}
    found = LedgerFilter(query, Dispute.objects.listed_to(by), by=by, now=now).qs.order_by()
    counted: dict[tuple[str, str], dict[int, int]] = {}
    columns = ("town__code", "town__name", "warning_level")
    for code, name, level, number in found.values_list(*columns).annotate(n=Count("pk")):
        counted.setdefault((code or "", name or _("县级")), {})[level] = number
    headings: list[dict[str, Any]] = [
        {"label": _("乡镇")},
        *({"label": str(LEVEL_LABELS[one]), "number": True} for one in Level),
    ]
    rows: list[list[Any]] = [
        [name, *(_cell(counts.get(one, 0), one, code) for one in Level)]
        for (code, name), counts in sorted(counted.items())
    ]
    return headings, rows


def _cell(number: int, level: int, code: str) -> dict[str, Any]:
    if not number or not code:
        return {"value": number or "—"}
    return {"value": number, "href": address({"level": str(level), "place": code})}


def paces(by: Actor, days: int, now: datetime) -> list[Pace]:
    """Average time from notice to acknowledgement, by level; kept for a minute, for it reads every past row."""
    sight = (by.scope.keys, by.scope.own_keys) if by.scope else ()
    digest = hashlib.sha256(repr(sight).encode()).hexdigest()[:24]
    key = f"warning-pace:{days}:{digest}"
    rows = cache.get(key)
    if rows is None:
        rows = _averages(by, now - timedelta(days=days))
        cache.set(key, rows, KEPT)
    return [Pace(level, told, duration_words(average)) for level, told, average in rows]


def _averages(by: Actor, since: datetime) -> list[tuple[int, int, timedelta]]:
    seen = without_hidden_levels(known_now(Dispute.objects.listed_to(by), by), by)
    rows = Escalation.objects.filter(
        notified_at__gte=since, acknowledged_at__isnull=False, dispute__in=seen
    ).order_by("level")
    taken = Avg(F("acknowledged_at") - F("notified_at"))
    return list(rows.values_list("level").annotate(told=Count("pk"), average=taken))


def duration_words(span: timedelta) -> str:
    hours, rest = divmod(int(span.total_seconds()), 3600)
    if hours >= 48:
        return _("%(days)d 天 %(hours)d 小时") % {"days": hours // 24, "hours": hours % 24}
    if hours:
        return _("%(hours)d 小时 %(minutes)d 分") % {"hours": hours, "minutes": rest // 60}
    return _("%d 分钟") % max(rest // 60, 1)
