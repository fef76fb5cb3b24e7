"""Every organization of the demo county with its posts and who holds them."""

from demo.county import Town, Village, county
from demo.departments import DEPARTMENTS, Department
from demo.rows import ALL_FIELDS, HeldPost, OrganizationRow, held
from jurisdictions.choices import OrganizationKind as K
from jurisdictions.choices import PostRole as R

STATIONS = {
    "nr": ("自然资源所", "nr", "natural_resources"),
    "agri": ("农业综合服务中心", "agri", "agriculture"),
    "hrss": ("便民服务中心（人社所）", "hrss", "labour"),
    "enforcement": ("综合行政执法队", "gov", ""),
}
ENTERPRISES = (  # code, name, town alias
    ("unit01", "青岚陶瓷厂", "t01"),
    ("unit02", "鹿塘峡谷景区管理公司", "t12"),
    ("unit03", "岚溪供电公司", "t08"),
    ("unit04", "欣荣制衣厂", "t09"),
)


def all_organizations() -> tuple[OrganizationRow, ...]:
    """Parents before their children."""
    rows = [*_county_level(), *_departments()]
    for town in county().towns:
        rows += [*_town_leadership(town), *_town_centre(town), *_town_units(town)]
        rows += [_committee_of(town, village) for village in town.villages]
    return tuple(rows + _enterprises())


def _county_level() -> list[OrganizationRow]:
    name, place = county().name, county().code
    deputy = held(R.DEPUTY, "county.deputy", "副县长、政法委书记", ALL_FIELDS, is_political_legal=True)
    return [
        OrganizationRow("county.party", f"中共{name.removesuffix('县')}县委员会", K.PARTY_COMMITTEE, place, "县委",
                        posts=(held(R.PARTY_SECRETARY, "county.secretary", "县委书记"),)),
        OrganizationRow("county.gov", f"{name}人民政府", K.GOVERNMENT, place, "县政府", "county.party",
                        posts=(held(R.HEAD, "county.head", "县长"), deputy)),
        OrganizationRow("county.committee", f"平安{name.removesuffix('县')}建设领导小组", K.GOVERNANCE_COMMITTEE, place,
                        "县平安办", "county.party", posts=(held(R.HEAD, "county.committee", "组长"),)),
        OrganizationRow("county.centre", f"{name}社会治安综合治理中心", K.GOVERNANCE_CENTRE, place, "县综治中心",
                        "county.committee", posts=(
                            held(R.OFFICE, "county.office", "督办科科长"),
                            held(R.COORDINATOR, "county.coordinator", "县综治中心主任"),
                            held(R.DUTY, "county.duty", "县值班员")),
                        phone="0369-600 0001", address="建设路1号", paper_mark=f"{name[0]}综治"),
        OrganizationRow("petition", f"{name}信访局", K.PETITION_OFFICE, place, "县信访局", "county.gov",
                        posts=_department_posts("petition", ())),
        OrganizationRow("court", f"{name}人民法院", K.TRIBUNAL, place, "县法院", "",
                        vertically_managed=True, posts=(held(R.HANDLER, "court.handler", "诉调对接中心法官"),)),
        OrganizationRow("county.medical", f"{name}医疗纠纷人民调解委员会", K.MEDIATION_COMMITTEE, place, "县医调委",
                        "", posts=(held(R.MEDIATOR, "county.medical.mediator", "专职调解员"),)),
        OrganizationRow("county.traffic", f"{name}道路交通事故人民调解委员会", K.MEDIATION_COMMITTEE, place, "县交调委",
                        "", posts=(held(R.MEDIATOR, "county.traffic.mediator", "专职调解员"),)),
        OrganizationRow("county.data", f"{name}数据资源中心", K.DEPARTMENT, place, "县数据中心", "county.gov",
                        posts=(held(R.ADMINISTRATOR, "admin", "系统管理员"),)),
        OrganizationRow("county.security", f"{name}网络安全办公室", K.DEPARTMENT, place, "县网安办", "county.party",
                        posts=(held(R.SECURITY, "security", "安全管理员"),)),
        OrganizationRow("county.audit", f"{name}执法监督室", K.DEPARTMENT, place, "县执法监督室", "county.party",
                        posts=(held(R.AUDITOR, "auditor", "审计员"),)),
    ]  # fmt: skip


def _department_posts(alias: str, fields: tuple[str, ...]) -> tuple[HeldPost, ...]:
    return (
        held(R.HANDLER, f"{alias}.handler", "承办科室负责人"),
        held(R.DEPUTY, f"{alias}.deputy", "分管副局长", fields),
        held(R.HEAD, f"{alias}.head", "局长"),
    )


def _department(row: Department) -> OrganizationRow:
    fields = tuple(field.value for field in row.fields)
    return OrganizationRow(
        code=row.alias,
        name=f"{county().name}{row.name}",
        kind=K.DEPARTMENT,
        place=county().code,
        short_name=row.short_name,
        parent="" if row.is_vertical else "county.gov",
        sectors=(row.sector,) if row.sector else (),
        vertically_managed=row.is_vertical,
        posts=_department_posts(row.alias, fields),
    )


def _departments() -> list[OrganizationRow]:
    return [_department(row) for row in DEPARTMENTS]


def _town_leadership(town: Town) -> list[OrganizationRow]:
    """Streets have a working committee and an office where towns have a committee and a government."""
    street, t = town.is_street, town.alias
    head = "办事处主任" if street else ("镇长" if town.name.endswith("镇") else "乡长")
    deputy = held(R.DEPUTY, f"{t}.deputy", f"副{head}、政法委员", ALL_FIELDS, is_political_legal=True)
    party = f"中共{town.name}工作委员会" if street else f"中共{town.name}委员会"
    return [
        OrganizationRow(f"{t}.party", party, K.PARTY_COMMITTEE, town.code, f"{town.name}党{'工' if street else ''}委",
                        "county.party", posts=(held(R.PARTY_SECRETARY, f"{t}.secretary", "书记"),)),
        OrganizationRow(f"{t}.gov", f"{town.name}{'办事处' if street else '人民政府'}", K.GOVERNMENT, town.code,
                        f"{town.name}{'办事处' if street else '政府'}", "county.gov",
                        posts=(held(R.HEAD, f"{t}.mayor", head), deputy)),
        OrganizationRow(f"{t}.committee", f"{town.name}平安建设领导小组", K.GOVERNANCE_COMMITTEE, town.code, "",
                        "county.committee", posts=(held(R.HEAD, f"{t}.committee", "组长"),)),
    ]  # fmt: skip


def _town_centre(town: Town) -> list[OrganizationRow]:
    t = town.alias
    return [
        OrganizationRow(f"{t}.centre", f"{town.name}社会治安综合治理中心", K.GOVERNANCE_CENTRE, town.code,
                        f"{town.name}综治中心", "county.centre", posts=(
                            held(R.COORDINATOR, f"{t}.coordinator", "综治中心主任"),
                            held(R.CLERK, f"{t}.clerk", "受理员"),
                            held(R.DUTY, f"{t}.duty", "值班员")),
                        phone=f"0369-600 01{t[1:]}", address=f"{town.name}政务服务中心一楼",
                        paper_mark=f"{town.name[0]}综治"),
        OrganizationRow(f"{t}.mediation", f"{town.name}人民调解委员会", K.MEDIATION_COMMITTEE, town.code,
                        f"{town.name}调委会", f"{t}.gov", posts=(held(R.MEDIATOR, f"{t}.mediator", "调解员"),)),
        OrganizationRow(f"{t}.justice", f"{county().name}司法局{town.stem}司法所", K.JUSTICE_OFFICE, town.code,
                        f"{town.stem}司法所", "justice", ("legal_services",),
                        posts=(held(R.HANDLER, f"{t}.justice", "司法所所长"),)),
        OrganizationRow(f"{t}.petition", f"{town.name}信访办公室", K.PETITION_OFFICE, town.code, f"{town.name}信访办",
                        f"{t}.gov", posts=(held(R.HANDLER, f"{t}.petition", "信访专干"),)),
    ]  # fmt: skip


def _town_units(town: Town) -> list[OrganizationRow]:
    t, name = town.alias, county().name
    police = (
        held(R.HANDLER, f"{t}.police", "社区民警"),
        held(R.HEAD, f"{t}.police_head", "所长"),
    )
    rows = [
        OrganizationRow(f"{t}.police", f"{name}公安局{town.stem}派出所", K.POLICE_STATION, town.code,
                        f"{town.stem}派出所", "police", ("public_security",), posts=police),
        OrganizationRow(f"{t}.tribunal", f"{name}人民法院{town.stem}人民法庭", K.TRIBUNAL, town.code,
                        f"{town.stem}法庭", "court",
                        posts=(held(R.HANDLER, f"{t}.tribunal", "庭长"),)),
    ]  # fmt: skip
    for suffix, (title, parent, sector) in STATIONS.items():
        rows.append(
            OrganizationRow(
                code=f"{t}.{suffix}",
                name=f"{town.name}{title}",
                kind=K.TOWN_STATION,
                place=town.code,
                parent=f"{t}.gov" if parent == "gov" else parent,
                sectors=(sector,) if sector else (),
                posts=(held(R.HANDLER, f"{t}.{suffix}", "负责人"),),
            )
        )
    return rows


def _committee_of(town: Town, village: Village) -> OrganizationRow:
    kind = "居民委员会" if village.is_community else "村民委员会"
    title = "社区党组织书记、居委会主任" if village.is_community else "村党支部书记、村委会主任"
    return OrganizationRow(
        code=village.alias,
        name=f"{town.name}{village.name}{kind}"
        if village.is_community
        else f"{town.name}{village.name}民委员会",
        kind=K.VILLAGE_COMMITTEE,
        place=village.code,
        short_name=f"{village.name}{'居委会' if village.is_community else '委会'}",
        parent=f"{town.alias}.gov",
        posts=(held(R.VILLAGE_SECRETARY, village.alias, title),),
    )


def _enterprises() -> list[OrganizationRow]:
    by_alias = {town.alias: town for town in county().towns}
    return [
        OrganizationRow(
            code=code,
            name=name,
            kind=K.ENTERPRISE,
            place=by_alias[alias].code,
            vertically_managed=code == "unit03",
            posts=(
                held(R.HANDLER, f"{code}.handler", "综合部主任"),
                held(R.HEAD, f"{code}.head", "法定代表人"),
            ),
        )
        for code, name, alias in ENTERPRISES
    ]
