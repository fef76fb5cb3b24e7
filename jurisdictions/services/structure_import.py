"""A whole structure at once: sectors, units and posts that are not there yet, in a few bulk statements.

Who may call is asked above. What the county has already, it keeps as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record_change
from core.actor import Actor
from jurisdictions.models import Organization, Place, Post, Sector
from jurisdictions.rules.units import SectorRow, UnitRow


@dataclass(frozen=True)
class Added:
    """How many."""

    sectors: int = 0
    units: int = 0
    posts: int = 0


@dataclass(frozen=True)
class Written:
    """The rows that no row of that code had stood for before."""

    sectors: list[Sector]
    units: list[Organization]
    posts: list[Post]

    def count(self) -> Added:
        return Added(len(self.sectors), len(self.units), len(self.posts))


@transaction.atomic
def add_missing(
    *, sectors: Sequence[SectorRow], units: Sequence[UnitRow], valid_from: date, by: Actor, now: datetime
) -> Added:
    """Adds what is not there and records who did. Places and parents must be there or among the rows; KeyError else."""
    written = write_missing(sectors=sectors, units=units, valid_from=valid_from)
    if (added := written.count()) != Added():
        record_change(
            by=by,
            now=now,
            target_type="organization",
            target_id="import",
            label=_("单位和岗位"),
            before={},
            after={unit.code: unit.name for unit in written.units} | {p.code: str(p) for p in written.posts},
        )
    return added


def write_missing(*, sectors: Sequence[SectorRow], units: Sequence[UnitRow], valid_from: date) -> Written:
    """Only the rows: the demo's county is made up, and nobody entered it."""
    return Written(_add_sectors(sectors), _add_units(units, valid_from), _add_posts(units))


def _add_sectors(rows: Sequence[SectorRow]) -> list[Sector]:
    known = {word for words in Sector.objects.values_list("code", "alias") for word in words}
    fresh = [Sector(code=r.code, name=r.name, alias=r.alias) for r in rows if not {r.code, r.alias} & known]
    return Sector.objects.bulk_create(fresh)


def _add_units(rows: Sequence[UnitRow], valid_from: date) -> list[Organization]:
    """Parents before children: a level at a time, because a unit points at the one above."""
    known: dict[str, Organization] = {unit.code: unit for unit in Organization.objects.all()}
    places = {place.code: place for place in Place.objects.all()}
    waiting = [row for row in rows if row.code not in known]
    fresh: list[Organization] = []
    while waiting:
        coming = {row.code for row in waiting}
        ready = [row for row in waiting if row.parent not in coming]
        made = Organization.objects.bulk_create(
            _unit(row, places[row.place], known.get(row.parent), valid_from) for row in ready
        )
        known |= {unit.code: unit for unit in made}
        fresh += made
        waiting = [row for row in waiting if row.code not in known]
    _join_sectors({row.code: row.sectors for row in rows}, fresh)
    return fresh


def _unit(row: UnitRow, place: Place, parent: Organization | None, valid_from: date) -> Organization:
    return Organization(
        code=row.code,
        name=row.name,
        short_name=row.short_name,
        kind=row.kind,
        place=place,
        parent=parent,
        vertically_managed=row.vertically_managed,
        address=row.address,
        phone=row.phone,
        paper_mark=row.paper_mark,
        valid_from=valid_from,
    )


def _join_sectors(sectors_of: dict[str, tuple[str, ...]], units: list[Organization]) -> None:
    known = {sector.code: sector.pk for sector in Sector.objects.all()}
    through = Organization.sectors.through
    through.objects.bulk_create(
        through(organization_id=unit.pk, sector_id=known[code])
        for unit in units
        for code in sectors_of[unit.code]
        if code in known
    )


def _add_posts(rows: Sequence[UnitRow]) -> list[Post]:
    """A unit that has a post of that role keeps it, whatever its title."""
    units = {unit.code: unit for unit in Organization.objects.filter(code__in=[row.code for row in rows])}
    held = set(Post.objects.values_list("organization__code", "role"))
    return Post.objects.bulk_create(
        Post(
            organization=units[row.code],
            role=post.role,
            title=post.title,
            portfolio=list(post.portfolio),
            is_political_legal=post.is_political_legal,
        )
        for row in rows
        for post in row.posts
        if (row.code, post.role) not in held
    )
