"""What the help page of a role shows: duties with today's limits, the way through the pages, whom to ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.urls import reverse

from accounts.models import Appointment
from calendars.errors import RuleMissing
from calendars.presenters import limit_words
from calendars.services.rules import RuleBook
from core.actor import Actor
from core.clock import shanghai_date
from dashboards.wording_duties import PAGES, Duty
from dashboards.wording_roles import HELP, RoleHelp
from jurisdictions.choices import PostRole

KEEPERS = (PostRole.ADMINISTRATOR, PostRole.SECURITY)  # about accounts and rights
MOST_ASKED = 6


@dataclass(frozen=True)
class LimitRow:
    """A limit in words with where it is written; `varies`: some categories or sources have their own."""

    label: str
    words: str
    source: str
    varies: bool


@dataclass(frozen=True)
class DutyRow:
    text: Any
    limits: list[LimitRow]


@dataclass(frozen=True)
class PageRow:
    title: Any
    use: Any
    url: str  # empty on the page of a role the reader does not hold


@dataclass(frozen=True)
class Help:
    role: PostRole
    purpose: Any
    is_own: bool
    duties: list[DutyRow]
    pages: list[PageRow]


def helps_for(roles: Iterable[str], own: Iterable[str], now: datetime) -> list[Help]:
    """One for each role; one query for all limits."""
    wanted, held = [(PostRole(role), HELP[role]) for role in roles], set(own)
    keys = {key for _role, told in wanted for duty in told.duties for key in duty.limits}
    book = RuleBook(shanghai_date(now), sorted(keys)) if keys else None
    return [_help(role, told, book, is_own=role in held) for role, told in wanted]


def _help(role: PostRole, told: RoleHelp, book: RuleBook | None, *, is_own: bool) -> Help:
    pages = (PAGES[name] for name in told.pages)
    return Help(
        role=role,
        purpose=told.purpose,
        is_own=is_own,
        duties=[DutyRow(duty.text, _limits(duty, book)) for duty in told.duties],
        pages=[PageRow(page.title, page.use, reverse(page.url_name) if is_own else "") for page in pages],
    )


def _limits(duty: Duty, book: RuleBook | None) -> list[LimitRow]:
    found = [_limit(key, book) for key in duty.limits] if book else []
    return [row for row in found if row is not None]


def _limit(key: models.TextChoices, book: RuleBook) -> LimitRow | None:
    """The general row of today; None where the county has none."""
    try:
        rule = book.rule(key)
    except RuleMissing:
        return None
    words = limit_words(rule.limit, rule.unit)
    return LimitRow(str(key.label), words, rule.source, book.has_others(key))


def roles_of(appointments: Iterable[Appointment]) -> list[str]:
    """The roles a person acts in, those they stand in for included; each once."""
    return list(dict.fromkeys(held.post.role for held in appointments))


def asked_about_the_work(by: Actor | None, now: datetime) -> list[Appointment]:
    """Who holds the county office's posts, then the coordinators of the reader's own centre."""
    held = Appointment.objects.current(shanghai_date(now)).with_post()
    here = by.organization.place.town_code if by is not None and by.organization is not None else ""
    office = list(held.filter(post__role=PostRole.OFFICE).order_by("post", "pk")[:MOST_ASKED])
    if not here:
        return office
    own = held.filter(post__role=PostRole.COORDINATOR, post__organization__place__code=here)
    return office + list(own.order_by("post", "pk")[:MOST_ASKED])


def asked_about_accounts(now: datetime) -> list[Appointment]:
    held = Appointment.objects.current(shanghai_date(now)).with_post().filter(post__role__in=KEEPERS)
    return list(held.order_by("post__role", "pk")[:MOST_ASKED])
