"""The county's line departments (谁主管谁负责), their sectors and the hot fields of §5 they answer for."""

from dataclasses import dataclass

from jurisdictions.choices import HotField as F
from jurisdictions.rules.units import SectorRow


@dataclass(frozen=True)
class Department:
    """`alias` is the organization's code and the sector's alias; `sector` its code, empty: no sector."""

    alias: str
    name: str  # after the county's name
    short_name: str
    sector: str
    sector_name: str
    fields: tuple[F, ...]
    is_vertical: bool = False  # 垂管


DEPARTMENTS: tuple[Department, ...] = (
    Department("hrss", "人力资源和社会保障局", "县人社局", "labour", "劳动和社会保障", (F.LABOUR,)),
    Department(
        "nr", "自然资源局", "县自然资源局", "natural_resources", "自然资源", (F.EXPROPRIATION, F.RESOURCES)
    ),
    Department("health", "卫生健康局", "县卫健局", "health", "卫生健康", (F.EDUCATION_HEALTH,)),
    Department("eco", "生态环境分局", "县生态环境分局", "ecology", "生态环境", (F.ENVIRONMENT,)),
    Department("water", "水利局", "县水利局", "water", "水利", (F.RESOURCES,)),
    Department("justice", "司法局", "县司法局", "legal_services", "法律服务", (F.OTHER,)),
    Department(
        "housing", "住房和城乡建设局", "县住建局", "housing", "城乡建设和房产物业", (F.EXPROPRIATION,)
    ),
    Department("agri", "农业农村局", "县农业农村局", "agriculture", "农业农村", (F.RESOURCES,)),
    Department("edu", "教育局", "县教育局", "education", "教育", (F.EDUCATION_HEALTH,)),
    Department("market", "市场监督管理局", "县市场监管局", "market", "市场监督管理", (F.FOOD_DRUG,)),
    Department("transport", "交通运输局", "县交通运输局", "transport", "交通运输", (F.TRAFFIC,)),
    Department("forestry", "林业局", "县林业局", "forestry", "林业", (F.RESOURCES,)),
    Department("emergency", "应急管理局", "县应急局", "emergency", "安全生产和应急", (F.WORK_SAFETY,)),
    Department(
        "industry", "工业和信息化局", "县工信局", "industry", "工业和企业改制", (F.ENTERPRISE_REFORM,)
    ),
    Department("finance", "财政局（地方金融管理局）", "县金融办", "finance", "地方金融", (F.OTHER,)),
    Department("culture", "文化旅游广电体育局", "县文旅局", "culture", "文化旅游", (F.OTHER,)),
    Department("civil", "民政局", "县民政局", "civil_affairs", "民政和社会救助", (F.OTHER,)),
    Department("veterans", "退役军人事务局", "县退役军人局", "veterans", "退役军人服务", (F.OTHER,)),
    Department("police", "公安局", "县公安局", "public_security", "公共安全", (F.TRAFFIC, F.OTHER)),
    Department("tax", "税务局", "县税务局", "tax", "税务", (F.OTHER,), True),
    Department("women", "妇女联合会", "县妇联", "", "", (F.OTHER,)),
    Department("union", "总工会", "县总工会", "", "", (F.LABOUR,)),
)

SECTORS: tuple[SectorRow, ...] = tuple(
    SectorRow(row.sector, row.sector_name, row.alias) for row in DEPARTMENTS if row.sector
)

# The department a category of disputes belongs to when a town cannot decide it.
DEPARTMENT_OF: dict[str, str] = {
    "family": "women",
    "neighbour": "justice",
    "house_homestead": "nr",
    "contract": "justice",
    "production": "agri",
    "damages": "justice",
    "family_planning": "health",
    "land_forest": "forestry",
    "expropriation": "nr",
    "environment": "eco",
    "wage_arrears": "hrss",
    "labour_other": "hrss",
    "medical": "health",
    "enterprise_reform": "industry",
    "traffic": "police",
    "property_mgmt": "housing",
    "consumer": "market",
    "tourism": "culture",
    "ecommerce": "market",
    "village_affairs": "agri",
    "education": "edu",
    "work_safety": "emergency",
    "food_drug": "market",
    "water": "water",
    "mineral_rights": "nr",
    "private_loan": "justice",
    "illegal_fundraising": "finance",
    "other": "civil",
}

# The town's own unit that usually handles a category; the village where nothing is named.
TOWN_UNIT_OF: dict[str, str] = {
    "family": "mediation",
    "contract": "justice",
    "production": "agri",
    "damages": "mediation",
    "house_homestead": "nr",
    "expropriation": "nr",
    "land_forest": "agri",
    "environment": "enforcement",
    "wage_arrears": "hrss",
    "labour_other": "hrss",
    "enterprise_reform": "hrss",
    "medical": "mediation",
    "family_planning": "hrss",
    "traffic": "police",
    "property_mgmt": "mediation",
    "consumer": "enforcement",
    "ecommerce": "enforcement",
    "tourism": "enforcement",
    "education": "mediation",
    "work_safety": "enforcement",
    "food_drug": "enforcement",
    "water": "agri",
    "mineral_rights": "nr",
    "private_loan": "justice",
    "illegal_fundraising": "police",
    "village_affairs": "agri",
    "other": "petition",
}
