"""Units and posts at county level: how they are usually called, and what the county calls them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from first_start.rules.departments import Department
from jurisdictions.rules.units import PostRow, SectorRow, UnitRow


@dataclass(frozen=True)
class Named:
    """What a county calls one of its units."""

    name: str
    short_name: str = ""


@dataclass(frozen=True)
class Pattern:
    """`{name}` is the county's name, `{x}` its last character (县, 市, 区, 旗), `{stem}` what stands before it."""

    code: str
    kind: str
    name: str
    short_name: str
    parent: str
    posts: tuple[PostRow, ...]


def patterns(every_field: tuple[str, ...]) -> tuple[Pattern, ...]:
    """Leadership, the governance centre, and the units of the three officers. Parents first."""
    deputy = PostRow("deputy", "副{x}长、政法委书记", every_field, True)
    p = PostRow
    return (
        Pattern("county.party", "party_committee", "中共{name}委员会", "{x}委", "", (p("party_secretary", "书记"),)),
        Pattern("county.gov", "government", "{name}人民政府", "{x}政府", "county.party",
                (p("head", "{x}长"), deputy)),
        Pattern("county.committee", "governance_committee", "平安{stem}建设领导小组", "{x}平安办", "county.party",
                (p("head", "组长"),)),
        Pattern("county.centre", "governance_centre", "{name}社会治安综合治理中心", "{x}综治中心", "county.committee",
                (p("office", "工作人员"), p("coordinator", "主任"), p("clerk", "受理员"), p("duty", "值班员"))),
        Pattern("county.data", "department", "{name}数据资源中心", "{x}数据中心", "county.gov",
                (p("administrator", "系统管理员"),)),
        Pattern("county.security", "department", "{name}网络安全办公室", "{x}网安办", "county.party",
                (p("security", "安全管理员"),)),
        Pattern("county.audit", "department", "{name}执法监督室", "{x}执法监督室", "county.party",
                (p("auditor", "审计员"),)),
    )  # fmt: skip


def kind_letter(county: str) -> str:
    """县, 市, 区 or 旗: what the county's units are called after."""
    return county[-1] if county[-1:] in "县市区旗" and county else "县"


def words(county: str) -> dict[str, str]:
    letter = kind_letter(county)
    return {"name": county, "x": letter, "stem": county.removesuffix(letter)}


def usual_names(county: str, every_field: tuple[str, ...]) -> dict[str, Named]:
    """By code; the first start offers them to be corrected."""
    said = words(county)
    return {
        row.code: Named(row.name.format(**said), row.short_name.format(**said))
        for row in patterns(every_field)
    }


def county_units(
    county: str,
    code: str,
    names: Mapping[str, Named],
    every_field: tuple[str, ...],
    *,
    address: str,
    phone: str,
) -> list[UnitRow]:
    """`names` holds what differs from the usual; address and phone are the centre's, printed on receipts."""
    said, usual = words(county), usual_names(county, every_field)
    rows = []
    for row in patterns(every_field):
        named = names.get(row.code, usual[row.code])
        posts = tuple(_post(post, said) for post in row.posts)
        unit = UnitRow(row.code, named.name, row.kind, code, named.short_name, row.parent, posts=posts)
        is_centre = row.kind == "governance_centre"
        rows.append(replace(unit, address=address, phone=phone) if is_centre else unit)
    return rows


def _post(row: PostRow, said: Mapping[str, str]) -> PostRow:
    return PostRow(row.role, row.title.format(**said), row.portfolio, row.is_political_legal)


def department_units(county: str, code: str, rows: Sequence[Department]) -> list[UnitRow]:
    return [
        UnitRow(
            code=row.code,
            name=row.name if row.name.startswith(county) else f"{county}{row.name}",
            kind=row.kind,
            place=code,
            short_name=row.short_name,
            parent="" if row.is_vertical or row.kind == "mediation_committee" else "county.gov",
            sectors=(row.sector,) if row.sector else (),
            vertically_managed=row.is_vertical,
            posts=_department_posts(row),
        )
        for row in rows
    ]


def _department_posts(row: Department) -> tuple[PostRow, ...]:
    if row.kind == "tribunal":
        return (PostRow("handler"),)
    if row.kind == "mediation_committee":
        return (PostRow("mediator"),)
    return (PostRow("handler"), PostRow("deputy", portfolio=row.fields), PostRow("head"))


def sector_rows(rows: Sequence[Department]) -> list[SectorRow]:
    """A sector's short code is its department's."""
    return [SectorRow(row.sector, row.sector_name, row.code) for row in rows if row.sector]
