"""The answers of the pages become a plan."""

from __future__ import annotations

from typing import Any

from first_start.rules.county_units import Named
from first_start.rules.departments import Department
from first_start.rules.people import OFFICES, Person
from first_start.rules.plan import CountyPlan, units_of, with_aliases
from first_start.rules.town_units import USUAL_STATIONS
from first_start.services.answers import Answers
from first_start.services.checking import FIELDS
from first_start.services.reading import holidays_of, known_aliases, places_of
from first_start.services.template import usual_departments
from jurisdictions.choices import OrganizationKind, PostRole


def plan_of(answers: Answers) -> CountyPlan:
    """What is not answered yet is as usual, or empty."""
    units = answers.get("units", {})
    lines, _problem = places_of(answers["places"]["text"]) if "places" in answers else ([], "")
    calendar = answers.get("calendar", {}).get("text", "")
    holidays = holidays_of(calendar)[0] if calendar else None
    return CountyPlan(
        lines=with_aliases(lines, known_aliases()),
        departments=departments_of(answers),
        people=people_of(answers),
        names={code: Named(**named) for code, named in units.get("names", {}).items()},
        stations=tuple(units.get("stations", USUAL_STATIONS)),
        address=units.get("address", ""),
        phone=units.get("phone", ""),
        holidays=(holidays,) if holidays else (),
    )


def departments_of(answers: Answers) -> tuple[Department, ...]:
    if "departments" not in answers:
        return usual_departments()
    rows = answers["departments"]["rows"]
    return tuple(Department(**row | {"fields": tuple(row["fields"])}) for row in rows)


def people_of(answers: Answers) -> tuple[Person, ...]:
    """The officers are lines 1 to 3, the others follow."""
    return tuple(people_in(answers.get("people", {})))


def people_in(answer: dict[str, Any]) -> list[Person]:
    officers = answer.get("officers", {})
    rows = [
        Person(line, said["username"], said["name"], OFFICES[office], office, said.get("email", ""))
        for line, (office, said) in enumerate(officers.items(), start=1)
    ]
    for line, said in enumerate(answer.get("others", []), start=len(OFFICES) + 1):
        unit, _colon, role = said["post"].partition(":")
        rows.append(Person(line, said["username"], said["name"], unit, role, said.get("email", "")))
    return rows


def post_choices(plan: CountyPlan) -> list[tuple[str, str]]:
    """Posts somebody may be named for at once, without the villages' and the officers'."""
    roles = dict(PostRole.choices)
    return [
        (f"{unit.code}:{post.role}", f"{unit.short_name or unit.name}{post.title or roles[post.role]}")
        for unit in units_of(plan, FIELDS)
        if unit.kind != OrganizationKind.VILLAGE_COMMITTEE
        for post in unit.posts
        if post.role not in OFFICES
    ]


def counts(plan: CountyPlan) -> dict[str, int]:
    units = units_of(plan, FIELDS)
    kinds = [line.kind for line in plan.lines]
    return {
        "towns": kinds.count("town"),
        "villages": kinds.count("village"),
        "units": len(units),
        "posts": sum(len(unit.posts) for unit in units),
        "departments": len(plan.departments),
        "people": len(plan.people),
    }
