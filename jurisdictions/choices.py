from django.db import models
from django.utils.translation import gettext_lazy as _


class PlaceKind(models.TextChoices):
    COUNTY = "county", _("县")
    TOWN = "town", _("乡镇（街道）")
    VILLAGE = "village", _("村（社区）")


class OrganizationKind(models.TextChoices):
    PARTY_COMMITTEE = "party_committee", _("党委")
    GOVERNMENT = "government", _("政府")
    GOVERNANCE_CENTRE = "governance_centre", _("综治中心")
    GOVERNANCE_COMMITTEE = "governance_committee", _("平安建设领导小组")
    JUSTICE_OFFICE = "justice_office", _("司法所")
    POLICE_STATION = "police_station", _("派出所")
    TRIBUNAL = "tribunal", _("人民法庭")
    PETITION_OFFICE = "petition_office", _("信访办")
    DEPARTMENT = "department", _("主管部门")
    TOWN_STATION = "town_station", _("乡镇站所")
    MEDIATION_COMMITTEE = "mediation_committee", _("人民调解委员会")
    VILLAGE_COMMITTEE = "village_committee", _("村（居）委会")
    ENTERPRISE = "enterprise", _("企事业单位")


class PostRole(models.TextChoices):
    """What a post does. The level (town, county, department) comes from its organization."""

    PARTY_SECRETARY = "party_secretary", _("党委书记")
    HEAD = "head", _("行政主要负责人")
    DEPUTY = "deputy", _("分管负责人")
    POLITICAL_LEGAL = "political_legal_member", _("政法委员")
    COORDINATOR = "coordinator", _("综治中心主任")
    CLERK = "clerk", _("受理员")
    OFFICE = "office", _("县综治中心工作人员")
    HANDLER = "handler", _("承办人")
    MEDIATOR = "mediator", _("调解员")
    VILLAGE_SECRETARY = "village_secretary", _("村（社区）党组织书记")
    DUTY = "duty", _("值班员")
    AUDITOR = "auditor", _("审计员")
    ADMINISTRATOR = "administrator", _("系统管理员")
    SECURITY = "security", _("安全管理员")


class HotField(models.TextChoices):
    """The fields §5 names as rich in disputes; a deputy's portfolio is a set of them."""

    ENTERPRISE_REFORM = "enterprise_reform", _("企业改制")
    EXPROPRIATION = "expropriation", _("征地拆迁")
    RESOURCES = "resources", _("农林水利和矿产资源权属")
    LABOUR = "labour", _("劳动争议")
    EDUCATION_HEALTH = "education_health", _("教育医疗")
    ENVIRONMENT = "environment", _("环境保护")
    WORK_SAFETY = "work_safety", _("安全生产")
    FOOD_DRUG = "food_drug", _("食品药品安全")
    TRAFFIC = "traffic", _("交通事故")
    OTHER = "other", _("其他")
