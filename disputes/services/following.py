"""关注: who asked for it hears quietly of each step that others take, those of upper apps too, as long as the case is
in their sight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.actors import scopes_of
from core.actor import Actor
from core.language import in_house_language
from core.transactions import last
from core.written_once import OneOf, written_once
from disputes.choices import SUBJECT
from disputes.disclosure import LEVEL_STEPS, decide, disclosure
from disputes.entry_words import words_of
from disputes.errors import NotPermitted
from disputes.models import AccessGrant, Dispute, Following, TrailEntry
from disputes.services import notices
from notifications.models import Notice
from notifications.services import NewNotice, notify_many

Entries = Sequence[tuple[Dispute, TrailEntry]]


@transaction.atomic
def follow(*, number: str, by: Actor, now: datetime) -> None:
    """From now on; twice changes nothing. Raises NotFound out of sight, NotPermitted for a stub or a past case."""
    dispute = _visible(number, by)
    if disclosure(by, dispute).trail_until is not None:
        raise NotPermitted(_("本件已不由贵单位办理，不能关注。"))
    Following.objects.get_or_create(dispute=dispute, user=by.user, defaults={"since": now})


@transaction.atomic
def unfollow(*, number: str, by: Actor) -> None:
    """Whether it was followed or not. Raises as `follow`, but for what one gave back."""
    Following.objects.filter(dispute=_visible(number, by), user=by.user).delete()


def _visible(number: str, by: Actor) -> Dispute:
    dispute: Dispute = Dispute.objects.get_visible(by, number)
    return dispute


def carry_over(source: Dispute, target: Dispute, *, now: datetime) -> None:
    """并案: who followed the one follows the case that goes on; what they see of it is asked like of any other."""
    users = Following.objects.filter(dispute=source).values_list("user_id", flat=True)
    rows = [Following(dispute=target, user_id=user, since=now) for user in users]
    Following.objects.bulk_create(rows, ignore_conflicts=True)


@written_once
def _followers(disputes: Any) -> QuerySet[Following, tuple[int, int]]:
    return Following.objects.filter(OneOf("dispute", disputes)).values_list("dispute_id", "user_id")


def tell_followers(dispute: Dispute, step_id: str, *, by: Actor, now: datetime) -> None:
    """Under the key of `notices.after_step`: whose turn it is was told already. One query where nobody follows."""
    users = [user for _dispute, user in _followers([dispute.pk]) if user != by.user_id]
    hearing = hearers(dispute, users, now) if users else []
    if hearing:
        _tell(dispute, step_id, hearing, by=by, now=now)


def tell_of_entries(entries: Entries, *, by: Actor, now: datetime) -> None:
    """What an upper app wrote of these disputes, once everything of the same act is told: who heard of the dispute by
    it already hears nothing more. One query where nobody follows, a fixed number however many are followed."""
    last(partial(_tell_of_entries, entries, by, now))


def _tell_of_entries(entries: Entries, by: Actor, now: datetime) -> None:
    firsts = {dispute.pk: (dispute, entry) for dispute, entry in reversed(entries)}
    pairs = {pair for pair in _followers(list(firsts)) if pair[1] != by.user_id}
    if pairs:
        pairs -= _told_already(pairs, now)
    kept = _kept(entry for pk, (_dispute, entry) in firsts.items() if any(pk == one for one, _user in pairs))
    hearing = _hearing(
        {pk: dispute for pk, (dispute, entry) in firsts.items() if entry.pk in kept}, pairs, now
    )
    notify_many(
        [
            _of_entry(*firsts[pk], [user for one, user in sorted(hearing) if one == pk], by)
            for pk in dict.fromkeys(pk for pk, _user in sorted(hearing))
        ],
        now=now,
    )


def _told_already(pairs: set[tuple[int, int]], now: datetime) -> set[tuple[int, int]]:
    rows = Notice.objects.filter(
        recipient__in={user for _pk, user in pairs}, subject=SUBJECT, created_at=now
    ).order_by()
    return set(
        rows.filter(subject_id__in={pk for pk, _user in pairs}).values_list("subject_id", "recipient_id")
    )


def _kept(entries: Iterable[TrailEntry]) -> set[int]:
    """Those that were not taken back with a part of the transaction."""
    asked = [entry.pk for entry in entries]
    return set(TrailEntry.objects.filter(pk__in=asked).values_list("pk", flat=True)) if asked else set()


@in_house_language
def _of_entry(dispute: Dispute, entry: TrailEntry, users: Sequence[int], by: Actor) -> NewNotice:
    said = {"number": dispute.display_number, "who": by.label, "step": words_of(entry.step).name}
    by_person = _("您关注的 %(number)s：%(who)s 办理了“%(step)s”")
    return notices.about(
        dispute,
        users,
        kind=f"followed.{entry.step}",
        title=(_("您关注的 %(number)s：%(step)s") if by.is_system else by_person) % said,
        key=f"entry:{dispute.pk}:{entry.seq}",
        inner=entry.step.startswith(LEVEL_STEPS),
        quiet=True,
    )


def hearers(dispute: Dispute, users: Sequence[int], now: datetime) -> list[int]:
    """Who of them sees what happens now, not only what was until they gave it back. Three queries."""
    hearing = _hearing({dispute.pk: dispute}, {(dispute.pk, user) for user in users}, now)
    return [user for user in users if (dispute.pk, user) in hearing]


def _hearing(
    disputes: Mapping[int, Dispute], pairs: set[tuple[int, int]], now: datetime
) -> set[tuple[int, int]]:
    """Of these disputes and users those who see what happens now. Three queries, none where nobody asks."""
    pairs = {(pk, user) for pk, user in pairs if pk in disputes}
    if not pairs:
        return set()
    scopes = scopes_of({user for _pk, user in pairs}, now)
    rows: dict[int, list[tuple[int, datetime | None]]] = {pk: [] for pk in disputes}
    grants = AccessGrant.objects.filter(dispute__in={pk for pk, _user in pairs}, ends_at=None)
    for pk, key, until in grants.values_list("dispute_id", "key", "trail_until"):
        rows[pk].append((key, until))

    def sees(pk: int, user: int) -> bool:
        mine = [(key, until) for key, until in rows[pk] if key in scopes[user].keys]
        shown = decide(
            is_party=False,
            open_keys={key for key, until in mine if until is None},
            frozen={key: until for key, until in mine if until is not None},
            may_unmask=False,
            restricted=disputes[pk].is_restricted,
        )
        return shown.content and shown.trail_until is None

    return {(pk, user) for pk, user in pairs if sees(pk, user)}


@in_house_language
def _tell(dispute: Dispute, step_id: str, users: Sequence[int], *, by: Actor, now: datetime) -> None:
    said = {"number": dispute.display_number, "who": by.label, "step": words_of(step_id).name}
    notices.tell(
        dispute,
        users,
        kind=f"followed.{step_id}",
        title=_("您关注的 %(number)s：%(who)s 办理了“%(step)s”") % said,
        key=f"step:{dispute.pk}:{dispute.version}",
        now=now,
        inner=step_id.startswith(LEVEL_STEPS),
        quiet=True,
    )
