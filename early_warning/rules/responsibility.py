"""§8: who must resolve a dispute. A table, pure; the first rule that fits decides.

The facts are stated by a person. Nothing here follows from the category: it only says which deputy is in charge.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Facts:
    """`towns` counts every town concerned, the one of the place included; `sectors` the departments within whose
    powers the matter lies; `unit_relation` is inside, versus_locality or empty."""

    towns: int = 1
    sectors: int = 0
    unit_relation: str = ""
    unit_has_head: bool = False  # its head or legal representative holds a post here
    unit_untold: bool = False  # those who brought the matter do not agree that the unit is told


@dataclass(frozen=True)
class Seat:
    """Whose chair: `who` among the posts of a `level`. One level up means the next seat of another level."""

    who: str
    level: str


UNIT, DEPARTMENT, TOWN, COUNTY = "unit", "department", "town", "county"

UNIT_HEAD = Seat("head", UNIT)
DEPARTMENT_HEAD = Seat("head", DEPARTMENT)
DEPARTMENT_DEPUTY = Seat("deputy", DEPARTMENT)
TOWN_COMMITTEE = Seat("committee", TOWN)
TOWN_DEPUTY = Seat("deputy", TOWN)
TOWN_HEAD = Seat("head", TOWN)
TOWN_SECRETARY = Seat("secretary", TOWN)
COUNTY_COMMITTEE = Seat("committee", COUNTY)
SECTOR_DEPUTY = Seat("sector_deputy", COUNTY)  # in charge of the first-named sector
COUNTY_DEPUTY = Seat("deputy", COUNTY)
COUNTY_HEAD = Seat("head", COUNTY)
COUNTY_SECRETARY = Seat("secretary", COUNTY)

COUNTY_LEADERS = (COUNTY_DEPUTY, COUNTY_HEAD, COUNTY_SECRETARY)
TOWN_LEADERS = (TOWN_DEPUTY, TOWN_HEAD, TOWN_SECRETARY)


@dataclass(frozen=True)
class Rule:
    """A situation of §8. `seats`: whose turn it is first, then who steps in when a chair is empty or barred."""

    id: str
    fits: Callable[[Facts], bool]
    seats: tuple[Seat, ...]


RULES: tuple[Rule, ...] = (
    Rule(
        "unit_versus_locality",
        lambda facts: facts.unit_relation == "versus_locality",
        (TOWN_COMMITTEE, TOWN_SECRETARY, COUNTY_COMMITTEE, *COUNTY_LEADERS),
    ),
    Rule(
        "inside_unit",
        lambda facts: facts.unit_relation == "inside" and facts.unit_has_head,
        (UNIT_HEAD, *TOWN_LEADERS, *COUNTY_LEADERS),
    ),
    Rule("across_sectors", lambda facts: facts.sectors >= 2, (SECTOR_DEPUTY, *COUNTY_LEADERS)),
    Rule("across_towns", lambda facts: facts.towns >= 2, COUNTY_LEADERS),
    Rule("one_sector", lambda facts: facts.sectors == 1, (DEPARTMENT_HEAD, SECTOR_DEPUTY, *COUNTY_LEADERS)),
    Rule("within_town", lambda facts: True, (*TOWN_LEADERS, *COUNTY_LEADERS)),
)


def rule_for(facts: Facts) -> Rule:
    """The first rule that fits; the last one always does."""
    return next(rule for rule in RULES if rule.fits(facts))


def seats_for(rule: Rule, facts: Facts, *, has_town: bool = True) -> tuple[Seat, ...]:
    """The seats to ask in turn. Between two towns, or where the place is the county itself, no town decides."""
    if has_town and facts.towns < 2:
        return rule.seats
    return tuple(seat for seat in rule.seats if seat.level != TOWN)


def above(seats: tuple[Seat, ...], seat: Seat) -> tuple[Seat, ...]:
    """Who comes after somebody who must keep out (信访工作条例 art. 30): one level up, at the county the next seat."""
    rest = seats[seats.index(seat) + 1 :]
    return rest if seat.level == COUNTY else tuple(other for other in rest if other.level != seat.level)


def needs_letter(facts: Facts) -> bool:
    """A unit whose head holds no post here cannot be named: the town serves it in writing (交办函)."""
    return facts.unit_relation == "inside" and not facts.unit_has_head


DEPUTIES = (TOWN_DEPUTY, COUNTY_DEPUTY, SECTOR_DEPUTY, DEPARTMENT_DEPUTY)

# Whom a leader's unsolved matter goes to (一把手): seat of the present post → principal, in turn.
PRINCIPALS: dict[Seat, tuple[Seat, ...]] = {
    TOWN_DEPUTY: (TOWN_HEAD, TOWN_SECRETARY, *COUNTY_LEADERS),
    TOWN_HEAD: (TOWN_SECRETARY, *COUNTY_LEADERS),
    TOWN_COMMITTEE: (COUNTY_COMMITTEE, *COUNTY_LEADERS),
    TOWN_SECRETARY: COUNTY_LEADERS,
    UNIT_HEAD: (TOWN_HEAD, TOWN_SECRETARY, *COUNTY_LEADERS),
    DEPARTMENT_DEPUTY: (DEPARTMENT_HEAD, SECTOR_DEPUTY, *COUNTY_LEADERS),
    DEPARTMENT_HEAD: (SECTOR_DEPUTY, *COUNTY_LEADERS),
    COUNTY_COMMITTEE: (COUNTY_HEAD, COUNTY_SECRETARY),
    SECTOR_DEPUTY: (COUNTY_HEAD, COUNTY_SECRETARY),
    COUNTY_DEPUTY: (COUNTY_HEAD, COUNTY_SECRETARY),
    COUNTY_HEAD: (COUNTY_SECRETARY,),
    COUNTY_SECRETARY: (),
}
