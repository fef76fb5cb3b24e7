"""Units with their posts, and lines of business, as plain rows: what a whole structure is written from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PostRow:
    role: str
    title: str = ""
    portfolio: tuple[str, ...] = ()
    is_political_legal: bool = False


@dataclass(frozen=True)
class UnitRow:
    """`place` is a division code, `parent` another row's code or empty."""

    code: str
    name: str
    kind: str
    place: str
    short_name: str = ""
    parent: str = ""
    sectors: tuple[str, ...] = ()
    vertically_managed: bool = False
    posts: tuple[PostRow, ...] = ()
    address: str = ""
    phone: str = ""
    paper_mark: str = ""  # what the numbers of its papers begin with


@dataclass(frozen=True)
class SectorRow:
    code: str
    name: str
    alias: str
