"""The door for apps above: facts the ledger filters on, and trail entries of what they did with a dispute.

The caller holds the dispute's row lock (`locked`), writes its own rows, then calls `record` once per action.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from accounts.keys import person_key, post_key
from core.actor import Actor
from disputes.models import AccessGrant, Dispute
from disputes.services import access, alarm, following, ledger, urgency
from jurisdictions.models import Post

LOCKED_WITH = ("category", "town", "managing_org__place")
RECORDED = ["version", "responsible_leader", "access_keys"]


def locked(dispute_id: int, by: Actor) -> Dispute:
    """The dispute under its row lock, if the actor may see it. Raises NotFound."""
    row: Dispute = Dispute.objects.select_related(*LOCKED_WITH).defer("search").lock_visible(by, dispute_id)
    return row


def locked_many(dispute_ids: Iterable[int]) -> list[Dispute]:
    """For sweeps: these disputes under their locks, ascending by id, those locked elsewhere left out."""
    ids = list(dispute_ids)
    # of one there is no order to keep, and to ask for one costs as much as the row
    rows = Dispute.objects.filter(pk__in=ids).order_by(*(["pk"] if len(ids) > 1 else []))
    rows = rows.select_related(*LOCKED_WITH).defer("search")
    return list(rows.select_for_update(of=("self",), skip_locked=True))


def set_level(dispute: Dispute, level: int, *, by: Actor, now: datetime, hurry: bool = True) -> None:
    """The current warning level, 0 for none; the only writer besides a merge. Levels 1 and 2 shorten running clocks.

    `hurry` False where nobody is to be woken: what the system reads in an old ledger.
    """
    dispute.warning_level = level
    changed = ["warning_level"]
    if dispute.is_restricted and alarm.follow(dispute, now=now):
        access.rebuild(dispute)
        changed.append("access_keys")
    dispute.save(update_fields=changed)
    if hurry:
        urgency.hurry(dispute, by=by, now=now)


def shorten_resolve(dispute: Dispute, day: date, *, by: Actor, now: datetime) -> datetime:
    """明确化解时限: see `urgency.shorten_resolve`; the due moment from here on. `record` must follow."""
    return urgency.shorten_resolve(dispute, day, by=by, now=now).due_at


def set_leader(dispute: Dispute, post: Post | None, *, now: datetime) -> None:
    """责任领导 (§8): a post, written only here, saved by the `record` that must follow.

    It may open the dispute, restricted ones too, while it is named.
    """
    before = dispute.responsible_leader_id
    dispute.responsible_leader = post
    if post is not None:
        access.grant(dispute, [post_key(post.pk)], AccessGrant.Reason.LEADER, now=now)
        dispute.access_keys = sorted({*dispute.access_keys, post_key(post.pk)})
    if before is not None and (post is None or post.pk != before):
        access.end(dispute, AccessGrant.Reason.LEADER, now=now, keys=[post_key(before)])
        access.rebuild(dispute)


def name_first_leaders(named: Sequence[tuple[Dispute, Post, datetime]]) -> None:
    """责任领导 of a batch of new disputes; `record_all` saves it, as `record` does for `set_leader`."""
    for dispute, post, _now in named:
        dispute.responsible_leader = post
        dispute.access_keys = sorted({*dispute.access_keys, post_key(post.pk)})
    access.grant_all(
        [(dispute, post_key(post.pk), AccessGrant.Reason.LEADER, now) for dispute, post, now in named]
    )


def open_to_case_leader(dispute: Dispute, user_id: int, *, now: datetime) -> None:
    """包案领导: the person may open it as long as `close_to_case_leader` does not end it."""
    access.grant(dispute, [person_key(user_id)], AccessGrant.Reason.LEADER, now=now)
    access.rebuild(dispute)
    dispute.save(update_fields=["access_keys"])


def close_to_case_leader(dispute: Dispute, user_id: int, *, now: datetime) -> None:
    access.end(dispute, AccessGrant.Reason.LEADER, now=now, keys=[person_key(user_id)])
    access.rebuild(dispute)
    dispute.save(update_fields=["access_keys"])


def open_for_danger(dispute: Dispute, keys: Iterable[int], *, now: datetime) -> None:
    """Leaders told of 人身危险 may open what they are told of, restricted matters too."""
    access.grant(dispute, keys, AccessGrant.Reason.DUTY, now=now)
    access.rebuild(dispute)
    dispute.save(update_fields=["access_keys"])


def open_to(dispute: Dispute, keys: Iterable[int], *, now: datetime) -> None:
    """Lets escalation addressees in, as long as `close_to` does not end it."""
    access.grant(dispute, keys, AccessGrant.Reason.UPPER, now=now)
    access.rebuild(dispute)
    dispute.save(update_fields=["access_keys"])


def close_to(dispute: Dispute, keys: Iterable[int], *, now: datetime) -> None:
    """Ends what `open_to` gave; what the post sees anyway stays."""
    access.end(dispute, AccessGrant.Reason.UPPER, now=now, keys=keys)
    access.rebuild(dispute)
    dispute.save(update_fields=["access_keys"])


def record(
    dispute: Dispute,
    step: str,
    *,
    data: Mapping[str, Any] | None = None,
    texts: Mapping[str, str] | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """A trail entry that leaves the status as it is; who follows the dispute hears of it. `step` needs words in
    disputes.wording or a registered set."""
    dispute.version += 1
    dispute.save(update_fields=RECORDED)
    entry = ledger.NewEntry(step, dispute.status, dispute.status, data or {}, texts or {})
    written = ledger.append(dispute, entry, by=by, now=now)
    following.tell_of_entries([(dispute, written)], by=by, now=now)


def append_all(entries: Sequence[tuple[Dispute, ledger.NewEntry]], *, by: Actor, now: datetime) -> None:
    """Entries of a sweep, which change nothing of the disputes' rows; who follows one of them hears of it."""
    rows = ledger.append_all(entries, by=by, now=now)
    told = [(dispute, row) for (dispute, _entry), row in zip(entries, rows, strict=True)]
    following.tell_of_entries(told, by=by, now=now)


def record_all(
    step: str, records: Sequence[tuple[Dispute, Mapping[str, Any], datetime]], *, by: Actor
) -> None:
    """The same entry for a batch of different disputes, each at its moment."""
    for dispute, _data, _now in records:
        dispute.version += 1
    Dispute.objects.bulk_update([dispute for dispute, _data, _now in records], RECORDED)
    ledger.append_signed(
        [
            ledger.Signed(dispute, ledger.NewEntry(step, dispute.status, dispute.status, data), by, now)
            for dispute, data, now in records
        ]
    )
