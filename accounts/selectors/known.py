"""Rows that many pages show and few people change, as `core.remembered` keeps them: to read and to point at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from accounts.models import Appointment
from core.remembered import one_look, remembered_rows
from jurisdictions.models import Organization, Place, Post

Rows = Callable[[Collection[int]], Mapping[int, Any]]
UNWATCHED = ("password", "last_login", "must_change_password", "is_staff", "is_superuser", "date_joined")


@remembered_rows
def units(ids: Collection[int]) -> Mapping[int, Organization]:
    return Organization.objects.select_related("place").in_bulk(ids)


@remembered_rows
def places(ids: Collection[int]) -> Mapping[int, Place]:
    return Place.objects.in_bulk(ids)


@remembered_rows
def posts(ids: Collection[int]) -> Mapping[int, Post]:
    return Post.objects.select_related("organization__place").in_bulk(ids)


@remembered_rows
def appointments(ids: Collection[int]) -> Mapping[int, Appointment]:
    """With user and post; of the user only what is watched."""
    rows = Appointment.objects.with_post().defer(*(f"user__{name}" for name in UNWATCHED))
    found: Mapping[int, Appointment] = rows.in_bulk(ids)
    return found


def with_known(rows: Iterable[Any], **kept: Rows) -> None:
    """Puts what these foreign keys point at beside the rows: no join to plan, and no query for what is remembered."""
    found = list(rows)
    with one_look():
        for read in set(kept.values()):
            names = [name for name, one in kept.items() if one is read]
            wanted = [
                (row, name, pk) for row in found for name in names if (pk := getattr(row, f"{name}_id"))
            ]
            known = read({pk for _row, _name, pk in wanted}) if wanted else {}
            for row, name, pk in wanted:
                row._state.fields_cache[name] = known[
                    pk
                ]  # as assigning does, without its checks of what it is
