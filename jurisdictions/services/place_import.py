"""Places from a file of statistics-bureau codes: what each line would do, and doing all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record_change
from core.actor import Actor
from core.errors import Conflict
from jurisdictions.models import Place
from jurisdictions.rules.pinyin import initials
from jurisdictions.rules.place_csv import Effect, Line, Problem
from jurisdictions.services.places import PARENT_DIGITS


@dataclass(frozen=True)
class PlannedLine:
    line: Line
    effect: Effect
    old_name: str = ""


@dataclass(frozen=True)
class Plan:
    """What the file would do. Places that are not in the file stay as they are."""

    lines: tuple[PlannedLine, ...]

    def count(self, effect: Effect) -> int:
        return sum(row.effect is effect for row in self.lines)

    @property
    def is_usable(self) -> bool:
        return not self.count(Effect.WRONG) and bool(self.count(Effect.ADDED) + self.count(Effect.RENAMED))

    @property
    def changes(self) -> list[PlannedLine]:
        return [row for row in self.lines if row.effect in {Effect.ADDED, Effect.RENAMED}]


def plan(lines: Sequence[Line]) -> Plan:
    """Looks only; every line says what it would do or what is wrong with it."""
    known = {place.code: place for place in Place.objects.all()}
    county = _county(known, lines)
    codes = {*known, *(line.code for line in lines if line.problem is None)}
    aliases = {place.alias: place.code for place in known.values() if place.alias}
    planned = []
    for line in lines:
        row = _planned(line, known, codes, county, aliases)
        if row.effect in {Effect.ADDED, Effect.RENAMED} and line.alias:
            aliases[line.alias] = line.code
        planned.append(row)
    return Plan(tuple(planned))


def _county(known: dict[str, Place], lines: Sequence[Line]) -> str:
    """An installation serves one county: the one it has, else the first of the file."""
    stored = next((code for code in known if len(code) == 6), "")
    return stored or next((line.code[:6] for line in lines if line.kind), "")


def _planned(
    line: Line, known: dict[str, Place], codes: set[str], county: str, aliases: dict[str, str]
) -> PlannedLine:
    if line.above:
        return PlannedLine(line, Effect.PASSED_OVER)
    place = known.get(line.code)
    problem = line.problem or _misfit(line, place, codes, county, aliases)
    if problem is not None:
        return PlannedLine(replace(line, problem=problem), Effect.WRONG)
    if place is None:
        return PlannedLine(line, Effect.ADDED)
    same = place.name == line.name and line.alias in ("", place.alias)
    return PlannedLine(line, Effect.SAME if same else Effect.RENAMED, place.name)


def _misfit(
    line: Line, place: Place | None, codes: set[str], county: str, aliases: dict[str, str]
) -> Problem | None:
    if not line.code.startswith(county):
        return Problem.OTHER_COUNTY
    if line.kind in PARENT_DIGITS and line.code[: PARENT_DIGITS[line.kind]] not in codes:
        return Problem.NO_PARENT
    if line.alias and (aliases.get(line.alias, line.code) != line.code or line.alias in codes):
        return Problem.ALIAS_TAKEN
    return Problem.ENDED if place is not None and place.valid_to is not None else None


@transaction.atomic
def load(*, lines: Sequence[Line], valid_from: date, by: Actor, now: datetime) -> Plan:
    """Does what `plan` says, counties first; a file with a wrong line changes nothing."""
    todo = plan(lines)
    if todo.count(Effect.WRONG):
        raise Conflict(_("文件里还有 %d 行有误，没有导入任何内容。") % todo.count(Effect.WRONG))
    _add([row.line for row in todo.changes if row.effect is Effect.ADDED], valid_from)
    _rename([row.line for row in todo.changes if row.effect is Effect.RENAMED])
    record_change(
        by=by,
        now=now,
        target_type="place",
        target_id="import",
        label="CSV",
        before={row.line.code: row.old_name for row in todo.changes if row.old_name},
        after={row.line.code: row.line.name for row in todo.changes},
    )
    return todo


def _add(lines: list[Line], valid_from: date) -> None:
    """One level at a time, because a place points at the one above."""
    known = {place.code: place for place in Place.objects.filter(kind__in=["county", "town"])}
    for kind in ("county", "town", "village"):
        rows = [
            Place(
                code=line.code,
                name=line.name,
                kind=kind,
                parent=known[line.code[: PARENT_DIGITS[kind]]] if kind in PARENT_DIGITS else None,
                alias=line.alias,
                pinyin=initials(line.name)[:30],
                valid_from=valid_from,
            )
            for line in lines
            if line.kind == kind
        ]
        known |= {place.code: place for place in Place.objects.bulk_create(rows)}


def _rename(lines: list[Line]) -> None:
    wanted = {line.code: line for line in lines}
    rows = list(Place.objects.select_for_update().filter(code__in=wanted))
    for place in rows:
        line = wanted[place.code]
        if place.name != line.name:
            place.name, place.pinyin = line.name, initials(line.name)[:30]
        place.alias = line.alias or place.alias
    Place.objects.bulk_update(rows, ["name", "pinyin", "alias"])
