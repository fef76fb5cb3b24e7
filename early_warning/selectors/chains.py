"""The chains of §7 with who holds each rung's post today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Appointment
from early_warning.rules import chains as rules
from early_warning.rules.chains import Rung
from jurisdictions.choices import PlaceKind, PostRole
from jurisdictions.models import Place, Post
from responsibility.rules.leader_posts import LeaderPost, Tier
from responsibility.selectors.leader_posts import LeaderPosts, Where

L, R = LeaderPost, PostRole
ROLES: dict[LeaderPost, str] = {
    L.TOWN_DEPUTY: R.DEPUTY,
    L.TOWN_HEAD: R.HEAD,
    L.TOWN_SECRETARY: R.PARTY_SECRETARY,
    L.TOWN_POLICE_HEAD: R.HEAD,
    L.COUNTY_POLITICAL_LEGAL: R.DEPUTY,
    L.COUNTY_SECRETARY: R.PARTY_SECRETARY,
}


@dataclass(frozen=True)
class ChainPost:
    """One rung as it is filled today. Without such a post, or without a holder, it is vacant."""

    basis: str
    role: str
    post: Post | None = None
    holder: Appointment | None = None

    @property
    def organization(self) -> object | None:
        return self.post.organization if self.post else None


def posts_around(towns: Iterable[Place], now: datetime) -> LeaderPosts:
    """Who holds which post in these towns and their counties; three queries, whatever their number."""
    return LeaderPosts([Where.of(town) for town in towns], now)


def chain(posts: LeaderPosts, town: Place, level: int, hot_field: str) -> tuple[ChainPost, ...]:
    """The rungs of a level in their order. A place that is the county itself has the county's alone."""
    rungs = rules.CHAINS[level]
    if town.kind == PlaceKind.COUNTY:
        rungs = tuple(rung for rung in rungs if rung.asked.tier == Tier.COUNTY)
    return tuple(_filled(posts, rung, town, hot_field) for rung in rungs)


def at_once(posts: LeaderPosts, town: Place) -> tuple[ChainPost, ...]:
    """Told together with the first rung when the event is already happening (§10)."""
    rungs = (Rung(asked, rules.SETTING) for asked in rules.AT_ONCE_WHEN_HAPPENING)
    return tuple(_filled(posts, rung, town, "") for rung in rungs)


def in_danger(posts: LeaderPosts, town: Place, hot_field: str) -> tuple[ChainPost, ...]:
    """Told of danger to life in a town; a place that is the county itself has the county's leaders."""
    county = town.kind == PlaceKind.COUNTY
    asked = rules.WHEN_DANGEROUS_AT_COUNTY if county else rules.WHEN_DANGEROUS
    return tuple(_filled(posts, Rung(one, rules.SETTING), town, hot_field) for one in asked)


def chain_for(town: Place, level: int, hot_field: str, now: datetime) -> tuple[ChainPost, ...]:
    return chain(posts_around([town], now), town, level, hot_field)


def chains_for(
    towns: Sequence[Place], hot_field: str, now: datetime
) -> dict[str, dict[int, tuple[ChainPost, ...]]]:
    """Town code → level → rungs."""
    posts = posts_around(towns, now)
    return {
        town.code: {level: chain(posts, town, level, hot_field) for level in sorted(rules.CHAINS)}
        for town in towns
    }


def _filled(posts: LeaderPosts, rung: Rung, town: Place, hot_field: str) -> ChainPost:
    post, holder = posts.first(posts.posts(rung.asked, Where.of(town), hot_field))
    return ChainPost(rung.basis, ROLES[rung.asked], post, holder)
