"""Who is told of misses and of what is due soon: who must act, and who dispatched. In bulk, few queries."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from accounts.models import Appointment, Delegation
from calendars.events import DeadlineFact
from core.clock import SHANGHAI, shanghai_date
from disputes.choices import ROLES_BEHIND, DeadlineKind
from disputes.conflicts import Conflicts
from disputes.models import Dispute
from disputes.services.notices import about
from jurisdictions.choices import PostRole
from notifications.services import NewNotice, notify_many

LAST_HOURS = timedelta(hours=4)  # half a working day: whoever reads it later reads it too late
Pair = tuple[Dispute, DeadlineFact]


def tell_missed(pairs: Sequence[Pair], *, now: datetime) -> None:
    """One notice for each due date and recipient, to who must act and to who dispatched."""
    people = _People.of((dispute for dispute, _fact in pairs), now)
    notify_many([_missed(dispute, fact, people) for dispute, fact in pairs], now=now)


def tell_due_soon(pairs: Sequence[Pair], *, now: datetime) -> None:
    """A reminder to who must act, in working hours, once for each due date; of the sender's date also to the centre."""
    people = _People.of((dispute for dispute, _fact in pairs), now)
    notify_many([_due_soon(dispute, fact, people, now) for dispute, fact in pairs], now=now)


def _missed(dispute: Dispute, fact: DeadlineFact, people: "_People") -> NewNotice:
    words = {"number": dispute.display_number, "kind": DeadlineKind(fact.kind).label}
    recipients = people.who_must_act(dispute) + people.centres(dispute)
    return about(
        dispute,
        people.free(dispute, recipients),
        kind="deadline.missed",
        title=_("%(number)s %(kind)s已超期") % words,
        key=f"missed:{fact.deadline_id}:{fact.due_at:%Y%m%d%H%M%S}",
    )


def _due_soon(dispute: Dispute, fact: DeadlineFact, people: "_People", now: datetime) -> NewNotice:
    words = {
        "number": dispute.display_number,
        "kind": DeadlineKind(fact.kind).label,
        "due": f"{fact.due_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
    }
    recipients = people.who_must_act(dispute)
    if fact.kind in (DeadlineKind.ORIGIN, DeadlineKind.COUNTY):  # the centre answers to who sent it
        recipients = recipients + people.centres(dispute)
    return about(
        dispute,
        people.free(dispute, recipients),
        kind="deadline.due_soon",
        title=_("%(number)s %(kind)s将于 %(due)s 到期") % words,
        key=f"soon:{fact.deadline_id}:{fact.due_at:%Y%m%d%H%M%S}",
        last_hours=fact.due_at - now <= LAST_HOURS,
    )


class _People:
    """Holders of posts in the organizations a batch concerns, and who stands in for them: two queries,
    and two more where a dispute is about somebody."""

    def __init__(
        self,
        rows: Iterable[tuple[int, int, str, int]],
        stand_ins: Iterable[tuple[int, int]],
        conflicts: Conflicts,
    ) -> None:
        self._conflicts = conflicts
        self._stand_ins: dict[int, list[int]] = {}
        for appointment, user in stand_ins:
            self._stand_ins.setdefault(appointment, []).append(user)
        self._by_post: dict[tuple[int, str], list[int]] = {}
        for appointment, organization, role, user in rows:
            self._by_post.setdefault((organization, role), []).extend(self._acting(appointment, user))

    @classmethod
    def of(cls, disputes: Iterable[Dispute], now: datetime) -> "_People":
        concerned = list(disputes)
        wanted = {
            organization
            for dispute in concerned
            for organization in (dispute.waiting_org_id, dispute.managing_org_id, dispute.handed_down_by_id)
            if organization
        }
        current = Appointment.objects.current(shanghai_date(now)).filter(post__organization_id__in=wanted)
        rows = list(current.values_list("pk", "post__organization_id", "post__role", "user_id"))
        standing = Delegation.objects.current_values(now, "appointment_id", "stand_in_id")
        people = {row[3] for row in rows} | {stand_in for _appointment, stand_in in standing}
        people |= {row.responsible_person.user_id for row in concerned if row.responsible_person}
        return cls(rows, standing, Conflicts(concerned, now, people))

    def free(self, dispute: Dispute, users: Iterable[int]) -> tuple[int, ...]:
        """Without whom it is about."""
        return tuple(user for user in dict.fromkeys(users) if not self._conflicts.bars(dispute, user))

    def _acting(self, appointment: int, user: int) -> list[int]:
        return [user, *self._stand_ins.get(appointment, [])]

    def holders(self, organization_id: int, role: str) -> list[int]:
        roles = ROLES_BEHIND.get(role, (role,))
        return [user for name in roles for user in self._by_post.get((organization_id, name), [])]

    def centres(self, dispute: Dispute) -> list[int]:
        """Who dispatches, and of what was handed down the county, which keeps its date."""
        found = (dispute.managing_org_id, dispute.handed_down_by_id)
        return [user for centre in found if centre for user in self.holders(centre, PostRole.COORDINATOR)]

    def who_must_act(self, dispute: Dispute) -> list[int]:
        person = dispute.responsible_person
        if dispute.waiting_role == "handler" and person is not None:
            return self._acting(person.pk, person.user_id)
        if dispute.waiting_org_id is None:
            return []
        return self.holders(dispute.waiting_org_id, dispute.waiting_role)
