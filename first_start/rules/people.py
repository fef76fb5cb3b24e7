"""Who holds which post on the first day, from a table; the three officers are three people. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from first_start.rules.tables import Row, Table

OFFICES = {  # the three officers and the unit their post stands in unless another is named
    "administrator": "county.data",
    "security": "county.security",
    "auditor": "county.audit",
}
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")
LONGEST_NAME = 60


class Wrong(StrEnum):
    USERNAME = "username"
    TWICE = "twice"
    NAME = "name"
    POST = "post"
    OFFICER_TWICE = "officer_twice"


@dataclass(frozen=True)
class Person:
    """`line` is where it was written; `unit` a unit's code, `role` a post's."""

    line: int
    username: str
    name: str
    unit: str
    role: str
    email: str = ""
    phone: str = ""

    @property
    def post(self) -> str:
        return f"{self.unit}:{self.role}"

    @property
    def is_officer(self) -> bool:
        return self.role in OFFICES


def people(table: Table, roles: dict[str, str]) -> list[Person]:
    """`roles` maps the words a post may be written with to its code."""
    return [_person(row, roles) for row in table.rows]


def _person(row: Row, roles: dict[str, str]) -> Person:
    role = roles.get(row["岗位"], row["岗位"])
    return Person(
        line=row.line,
        username=row["账号"].lower(),
        name=row["姓名"],
        unit=row["单位代码"].lower() or OFFICES.get(role, ""),
        role=role,
        email=row["电子邮箱"],
        phone=row["手机"],
    )


def problems(rows: Sequence[Person], posts: Collection[str]) -> Iterator[tuple[Person, Wrong]]:
    """Each person with what is wrong with them; `posts` are those there are or will be, as `unit:role`."""
    names: dict[str, str] = {}
    held: set[tuple[str, str]] = set()
    offices: dict[str, str] = {}
    for row in rows:
        same_person = names.setdefault(row.username, row.name) == row.name
        checks = (
            (not USERNAME.fullmatch(row.username), Wrong.USERNAME),
            (not 0 < len(row.name) <= LONGEST_NAME or not row.name.isprintable(), Wrong.NAME),
            (not same_person or (row.username, row.post) in held, Wrong.TWICE),
            (row.post not in posts, Wrong.POST),
            (row.is_officer and offices.setdefault(row.username, row.role) != row.role, Wrong.OFFICER_TWICE),
        )
        held.add((row.username, row.post))
        yield from ((row, wrong) for is_wrong, wrong in checks if is_wrong)


def missing_offices(rows: Sequence[Person]) -> list[str]:
    """Which of the three officers nobody is named for."""
    named = {row.role for row in rows}
    return [office for office in OFFICES if office not in named]
