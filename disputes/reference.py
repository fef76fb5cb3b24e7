"""The categories of disputes: people's mediation statistics and the fields §5 names, with their hot field."""

from datetime import datetime

from core.reference import register
from disputes.models import DisputeCategory
from jurisdictions.choices import HotField as F

# code, Chinese, English, group, hot field, restricted by default
CATEGORIES: tuple[tuple[str, str, str, str, F, bool], ...] = (
    ("family", "婚姻家庭", "Marriage and family", "民间", F.OTHER, True),
    ("neighbour", "邻里", "Neighbours", "民间", F.OTHER, False),
    ("house_homestead", "房屋宅基地", "Houses and homesteads", "民间", F.OTHER, False),
    ("contract", "合同", "Contracts", "经济", F.OTHER, False),
    ("production", "生产经营", "Production and business", "经济", F.OTHER, False),
    ("damages", "损害赔偿", "Damages", "民间", F.OTHER, False),
    ("family_planning", "计划生育", "Family planning (legacy)", "其他", F.OTHER, False),
    ("land_forest", "山林土地", "Land and forest", "土地资源", F.RESOURCES, False),
    ("water", "水利", "Water", "土地资源", F.RESOURCES, False),
    ("mineral_rights", "矿产资源权属", "Mineral rights", "土地资源", F.RESOURCES, False),
    ("expropriation", "征地拆迁", "Expropriation and demolition", "土地资源", F.EXPROPRIATION, False),
    ("environment", "环境污染", "Pollution", "行业", F.ENVIRONMENT, False),
    ("wage_arrears", "拖欠农民工工资", "Migrant workers' unpaid wages", "劳动", F.LABOUR, False),
    ("labour_other", "其他劳动争议", "Other labour disputes", "劳动", F.LABOUR, False),
    ("medical", "医疗", "Medical", "行业", F.EDUCATION_HEALTH, True),
    ("education", "教育", "Education", "行业", F.EDUCATION_HEALTH, False),
    ("traffic", "道路交通事故", "Road traffic accidents", "行业", F.TRAFFIC, False),
    ("work_safety", "安全生产", "Work safety", "行业", F.WORK_SAFETY, False),
    ("food_drug", "食品药品", "Food and drugs", "行业", F.FOOD_DRUG, False),
    ("property_mgmt", "物业", "Property management", "行业", F.OTHER, False),
    ("consumer", "消费", "Consumers", "行业", F.OTHER, False),
    ("tourism", "旅游", "Tourism", "行业", F.OTHER, False),
    ("ecommerce", "电子商务（互联网）", "E-commerce", "行业", F.OTHER, False),
    ("private_loan", "民间借贷", "Private loans", "经济", F.OTHER, False),
    ("illegal_fundraising", "非法集资", "Illegal fundraising", "经济", F.OTHER, False),
    ("enterprise_reform", "企业改制", "Enterprise reform", "经济", F.ENTERPRISE_REFORM, False),
    ("village_affairs", "村务管理", "Village affairs", "其他", F.OTHER, False),
    ("other", "其他", "Other", "其他", F.OTHER, False),
)


@register("categories", order=30)
def load_categories(_now: datetime) -> str:
    """Adds missing categories; what the county has renamed or switched off stays so."""
    rows = [
        DisputeCategory(
            code=code,
            name=name,
            name_en=english,
            group=group,
            hot_field=field,
            restricted_by_default=restricted,
            position=position,
        )
        for position, (code, name, english, group, field, restricted) in enumerate(CATEGORIES)
    ]
    before = DisputeCategory.objects.count()
    DisputeCategory.objects.bulk_create(rows, ignore_conflicts=True)
    return f"{DisputeCategory.objects.count() - before} categories added"
