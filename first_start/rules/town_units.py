"""Units and posts of towns and villages, by the usual pattern. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jurisdictions.rules.units import PostRow, UnitRow


@dataclass(frozen=True)
class Division:
    """A town or a village: its division code, its short code (t01, t01.v01) and its name."""

    code: str
    alias: str
    name: str


@dataclass(frozen=True)
class Leadership:
    """How a town's committee, its government and their heads are called."""

    party: str
    party_short: str
    government: str
    government_short: str
    head: str


@dataclass(frozen=True)
class Station:
    """A unit many towns have. `{county}`, `{town}` and `{stem}` (青石 of 青石镇) go into its names."""

    key: str
    kind: str
    name: str
    short_name: str
    parent: str  # a department of the county, or empty: the town's government
    sector: str
    posts: tuple[PostRow, ...]


STATIONS = (
    Station("mediation", "mediation_committee", "{town}人民调解委员会", "{town}调委会", "", "",
            (PostRow("mediator", "调解员"),)),
    Station("petition", "petition_office", "{town}信访办公室", "{town}信访办", "", "",
            (PostRow("handler", "信访专干"),)),
    Station("justice", "justice_office", "{county}司法局{stem}司法所", "{stem}司法所", "justice", "legal_services",
            (PostRow("handler", "所长"),)),
    Station("police", "police_station", "{county}公安局{stem}派出所", "{stem}派出所", "police", "public_security",
            (PostRow("handler", "社区民警"), PostRow("head", "所长"))),
    Station("tribunal", "tribunal", "{county}人民法院{stem}人民法庭", "{stem}法庭", "court", "",
            (PostRow("handler", "庭长"),)),
    Station("nr", "town_station", "{town}自然资源所", "", "nr", "natural_resources", (PostRow("handler", "负责人"),)),
    Station("agri", "town_station", "{town}农业综合服务中心", "", "agri", "agriculture",
            (PostRow("handler", "负责人"),)),
    Station("hrss", "town_station", "{town}便民服务中心", "", "hrss", "labour", (PostRow("handler", "负责人"),)),
    Station("enforcement", "town_station", "{town}综合行政执法队", "", "", "", (PostRow("handler", "负责人"),)),
)  # fmt: skip
USUAL_STATIONS = tuple(row.key for row in STATIONS if row.key != "tribunal")
MOST_TOWNS, MOST_VILLAGES = 99, 999


def leadership(town: str) -> Leadership:
    """Streets and zones have a working committee; a town has a 镇长, a township a 乡长."""
    if town.endswith(("镇", "乡")):
        return Leadership(
            f"中共{town}委员会", f"{town}党委", f"{town}人民政府", f"{town}政府", f"{town[-1]}长"
        )
    party, short = f"中共{town}工作委员会", f"{town}党工委"
    if town.endswith("街道"):
        return Leadership(party, short, f"{town}办事处", f"{town}办事处", "主任")
    if town.endswith(("委员会", "管委会")):
        return Leadership(party, short, town, town, "主任")
    return Leadership(party, short, f"{town}管理委员会", f"{town}管委会", "主任")


def town_units(
    county: str, town: Division, stations: Sequence[str], departments: Iterable[str], fields: tuple[str, ...]
) -> list[UnitRow]:
    """Party committee, government, governance group and centre, then the chosen stations."""
    said, t, place = leadership(town.name), town.alias, town.code
    deputy = PostRow("deputy", f"副{said.head}、政法委员", fields, True)
    p = PostRow
    return [
        UnitRow(f"{t}.party", said.party, "party_committee", place, said.party_short, "county.party",
                posts=(p("party_secretary", "书记"),)),
        UnitRow(f"{t}.gov", said.government, "government", place, said.government_short, "county.gov",
                posts=(p("head", said.head), deputy)),
        UnitRow(f"{t}.committee", f"{town.name}平安建设领导小组", "governance_committee", place, "", "county.committee",
                posts=(p("head", "组长"),)),
        UnitRow(f"{t}.centre", f"{town.name}社会治安综合治理中心", "governance_centre", place, f"{town.name}综治中心",
                "county.centre", posts=(p("coordinator", "主任"), p("clerk", "受理员"), p("duty", "值班员"))),
        *_stations(county, town, stations, set(departments)),
    ]  # fmt: skip


def _stations(county: str, town: Division, chosen: Sequence[str], departments: set[str]) -> Iterable[UnitRow]:
    said = {"county": county, "town": town.name, "stem": stem(town.name)}
    for row in STATIONS:
        if row.key in chosen:
            above = row.parent if row.parent in departments else f"{town.alias}.gov"
            yield UnitRow(
                code=f"{town.alias}.{row.key}",
                name=row.name.format(**said),
                kind=row.kind,
                place=town.code,
                short_name=row.short_name.format(**said),
                parent=above,
                sectors=(row.sector,) if row.sector and row.parent in departments else (),
                posts=row.posts,
            )


def stem(town: str) -> str:
    """青石 of 青石镇; a name of two characters stays whole."""
    for ending in ("街道", "镇", "乡"):
        if town.endswith(ending) and len(town) > len(ending) + 1:
            return town.removesuffix(ending)
    return town


def village_unit(town: Division, village: Division) -> UnitRow:
    """石桥村 → 青石镇石桥村民委员会; a community has a residents' committee."""
    is_community = village.name.endswith(("社区", "居委会", "居民委员会"))
    title = "社区党组织书记、居委会主任" if is_community else "村党组织书记、村委会主任"
    short = committee(village.name, "居委会", "委会", is_community=is_community)
    return UnitRow(
        code=village.alias,
        name=f"{town.name}{committee(village.name, '居民委员会', '民委员会', is_community=is_community)}",
        kind="village_committee",
        place=village.code,
        short_name=short if len(short) <= 40 else "",
        parent=f"{town.alias}.gov",
        posts=(PostRow("village_secretary", title),),
    )


def committee(name: str, residents: str, villagers: str, *, is_community: bool) -> str:
    if name.endswith("委员会") or name.endswith("委会"):
        return name
    if is_community:
        return f"{name}{residents}"
    return f"{name}{villagers}" if name.endswith("村") else f"{name}村{villagers}"
