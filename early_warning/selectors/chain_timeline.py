"""The chains of a warning as people read them: who was told when, what they did, who comes next and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from core.templatetags.components import sh_time
from early_warning.choices import CLIMBED, OVER_WITHOUT_NOTICE, Basis, Outcome
from early_warning.models import DisputeWarning, Escalation
from early_warning.selectors.chains import ChainPost, chains_for
from jurisdictions.choices import PostRole
from jurisdictions.models import Place

WITH = (
    "town",
    "post__organization",
    "organization",
    "holder__user",
    "addressee",
    "acknowledged_by",
    "ended_by",
    "checked_by__user",
)


@dataclass(frozen=True)
class Station:
    """One step of the stepper component."""

    title: str
    state: str
    state_label: str = ""
    note: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Chain:
    """A town's chain, or the §8 leader's own notice; `told` are its rows, `coming` who would be told after."""

    town: Place | None
    told: list[Escalation]
    coming: list[ChainPost]
    stations: list[Station]

    @property
    def title(self) -> str:
        return self.town.name if self.town else _("责任领导（§8）")

    @property
    def asked(self) -> list[Escalation]:
        """Everybody who is asked now: more than one when an event is happening."""
        return [row for row in self.told if row.is_open]

    @property
    def current(self) -> Escalation | None:
        """Whose answer or silence moves the chain on; those told beside it do not."""
        return current_of(self.told)

    @property
    def next(self) -> ChainPost | None:
        """Who would really be told next: not one who was told already, not an empty post."""
        return next_of(self.coming, _holders(self.told))


def chains_of(warning: DisputeWarning, hot_field: str, now: datetime) -> list[Chain]:
    """Every chain of the warning's present round; four queries whatever the number of towns."""
    rows = Escalation.objects.filter(warning=warning, round=warning.round).select_related(*WITH)
    told: dict[int | None, list[Escalation]] = {}
    for row in rows.order_by("town__code", "step", "id"):
        told.setdefault(row.town_id, []).append(row)
    towns = [rows_of_town[0].town for rows_of_town in told.values() if rows_of_town[0].town is not None]
    planned = chains_for(towns, hot_field, now) if warning.is_open and towns else {}
    return [
        _chain(rows_of_town, _coming(rows_of_town, planned, warning.level), now)
        for _town, rows_of_town in sorted(told.items(), key=lambda pair: pair[0] is None)
    ]


def _coming(
    told: Sequence[Escalation], planned: dict[str, dict[int, tuple[ChainPost, ...]]], level: int
) -> list[ChainPost]:
    """What of the chain lies after the last row; nothing once it has come to rest."""
    town = told[0].town
    if town is None or not is_moving(told):
        return []
    reached = max((row.step for row in told if not row.parallel), default=0)
    return list(planned.get(town.code, {}).get(level, ())[reached:])


def current_of(told: Iterable[Escalation]) -> Escalation | None:
    return next((row for row in told if row.is_open and not row.parallel), None)


def is_moving(told: Iterable[Escalation]) -> bool:
    """Somebody is asked, or their result waits for the coordinator's check."""
    moving = (row for row in told if not row.parallel)
    return any(
        row.is_open or (row.outcome == Outcome.RISK_REMOVED and row.check_passed is None) for row in moving
    )


def _holders(told: Iterable[Escalation]) -> set[int]:
    people = {row.holder.user_id for row in told if row.holder is not None}
    return people | {row.addressee_id for row in told if row.addressee_id is not None}


def next_of(coming: Iterable[ChainPost], already: set[int]) -> ChainPost | None:
    for post in coming:
        if post.holder is not None and post.holder.user_id not in already:
            return post
    return None


def _chain(told: list[Escalation], coming: list[ChainPost], now: datetime) -> Chain:
    stations = [station_of(row, now) for row in told]
    current = current_of(told)
    already = _holders(told)
    following = next_of(coming, already)
    stations += [_future(post, already, current if post is following else None) for post in coming]
    return Chain(told[0].town, told, coming, stations)


def who(row: Escalation) -> str:
    """Post first, then who held it when told."""
    if row.post is None and row.parallel and row.town is not None and row.role == PostRole.HEAD:
        return _("%s派出所负责人") % row.town.name
    place = (
        str(row.post)
        if row.post
        else _("%(unit)s%(role)s")
        % {
            "unit": row.organization or "",
            "role": row.get_role_display(),
        }
    )
    return f"{place} {row.holder.user.name}" if row.holder else place


def station_of(row: Escalation, now: datetime) -> Station:
    state, label = _state(row, now)
    return Station(who(row), state, label, _("，").join(_happened(row)))


def _state(row: Escalation, now: datetime) -> tuple[str, str]:
    if row.is_open:
        if row.rests_since is not None:
            return "now", _("上级领导已在处理，时限暂停")
        late = row.due_at is not None and row.due_at < now
        words = _("等待处理结果") if row.acknowledged_at else _("等待知悉")
        return ("late" if late else "now"), words
    if row.outcome == Outcome.RISK_REMOVED:
        return _removed(row)
    if row.outcome in OVER_WITHOUT_NOTICE:
        return "skipped", str(row.get_outcome_display())
    late = row.outcome in CLIMBED and row.outcome != Outcome.NO_RESULT
    return ("late" if late else "done"), str(row.get_outcome_display())


def _removed(row: Escalation) -> tuple[str, str]:
    if row.check_passed is None:
        return "now", _("报告风险已消除，待核实")
    return ("done", _("风险已消除，核实通过")) if row.check_passed else ("late", _("风险已消除，核实未通过"))


def _happened(row: Escalation) -> list[str]:
    """Each moment in words; a row that nobody was told of has one only."""
    basis = str(row.get_basis_display())
    if row.outcome in OVER_WITHOUT_NOTICE:
        return [basis, sh_time(row.notified_at)]
    parts = [basis, _("%s 通知") % sh_time(row.notified_at)]
    if row.holder and row.addressee and row.addressee_id != row.holder.user_id:
        parts.append(_("由 %s 代理") % row.addressee.name)
    if row.reminded_at:
        parts.append(_("%s 再次提醒") % sh_time(row.reminded_at))
    if row.acknowledged_at:
        parts.append(
            _("%s 知悉") % sh_time(row.acknowledged_at) + (_("（电话）") if row.acknowledged_by_phone else "")
        )
    if row.is_open and row.due_at:
        parts.append(_until(row))
    if row.ended_at:
        parts.append(_("%s 结束") % sh_time(row.ended_at))
    if row.checked_at and row.checked_by:
        parts.append(
            _("%(at)s 由 %(name)s 核实") % {"at": sh_time(row.checked_at), "name": row.checked_by.user.name}
        )
    return parts


def _until(row: Escalation) -> str:
    """By when an open row is to be answered, or since when its clock rests."""
    if row.rests_since is not None:
        return _("%s 起时限暂停") % sh_time(row.rests_since)
    words = _("%s 前应有结果") if row.acknowledged_at else _("%s 前应知悉")
    return words % sh_time(row.due_at)


def _future(post: ChainPost, already: set[int], current: Escalation | None) -> Station:
    """Who would come: the one who is told next says when, the others only their turn."""
    title = seat_words(post)
    if post.holder is None:
        return Station(title, "skipped", _("岗位空缺，将转下一级"))
    if post.holder.user_id in already:
        return Station(title, "skipped", _("同一负责人，将跳过"))
    note = str(Basis(post.basis).label)
    if current is None or current.due_at is None:
        return Station(title, "next", _("再下一级"), note)
    missing = _("未有结果") if current.acknowledged_at else _("未知悉")
    when = _("%(at)s 前%(missing)s即报告") % {"at": sh_time(current.due_at), "missing": missing}
    return Station(title, "next", _("下一级"), _("，").join((note, when)))


def seat_words(post: ChainPost) -> str:
    place = str(post.post) if post.post else str(post.organization or "")
    return f"{place} {post.holder.user.name}" if post.holder else place
