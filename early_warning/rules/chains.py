"""Who is told of a warning, in which order: §7's two steps and what the county set after them. A table, pure."""

from dataclasses import dataclass

SECTION_7, SECTION_8, SETTING = "§7", "§8", "setting"


@dataclass(frozen=True)
class Rung:
    """One step of a chain. `seat` says whose post it is: of the town of the dispute or of the county."""

    seat: str
    basis: str


DEPUTY, HEAD, SECRETARY = "town_deputy", "town_head", "town_secretary"
COUNTY_DEPUTY, COUNTY_SECRETARY = "county_deputy", "county_secretary"

# level → who is told first, then where it climbs to (§7 word for word; the county decided the rest)
CHAINS: dict[int, tuple[Rung, ...]] = {
    3: (
        Rung(DEPUTY, SECTION_7),
        Rung(HEAD, SECTION_7),
        Rung(SECRETARY, SECTION_8),
        Rung(COUNTY_DEPUTY, SETTING),
        Rung(COUNTY_SECRETARY, SETTING),
    ),
    2: (
        Rung(HEAD, SECTION_7),
        Rung(SECRETARY, SECTION_7),
        Rung(COUNTY_DEPUTY, SETTING),
        Rung(COUNTY_SECRETARY, SETTING),
    ),
    1: (
        Rung(SECRETARY, SECTION_7),
        Rung(COUNTY_DEPUTY, SECTION_8),
        Rung(COUNTY_SECRETARY, SETTING),
    ),
}
# danger to life, whatever the level: told beside the duty posts, as of a level 1 that happens
WHEN_DANGEROUS = (DEPUTY, SECRETARY, HEAD, "police_head")
WHEN_DANGEROUS_AT_COUNTY = (COUNTY_DEPUTY, COUNTY_SECRETARY)
# a level-1 event that is already happening: told together with the Party secretary (§10)
AT_ONCE_WHEN_HAPPENING = (HEAD, "police_head")
