"""The posts of leaders that §7 and §8 ask for, each named by where it is and what it is. Pure."""

from enum import StrEnum


class Tier(StrEnum):
    """Where a leader's post is. Who must keep out sends a matter to the next post of another tier."""

    UNIT = "unit"
    DEPARTMENT = "department"
    TOWN = "town"
    COUNTY = "county"


class LeaderPost(StrEnum):
    UNIT_HEAD = "unit_head"
    DEPARTMENT_HEAD = "department_head"
    DEPARTMENT_DEPUTY = "department_deputy"
    TOWN_COMMITTEE = "town_committee"
    TOWN_DEPUTY = "town_deputy"
    TOWN_HEAD = "town_head"
    TOWN_SECRETARY = "town_secretary"
    TOWN_POLICE_HEAD = "town_police_head"
    COUNTY_COMMITTEE = "county_committee"
    COUNTY_SECTOR_DEPUTY = "county_sector_deputy"  # in charge of the first-named sector
    COUNTY_DEPUTY = "county_deputy"  # in charge of the hot field, else for political and legal affairs
    COUNTY_POLITICAL_LEGAL = "county_political_legal"  # whatever the field
    COUNTY_HEAD = "county_head"
    COUNTY_SECRETARY = "county_secretary"

    @property
    def tier(self) -> Tier:
        return Tier(self.value.partition("_")[0])


L = LeaderPost
DEPUTIES = (L.TOWN_DEPUTY, L.COUNTY_DEPUTY, L.COUNTY_SECTOR_DEPUTY, L.DEPARTMENT_DEPUTY)
TOWN_LEADERS = (L.TOWN_DEPUTY, L.TOWN_HEAD, L.TOWN_SECRETARY)
COUNTY_LEADERS = (L.COUNTY_DEPUTY, L.COUNTY_HEAD, L.COUNTY_SECRETARY)

# Whom a leader's unsolved matter goes to (一把手): the present post → principals, in turn.
PRINCIPALS: dict[LeaderPost, tuple[LeaderPost, ...]] = {
    L.TOWN_DEPUTY: (L.TOWN_HEAD, L.TOWN_SECRETARY, *COUNTY_LEADERS),
    L.TOWN_HEAD: (L.TOWN_SECRETARY, *COUNTY_LEADERS),
    L.TOWN_COMMITTEE: (L.COUNTY_COMMITTEE, *COUNTY_LEADERS),
    L.TOWN_SECRETARY: COUNTY_LEADERS,
    L.UNIT_HEAD: (L.TOWN_HEAD, L.TOWN_SECRETARY, *COUNTY_LEADERS),
    L.DEPARTMENT_DEPUTY: (L.DEPARTMENT_HEAD, L.COUNTY_SECTOR_DEPUTY, *COUNTY_LEADERS),
    L.DEPARTMENT_HEAD: (L.COUNTY_SECTOR_DEPUTY, *COUNTY_LEADERS),
    L.COUNTY_COMMITTEE: (L.COUNTY_HEAD, L.COUNTY_SECRETARY),
    L.COUNTY_SECTOR_DEPUTY: (L.COUNTY_HEAD, L.COUNTY_SECRETARY),
    L.COUNTY_DEPUTY: (L.COUNTY_HEAD, L.COUNTY_SECRETARY),
    L.COUNTY_HEAD: (L.COUNTY_SECRETARY,),
    L.COUNTY_SECRETARY: (),
}
