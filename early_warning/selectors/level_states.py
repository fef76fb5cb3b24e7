"""Whether a dispute's level is the system's proposal or a person's answer, whose, and when. Level 0 is an answer too.

An answer of 1 to 3 stands on the warning. That no warning is needed stands in the trail alone: the last entry that
said so, as long as no warning is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.selectors import known
from core.actor import Actor
from core.templatetags.components import sh_time
from core.written_once import OneOf, written_once
from disputes.extensions import Sights
from disputes.models import Dispute
from early_warning.choices import WarningState
from early_warning.models import DisputeWarning
from early_warning.models.warning import OPEN
from early_warning.rules.levels import NONE, higher
from early_warning.wording_screens import level_label

NO_WARNING = "level_none"
SAID, WAITING, UNREAD = "0", "1", "2"  # what a fact is
SAID_NONE = (NO_WARNING, "level_lifted", "imported_level_dropped")
# dispute, what, seq or level, when, who said it (label and user)
FACTS = f"""
    SELECT dispute_id, '{SAID}', seq, at, actor_label, user_id FROM disputes_trailentry
        WHERE dispute_id = ANY(%(ids)s) AND step = ANY(%(steps)s) AND user_id IS NOT NULL
    UNION ALL SELECT dispute_id, '{WAITING}', level, proposed_at, '', NULL FROM early_warning_importedlevel
        WHERE dispute_id = ANY(%(ids)s) AND decided_at IS NULL
    UNION ALL SELECT dispute_id, '{UNREAD}', 0, failed_at, '', NULL FROM early_warning_classifierfailure
        WHERE dispute_id = ANY(%(ids)s) AND settled_at IS NULL
    ORDER BY 3
"""


@dataclass(frozen=True)
class LevelState:
    """`proposed`: what the answer is asked of, an import's reading included; `read` False where the classifier failed
    and will read again."""

    level: int
    proposed: int
    confirmed_at: datetime | None = None
    confirmed_by: str = ""
    user_id: int | None = None
    read: bool = True

    @property
    def confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def words(self) -> str:
        """One line for people: what stands, and who says so."""
        if self.confirmed:
            said = {
                "level": level_label(self.level) or _("不预警"),
                "who": self.confirmed_by,
                "at": sh_time(self.confirmed_at),
            }
            return _("%(level)s，%(who)s %(at)s 核定") % said
        if self.level:
            return _("%s（系统初判，待核）") % level_label(self.level)
        if self.proposed:
            return _("导入时读出%s，请核") % level_label(self.proposed)
        return _("系统未发现，请核") if self.read else _("系统还没有读成事由，请核")


def level_states(disputes: Sequence[Dispute]) -> dict[int, LevelState]:
    """By dispute id; two queries, whatever their number."""
    ids = [dispute.pk for dispute in disputes]
    found = {pk: of_warning(row) for pk, row in open_warnings(ids).items()}
    return found | without_warning([pk for pk in ids if pk not in found])


def open_warnings(ids: Sequence[int]) -> dict[int, DisputeWarning]:
    """By dispute id, with who confirmed each; one query."""
    rows = _open(list(ids)) if ids else []
    known.with_known(rows, confirmed_by=known.appointments)
    return {row.dispute_id: row for row in rows}


def states_of(ids: Sequence[int]) -> dict[int, str]:
    """In which state the open warning of each is; one query, none without ids."""
    rows = DisputeWarning.objects.filter(OPEN, dispute__in=ids).order_by()
    return dict(rows.values_list("dispute_id", "state")) if ids else {}


@written_once
def _open(disputes: Any) -> QuerySet[DisputeWarning]:
    return DisputeWarning.objects.filter(OPEN, OneOf("dispute", disputes)).order_by()


def level_state(dispute: Dispute) -> LevelState:
    return level_states([dispute])[dispute.pk]


def of_warning(warning: DisputeWarning) -> LevelState:
    """Of an open warning; asks for who confirmed it where that was not joined."""
    if warning.state == WarningState.UNCONFIRMED or warning.confirmed_by is None:
        return LevelState(warning.level, warning.level)
    by = warning.confirmed_by
    return LevelState(warning.level, warning.level, warning.confirmed_at, str(by), by.user_id)


def export_parts(disputes: Sequence[Dispute], _by: Actor, shown: Sights) -> dict[int, Any]:
    """For the `export` slot, as far as the level is disclosed; an ended dispute nobody answered for says nothing."""
    seen = [row for row in disputes if shown[row.pk].level and shown[row.pk].trail_until is None]
    states = level_states(seen)
    asked = [row.pk for row in seen if row.is_open or states[row.pk].level or states[row.pk].confirmed]
    return {pk: _("预警：%s") % states[pk].words for pk in asked}


def without_warning(ids: Sequence[int]) -> dict[int, LevelState]:
    """Of disputes that have no open warning; one query. Who found that none is needed speaks before what waits."""
    found = {pk: LevelState(NONE, NONE) for pk in ids}
    for pk, what, number, at, label, user in _facts(ids) if ids else ():
        if what == SAID:
            found[pk] = LevelState(NONE, NONE, at, label, user)
        elif not found[pk].confirmed:
            found[pk] = (
                replace(found[pk], proposed=higher(found[pk].proposed, number))
                if what == WAITING
                else replace(found[pk], read=False)
            )
    return found


def _facts(ids: Sequence[int]) -> Iterable[tuple[int, str, int, datetime, str, int | None]]:
    """Entries of persons, the last one last (a warning that a merge took along leaves none behind); then levels of an
    import that wait, and texts the classifier failed on."""
    with connection.cursor() as cursor:
        cursor.execute(FACTS, {"ids": list(ids), "steps": list(SAID_NONE)})
        return cursor.fetchall()


def usernames(states: Sequence[LevelState]) -> dict[int, str]:
    """User id → username of who confirmed; one query, none where nobody did."""
    ids = {state.user_id for state in states if state.user_id}
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "username")) if ids else {}
