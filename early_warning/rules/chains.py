"""Who is told of a warning, in which order: §7's two steps and what the county set after them. A table, pure."""

from dataclasses import dataclass

from responsibility.rules.leader_posts import LeaderPost

SECTION_7, SECTION_8, SETTING = "§7", "§8", "setting"


@dataclass(frozen=True)
class Rung:
    """One step of a chain, in the town of the dispute or at its county."""

    asked: LeaderPost
    basis: str


L = LeaderPost

# level → who is told first, then where it climbs to (§7 word for word; the county decided the rest)
CHAINS: dict[int, tuple[Rung, ...]] = {
    3: (
        Rung(L.TOWN_DEPUTY, SECTION_7),
        Rung(L.TOWN_HEAD, SECTION_7),
        Rung(L.TOWN_SECRETARY, SECTION_8),
        Rung(L.COUNTY_POLITICAL_LEGAL, SETTING),
        Rung(L.COUNTY_SECRETARY, SETTING),
    ),
    2: (
        Rung(L.TOWN_HEAD, SECTION_7),
        Rung(L.TOWN_SECRETARY, SECTION_7),
        Rung(L.COUNTY_POLITICAL_LEGAL, SETTING),
        Rung(L.COUNTY_SECRETARY, SETTING),
    ),
    1: (
        Rung(L.TOWN_SECRETARY, SECTION_7),
        Rung(L.COUNTY_POLITICAL_LEGAL, SECTION_8),
        Rung(L.COUNTY_SECRETARY, SETTING),
    ),
}
# danger to life, whatever the level: told beside the duty posts, as of a level 1 that happens
WHEN_DANGEROUS = (L.TOWN_DEPUTY, L.TOWN_SECRETARY, L.TOWN_HEAD, L.TOWN_POLICE_HEAD)
WHEN_DANGEROUS_AT_COUNTY = (L.COUNTY_POLITICAL_LEGAL, L.COUNTY_SECRETARY)
# a level-1 event that is already happening: told together with the Party secretary (§10)
AT_ONCE_WHEN_HAPPENING = (L.TOWN_HEAD, L.TOWN_POLICE_HEAD)
