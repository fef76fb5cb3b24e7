"""Who must resolve a dispute by §8, found in two queries from facts a person stated."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.keys import unit_key
from accounts.models import Appointment
from core.batch_cache import BatchCache
from core.wording import with_aside
from disputes.models import Dispute, TrailEntry
from disputes.rules import corrections
from jurisdictions.choices import OrganizationKind
from jurisdictions.models import Organization, Post
from responsibility import wording
from responsibility.rules import situations as rules
from responsibility.rules.leader_posts import PRINCIPALS, LeaderPost
from responsibility.rules.situations import Facts, Rule
from responsibility.selectors.leader_posts import LeaderPosts, Matter, Where, name_of

GIVING, SECTORS = ("assign", "transfer"), "sectors"


@dataclass(frozen=True)
class Stated:
    """The jurisdiction facts with what they name looked up. `towns` includes the town of the place.

    `department`: of a matter of one sector, the department it was given to: who dispatched it says whose powers it
    lies within, whatever was thought at the desk.
    """

    county_code: str
    towns: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    unit_id: int | None = None
    unit_name: str = ""
    unit_relation: str = ""
    unit_untold: bool = False  # the unit is not told: its head cannot lead the matter
    hot_field: str = ""
    barred: frozenset[int] = frozenset()
    department: int | None = None


@dataclass(frozen=True)
class Resolution:
    """`post` is null only where no such post exists at all, `holder` while nobody holds it.

    `passed` says why somebody else was asked first; `co_unit` is the competent department of a cross-town matter.
    """

    rule: str
    post: Post | None
    holder: Appointment | None
    because: str
    passed: tuple[str, ...] = ()
    letter_to: str = ""
    co_unit: Organization | None = None

    @property
    def organization(self) -> Organization | None:
        return self.post.organization if self.post else None

    @property
    def leader(self) -> str:
        """The post, and beside it who holds it."""
        return with_aside(self.post, self.holder.user.name if self.holder else _("空缺"))


def stated_in(dispute: Dispute) -> Stated:
    """The facts as they stand in the dispute. Needs its category loaded; of one sector, its unit too."""
    return Stated(
        county_code=dispute.place_code[:6],
        towns=towns_of(dispute.place_code, dispute.involved_towns),
        sectors=tuple(dispute.involved_sectors),
        unit_id=dispute.unit_id,
        unit_name=dispute.unit_name,
        unit_relation=dispute.unit_relation,
        unit_untold=dispute.unit_consent is False,
        hot_field=dispute.category.hot_field,
        barred=frozenset(dispute.barred_keys),
        department=department_of(dispute),
    )


def department_of(dispute: Dispute) -> int | None:
    """The department that handles a matter of one sector; none while no unit has it, or one of a town.

    What was said last counts: a correction of the sectors made after the dispatch speaks against it.
    """
    unit = dispute.lead_unit if len(dispute.involved_sectors) == 1 else None
    if unit is None or unit.kind != OrganizationKind.DEPARTMENT or _sectors_corrected_since(dispute):
        return None
    return unit.pk


def _sectors_corrected_since(dispute: Dispute) -> bool:
    """Whether the sectors were corrected after the unit was given the case; one query."""
    rows = TrailEntry.objects.filter(dispute=dispute, step__in=("correct", *GIVING)).order_by("-seq")
    for step, payload in rows.values_list("step", "payload"):
        if step in GIVING:
            return False
        if SECTORS in corrections.names_changed(json.loads(payload)["data"]):
            return True
    return False


def towns_of(place_code: str, others: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """The town of the place first, then the others named: one town is the town of the place."""
    own = [place_code[:9]] if len(place_code) >= 9 else []
    return tuple(dict.fromkeys([*own, *others]))


def resolve(stated: Stated, now: datetime, memo: BatchCache | None = None) -> Resolution:
    """The rule that fits, and the first of its posts that somebody holds who need not keep out."""
    leaders = _leaders(stated, now, memo)
    facts = facts_of(stated, leaders)
    rule = rules.rule_for(facts)
    found = first_held(leaders, rules.posts_for(rule, facts, has_town=bool(stated.towns)), stated)
    return _resolution(rule, facts, stated, leaders, found)


def keeping_out(stated: Stated) -> frozenset[int]:
    """Who must keep out, and the unit that is not told."""
    untold = {unit_key(stated.unit_id)} if stated.unit_untold and stated.unit_id is not None else set[int]()
    return stated.barred | untold


def facts_of(stated: Stated, leaders: LeaderPosts) -> Facts:
    return Facts(
        towns=max(len(stated.towns), 1),
        sectors=len(stated.sectors),
        unit_relation=stated.unit_relation,
        unit_has_head=stated.unit_id is not None and leaders.unit_has_head(),
        unit_untold=stated.unit_untold,
    )


def _leaders(stated: Stated, now: datetime, memo: BatchCache | None = None) -> LeaderPosts:
    sector = stated.sectors[0] if stated.sectors else ""
    matter = Matter(stated.unit_id, sector, stated.department)
    return LeaderPosts([_where(stated)], now, matter=matter, memo=memo)


def _where(stated: Stated) -> Where:
    return Where(stated.county_code, stated.towns[0] if len(stated.towns) == 1 else "")


@dataclass(frozen=True)
class Found:
    post: Post | None
    holder: Appointment | None
    passed: tuple[str, ...]


def first_held(leaders: LeaderPosts, posts: tuple[LeaderPost, ...], stated: Stated) -> Found:
    """Asks the posts in turn: who must keep out or is not told sends it one level up, an empty post to the next one.

    If nobody holds any, the first post there is, empty.
    """
    barred = keeping_out(stated)
    empty: Post | None = None
    passed: list[str] = []
    while posts:
        asked = posts[0]
        here = list(leaders.of(asked, _where(stated), stated.hot_field, barred))
        first = next((held for held in here if held.keeps_out or held.holder), None)
        if first is not None and not first.keeps_out:
            return Found(first.post, first.holder, tuple(passed))
        if first is not None:
            if not (stated.unit_untold and asked == LeaderPost.UNIT_HEAD):  # the rule's own words say that
                passed.append(wording.keeps_out(asked))
            posts = rules.above(posts, asked)
            continue
        empty = empty or (here[0].post if here else None)
        passed.append(wording.vacant(asked))
        posts = posts[1:]
    return Found(empty, None, tuple(passed))


def _resolution(rule: Rule, facts: Facts, stated: Stated, leaders: LeaderPosts, found: Found) -> Resolution:
    letter_to = stated.unit_name if rules.needs_letter(facts) else ""
    if not letter_to and found.post is not None and found.post.organization.vertically_managed:
        letter_to = found.post.organization.name
    return Resolution(
        rule=rule.id,
        post=found.post,
        holder=found.holder,
        because=wording.because(rule.id, facts, stated.unit_name),
        passed=found.passed,
        letter_to=letter_to,
        co_unit=leaders.department() if rule.id == "across_towns" else None,
    )


def principal_after(stated: Stated, post: Post, now: datetime) -> tuple[LeaderPost | None, Found]:
    """一把手: what the present leader's post is called, and the principal leader above; no post where nobody is."""
    present = name_of(post, stated.unit_id)
    principals = PRINCIPALS.get(present, ()) if present else ()
    return present, first_held(_leaders(stated, now), principals, stated)
