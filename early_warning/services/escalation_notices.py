"""Telling the addressees of new escalation rows: notices at once, copies, and calls where nothing leaves the system.

Works on a batch in a fixed number of statements. The caller holds the disputes' locks and has written the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.keys import place_key, post_key
from accounts.models import User
from accounts.roles import GOVERNING_KINDS
from core.actor import Actor
from core.among import Among
from core.clock import SHANGHAI
from core.language import in_house_language
from disputes import public
from disputes.choices import LEVEL_LABELS
from disputes.conflicts import Conflicts
from disputes.models import AccessGrant, Dispute
from disputes.services import notices
from early_warning.choices import Outcome, WarningState
from early_warning.models import Escalation, LevelRequest, PhoneTask
from jurisdictions.choices import PostRole
from jurisdictions.models import Post
from notifications.services import NewNotice
from notifications.services.outbox import Way, open_ways
from responsibility.selectors.leader_posts import LeaderPosts

BY = Actor.system("escalations")
PHONE = "/warnings/phone/"  # the duty post's own list


@dataclass
class EscalationNotices:
    """What a batch has to say. `rows` are new and open; `office` are words for the county office."""

    posts: LeaderPosts
    disputes: Mapping[int, Dispute]
    now: datetime
    rows: list[Escalation] = field(default_factory=list)
    notices: list[NewNotice] = field(default_factory=list)
    came_over: list[Escalation] = field(default_factory=list)
    titles: dict[int, str] = field(default_factory=dict)

    def title(self, row: Escalation) -> str:
        """What its notice, its copies and its call say alike."""
        if row.pk not in self.titles:
            self.titles[row.pk] = title_of(row, self.disputes[row.dispute_id])
        return self.titles[row.pk]

    def notice(self, row: Escalation, moment: str) -> NewNotice:
        """To whom the row asks. `moment` makes the key: told, again, passed…"""
        return notices.about(
            self.disputes[row.dispute_id],
            (row.addressee_id,) if row.addressee_id else (),
            kind="warning.escalation",
            title=self.title(row),
            url=reverse("early_warning:escalation", args=[row.pk]),
            key=f"escalation:{row.pk}:{moment}",
            urgent=True,
            inner=True,
        )

    def escalation(self, row: Escalation) -> None:
        """A saved, open row: its notice, its copies."""
        self.rows.append(row)
        self.notices.append(self.notice(row, "told"))
        self.leader(row, "told")
        self._copies(row)

    def passed(self, row: Escalation, moment: str) -> None:
        """An open row that came over to somebody else: a fresh notice, and a call if none was asked for before."""
        self.notices.append(self.notice(row, moment))
        self.leader(row, moment)
        if row.acknowledged_at is None:
            self.came_over.append(row)

    def office(self, row: Escalation, words: str, key: str) -> None:
        """The county office hears of what went wrong in a chain."""
        dispute = self.disputes[row.dispute_id]
        users = self.free(dispute, self.posts.county_office(dispute.town or dispute.place))
        self.notices.append(
            _plain(dispute, users, "warning.office", words, f"escalation:{row.pk}:{key}", notices.NOTICES)
        )

    def leader(self, row: Escalation, moment: str) -> None:
        """Level 1 reaches the leader in person too while somebody stands in, or nobody is there: they may answer it."""
        dispute, holder = self.disputes[row.dispute_id], row.holder
        if row.level != 1 or holder is None or holder.user_id == row.addressee_id:
            return
        users = self.free(dispute, [holder.user_id])
        words = leader_title(row, dispute)
        key = f"escalation:{row.pk}:{moment}:leader"
        url = reverse("early_warning:escalation", args=[row.pk])
        self.notices.append(_plain(dispute, users, "warning.leader", words, key, url=url))

    def send(self) -> None:
        """Access first, then notices and calls."""
        open_sight(self.rows, self.disputes, self.now)
        self._calls()
        notices.send([notice for notice in self.notices if notice.recipients], now=self.now)

    def _copies(self, row: Escalation) -> None:
        """The political-legal member of what a deputy is told, the county office of what reaches the county."""
        dispute, users = self.disputes[row.dispute_id], list[int]()
        if row.town is not None and row.role == PostRole.DEPUTY and row.step == 1 and row.level == 3:
            member = self.posts.political_legal(row.town)
            users = [(self.posts.acting(member) or member.user).pk] if member else []
        if _is_county(row):
            users += self.posts.county_office(dispute.town or dispute.place)
        users = self.free(dispute, [user for user in users if user != row.addressee_id])
        if not users:
            return
        title = _("抄送：%s") % self.title(row)
        self.notices.append(_plain(dispute, users, "warning.copy", title, f"escalation:{row.pk}:copy"))

    @cached_property
    def conflicts(self) -> Conflicts:
        return Conflicts(self.disputes.values(), self.now, self.posts.people())

    def free(self, dispute: Dispute, users: Iterable[int]) -> list[int]:
        """Those of them who may hear of a level."""
        return [user for user in users if not self.conflicts.keeps_from_level(dispute, user)]

    def _calls(self) -> None:
        """电话报告领导 beside every row whose addressee no channel reaches."""
        if asked := [*self.rows, *self._never_phoned()]:
            ways = [way for way in open_ways() if way.is_personal]
            open_calls([row for row in asked if not _is_reached(row.addressee, ways)], self)

    def _never_phoned(self) -> list[Escalation]:
        if not self.came_over:
            return []
        phoned = PhoneTask.objects.filter(escalation__in=self.came_over).values_list(
            "escalation_id", flat=True
        )
        before = set(phoned)
        return [row for row in self.came_over if row.pk not in before]


def open_calls(rows: Sequence[Escalation], telling: EscalationNotices) -> None:
    """A task for the duty post of the town, of the county for county rows; once for each row.

    What one leader is asked in one case for several towns or posts is one call: one duty post has it and is told once.
    """
    tasks, under_way = [], _under_way(rows)
    for row in rows:
        dispute, call = telling.disputes[row.dispute_id], (row.dispute_id, row.addressee_id)
        known = call in under_way
        duty = under_way.get(call) or telling.posts.duty(
            row.town or dispute.town or dispute.place, of_county=_is_county(row)
        )
        under_way[call] = duty
        tasks.append(PhoneTask(escalation=row, duty_post=duty, opened_at=telling.now))
        if known:
            continue
        words = _("请电话报告：%s") % telling.title(row)
        users = telling.free(dispute, telling.posts.users_of(duty))
        key = f"escalation:{row.pk}:phone"
        telling.notices.append(_plain(dispute, users, "warning.phone", words, key, PHONE, url=PHONE))
    PhoneTask.objects.bulk_create(tasks, ignore_conflicts=True)


def _under_way(rows: Sequence[Escalation]) -> dict[tuple[int, int | None], Post | None]:
    """The open calls of the same disputes: by dispute and leader, with the duty post that makes them."""
    wanted = PhoneTask.objects.filter(
        closed_at=None, escalation__dispute=Among({row.dispute_id for row in rows})
    )
    found = wanted.order_by().select_related("escalation", "duty_post__organization")
    return {(task.escalation.dispute_id, task.escalation.addressee_id): task.duty_post for task in found}


@in_house_language
def title_of(row: Escalation, dispute: Dispute) -> str:
    """一级预警（待核）t01-2026-000123 青石镇石桥村：请于 14:05 前知悉."""
    unconfirmed = row.warning.state == WarningState.UNCONFIRMED
    said = {
        "level": LEVEL_LABELS[row.level],
        "number": dispute.display_number,
        "place": dispute.place_name,
        "by": f"{row.due_at.astimezone(SHANGHAI):%m-%d %H:%M}" if row.due_at else "",
    }
    if unconfirmed:
        return _("%(level)s预警（系统初判，待核）%(number)s %(place)s：请于 %(by)s 前知悉") % said
    return _("%(level)s预警 %(number)s %(place)s：请于 %(by)s 前知悉") % said


@in_house_language
def leader_title(row: Escalation, dispute: Dispute) -> str:
    """一级预警 t01-2026-000123 青石镇石桥村：已报告您的代理人李四."""
    said = {"level": LEVEL_LABELS[row.level], "number": dispute.display_number, "place": dispute.place_name}
    if row.outcome == Outcome.AWAY or row.addressee is None:
        return _("%(level)s预警 %(number)s %(place)s：您和代理人都外出，已转报下一级") % said
    said["name"] = row.addressee.name
    return _("%(level)s预警 %(number)s %(place)s：已报告您的代理人%(name)s，您也可以直接处理") % said


def close_sight(disputes: Iterable[Dispute], now: datetime) -> None:
    """Ends what was opened for escalations once none of a post's rows on the dispute is open."""
    rows = {dispute.pk: dispute for dispute in disputes}
    grants = AccessGrant.objects.filter(dispute=Among(rows), reason=AccessGrant.Reason.UPPER, ends_at=None)
    given: dict[int, set[int]] = {}
    for dispute_id, key in grants.values_list("dispute_id", "key"):
        given.setdefault(dispute_id, set()).add(key)
    if not given:
        return
    needed: dict[int, set[int]] = {}
    still = Escalation.objects.filter(dispute__in=given, ended_at=None, post__isnull=False)
    consent = LevelRequest.objects.filter(warning__dispute__in=given, granted=None, consent_of__isnull=False)
    asked = [*still.values_list("dispute_id", "post_id")]
    asked += consent.values_list("warning__dispute_id", "consent_of_id")
    for dispute_id, post_id in asked:
        needed.setdefault(dispute_id, set()).add(post_key(post_id))
    over = {pk: keys - needed.get(pk, set()) for pk, keys in given.items()}
    changed = [rows[pk] for pk, keys in over.items() if keys]
    with public.working_on_all(changed, by=BY, now=now) as works:
        for pk, work in works.items():
            work.close_to(over[pk])


def open_sight(rows: Iterable[Escalation], disputes: Mapping[int, Dispute], now: datetime) -> None:
    """Opens a dispute to the posts that do not see it by their place anyway."""
    wanted: dict[int, set[int]] = {}
    for row in rows:
        dispute, post = disputes[row.dispute_id], row.post
        if post is not None and not _sees(dispute, row):
            wanted.setdefault(dispute.pk, set()).add(post_key(post.pk))
    with public.working_on_all([disputes[pk] for pk in wanted], by=BY, now=now) as works:
        public.open_all([(works[pk], keys) for pk, keys in wanted.items()])


def _sees(dispute: Dispute, row: Escalation) -> bool:
    assert row.post is not None
    unit = row.post.organization
    by_place = unit.kind in GOVERNING_KINDS and place_key(unit.place_id) in dispute.access_keys
    return by_place or post_key(row.post.pk) in dispute.access_keys


def _is_county(row: Escalation) -> bool:
    return row.post is not None and row.town is not None and row.post.organization.is_county_level


def _is_reached(user: User | None, ways: Sequence[Way]) -> bool:
    return user is not None and any(way.reaches(user, urgent=True) for way in ways)


def _plain(
    dispute: Dispute,
    users: Sequence[int],
    kind: str,
    title: str,
    key: str,
    elsewhere: str = "",
    url: str = "",
) -> NewNotice:
    """To the warning's page or `url`; `elsewhere` for whom it concerns without sight of it."""
    url = url or reverse("early_warning:warning", args=[dispute.number])
    notice = notices.about(dispute, users, kind=kind, title=title, key=key, urgent=True, url=url, inner=True)
    return replace(notice, elsewhere=elsewhere) if elsewhere else notice
