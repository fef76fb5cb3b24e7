"""§8 in words: why this leader, and why not the one asked first."""

from django.utils.translation import gettext as _

from responsibility.rules import situations as rules
from responsibility.rules.leader_posts import LeaderPost
from responsibility.rules.situations import Facts


def because(rule: str, facts: Facts, unit_name: str = "") -> str:
    """跨乡镇 → 县级领导, with its reason."""
    words = {
        "unit_versus_locality": _(
            "单位与驻地群众之间的矛盾，由属地平安建设领导小组（综治委）领导协调化解（§8）"
        ),
        "inside_unit": _("单位内部的矛盾，由单位负责人或法定代表人负责化解（§8）"),
        "across_sectors": _("涉及 %d 个行业，由县政府分管领导协调化解（§8）") % facts.sectors,
        "across_towns": _("涉及 %d 个乡镇，由县级党政领导组织化解（§8）") % facts.towns,
        "one_sector": _("行业性的矛盾，由主管部门领导组织化解（§8）"),
        "within_town": _("乡镇辖区内的矛盾，由乡镇党政领导组织化解（§8）"),
    }[rule]
    if facts.unit_untold:
        return _("%(words)s；%(note)s") % {"words": words, "note": not_told()}
    if rules.needs_letter(facts):
        note = _("%s 的负责人在本系统没有任职，由乡镇书面交办") % (unit_name or _("该单位"))
        return _("%(words)s；%(note)s") % {"words": words, "note": note}
    return words


def post_name(post: LeaderPost) -> str:
    names = {
        LeaderPost.UNIT_HEAD: _("单位负责人"),
        LeaderPost.DEPARTMENT_HEAD: _("主管部门主要领导"),
        LeaderPost.DEPARTMENT_DEPUTY: _("主管部门分管领导"),
        LeaderPost.TOWN_COMMITTEE: _("乡镇平安建设领导小组组长"),
        LeaderPost.TOWN_DEPUTY: _("乡镇分管领导、政法委员"),
        LeaderPost.TOWN_HEAD: _("乡镇政府主要领导"),
        LeaderPost.TOWN_SECRETARY: _("乡镇党委主要领导"),
        LeaderPost.COUNTY_COMMITTEE: _("县平安建设领导小组组长"),
        LeaderPost.COUNTY_SECTOR_DEPUTY: _("县政府分管该行业的领导"),
        LeaderPost.COUNTY_DEPUTY: _("县政府分管领导、政法委书记"),
        LeaderPost.COUNTY_HEAD: _("县政府主要领导"),
        LeaderPost.COUNTY_SECRETARY: _("县委主要领导"),
    }
    return names[post]


def vacant(post: LeaderPost) -> str:
    return _("%s空缺") % post_name(post)


def not_told() -> str:
    return _("申请人没有同意告知该单位，由乡镇、县领导牵头")


def keeps_out(post: LeaderPost) -> str:
    return _("%s应当回避，由上一级负责") % post_name(post)
