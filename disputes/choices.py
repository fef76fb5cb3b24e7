"""Values, their words and their tone. A pill takes both from here."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from jurisdictions.choices import PostRole

SUBJECT = "dispute"  # what clocks and notices call it


class Status(models.TextChoices):
    REGISTERED = "registered", _("待受理")
    ACCEPTED = "accepted", _("待分流")
    DECLINED = "declined", _("不予受理")
    MERGED = "merged", _("已并案")
    ASSIGNED = "assigned", _("待签收")
    IN_PROGRESS = "in_progress", _("办理中")
    RESULT_SUBMITTED = "result_submitted", _("待审结")
    SETTLED = "settled", _("已化解")
    PERFORMING = "performing", _("履行中")
    NOT_RESOLVED = "not_resolved", _("处理未果")
    ROUTED = "routed", _("已导入其他途径")
    CLOSED = "closed", _("已销号")
    ARCHIVED = "archived", _("已归档")
    WITHDRAWN = "withdrawn", _("已撤回")
    TRANSFERRED_OUT = "transferred_out", _("已移送")
    REOPENED = "reopened", _("已重启")


STATUS_TONES: dict[str, str] = {
    Status.REGISTERED: "warn",
    Status.ACCEPTED: "warn",
    Status.REOPENED: "warn",
    Status.ASSIGNED: "warn",
    Status.IN_PROGRESS: "info",
    Status.RESULT_SUBMITTED: "warn",
    Status.SETTLED: "good",
    Status.PERFORMING: "good",
    Status.NOT_RESOLVED: "bad",
    Status.ROUTED: "info",
    Status.CLOSED: "neutral",
    Status.ARCHIVED: "neutral",
    Status.DECLINED: "neutral",
    Status.MERGED: "neutral",
    Status.WITHDRAWN: "neutral",
    Status.TRANSFERRED_OUT: "neutral",
}


class Source(models.TextChoices):
    WALK_IN = "walk_in", _("来访")
    PHONE = "phone", _("来电")
    LETTER = "letter", _("来信")
    HOTLINE = "hotline", _("12345热线")
    PETITION = "petition", _("信访转来")
    POLICE = "police", _("公安移交")
    COURT = "court", _("法院委派委托")
    DEPARTMENT = "department", _("部门转来")
    VILLAGE = "village", _("村（社区）上报")
    LEADER_RECEPTION = "leader_reception", _("领导接访")
    OWN_INITIATIVE = "own_initiative", _("主动排查")
    SCREENING = "screening", _("集中排查")
    ONLINE = "online", _("网上")
    IMPORT = "import", _("导入")


class PartyRole(models.TextChoices):
    APPLICANT = "applicant", _("申请人")
    RESPONDENT = "respondent", _("被申请人")
    THIRD_PARTY = "third_party", _("第三人")
    REPRESENTATIVE = "representative", _("代表人")
    PARTY = "party", _("当事人")  # where nobody applied, or the sides are not known yet


class PartyKind(models.TextChoices):
    NATURAL = "natural", _("自然人")
    LEGAL = "legal", _("单位")
    GROUP = "group", _("群体")


class UnitRelation(models.TextChoices):
    INSIDE = "inside", _("单位内部")
    VERSUS_LOCALITY = "versus_locality", _("单位与周边村组群众")


class Confidentiality(models.TextChoices):
    NORMAL = "normal", _("一般")
    RESTRICTED = "restricted", _("限制知悉")


class Outcome(models.TextChoices):
    """What the handler reports (submit_result)."""

    WRITTEN_AGREEMENT = "written_agreement", _("达成书面协议")
    ORAL_AGREEMENT = "oral_agreement", _("达成口头协议")
    DECISION = "decision", _("作出处理决定")
    REFUSED = "refused", _("当事人拒绝调解")
    NO_AGREEMENT = "no_agreement", _("未达成协议")
    ROUTED = "routed", _("引导至其他途径")
    TRANSFERRED_OUT = "transferred_out", _("移送其他机关")


class ReviewOutcome(models.TextChoices):
    """What the reviewer finds (approve_result)."""

    SETTLED = "settled", _("已化解")
    NOT_RESOLVED = "not_resolved", _("处理未果")
    ROUTED = "routed", _("已导入其他途径")


class Route(models.TextChoices):
    """Where else the parties may turn."""

    MEDIATION = "mediation", _("人民调解")
    ADMINISTRATIVE_MEDIATION = "administrative_mediation", _("行政调解")
    LABOUR_ARBITRATION = "labour_arbitration", _("劳动人事争议仲裁")
    LAND_ARBITRATION = "land_arbitration", _("农村土地承包仲裁")
    REVIEW = "review", _("行政复议")
    LITIGATION = "litigation", _("诉讼")
    PROCEEDINGS = "proceedings", _("在正在进行的诉讼或者仲裁中主张")
    PETITION = "petition", _("信访")
    DEPARTMENT = "department", _("主管部门投诉举报")
    DISCIPLINE = "discipline", _("纪检监察举报")
    LEGAL_AID = "legal_aid", _("法律援助")


class ReturnGround(models.TextChoices):
    """Why a unit may hand an assignment back; the legal basis goes into the reason."""

    NOT_COMPETENT = "not_competent", _("不属于本单位法定职责")
    OTHER_COMPETENT = "other_competent", _("另有主管单位")
    OTHER_PLACE = "other_place", _("不属于本单位管辖区域")
    IN_LITIGATION = "in_litigation", _("已进入诉讼、仲裁、复议程序")
    CONFLICT = "conflict", _("本单位与争议有利害关系")


class RevisitWay(models.TextChoices):
    PHONE = "phone", _("电话回访")
    VISIT = "visit", _("上门回访")
    WAIVED = "waived", _("免于回访")


class AnswerWay(models.TextChoices):
    """How who sent a dispute was answered."""

    PAPER = "paper", _("书面函件")
    SYSTEM = "system", _("来件系统回复")
    OTHER = "other", _("其他书面方式")


class TellingWay(models.TextChoices):
    """How the parties were told of the routes that are left to them."""

    IN_PERSON = "in_person", _("当面告知")
    PHONE = "phone", _("电话告知")
    PAPER = "paper", _("书面送达")


class LeaderAnswer(models.TextChoices):
    """What a principal leader says to a dispute that was not resolved (§8)."""

    AGAIN = "again", _("继续组织化解")
    ELSEWHERE = "elsewhere", _("同意转其他途径")


class RequestKind(models.TextChoices):
    REPORT_UP = "report_up", _("上报县级")
    RETURN = "return", _("退回")
    EXTENSION = "extension", _("延期")
    APPROVAL = "approval", _("县级审结")


class RestrictionAnswer(models.TextChoices):
    """What somebody said to the question whether few should know; empty while nobody has."""

    YES = "yes", _("限制知悉")
    NO = "no", _("不限制知悉")


class HandingKind(models.TextChoices):
    """How a dispute went from one centre to another, with the whole of its handling."""

    DOWN = "down", _("县级交办")
    OVER = "over", _("转交")


class MediationGround(models.TextChoices):
    """From when the law counts the days in which the police mediate a traffic accident."""

    FUNERAL = "funeral", _("死亡：办理丧葬事宜结束之日")
    TREATMENT = "treatment", _("受伤：治疗终结之日")
    RATING = "rating", _("致残：定残之日")
    LOSS = "loss", _("财产损失：损失确定之日")


class DeadlineKind(models.TextChoices):
    """The clocks a dispute can carry."""

    ACCEPT = "accept", _("受理")
    DISPATCH = "dispatch", _("分流")
    SIGN_FOR = "sign_for", _("签收")
    RESOLVE = "resolve", _("化解")
    REVIEW = "review", _("审结")
    REVISIT = "revisit", _("回访")
    REPORT_ACCEPT = "report_accept", _("县级接收")
    RETURN_CONSENT = "return_consent", _("退回审批")
    EXTENSION_DECISION = "extension_decision", _("延期审批")
    PERFORMANCE = "performance", _("履行")
    COUNTY = "county", _("县级交办")  # up to the county's date, of what it handed down to a town
    COUNTY_REVIEW = "county_review", _("县级审结")
    ORIGIN = "origin", _("来件办理")  # up to the date of who sent it here


LEVEL_LABELS = {1: _("一级"), 2: _("二级"), 3: _("三级")}


# Who can answer for a case in a unit, in the order in which somebody is taken where nobody is named.
PERSON_ROLES = (
    PostRole.HANDLER,
    PostRole.VILLAGE_SECRETARY,
    PostRole.MEDIATOR,
    PostRole.COORDINATOR,
    PostRole.CLERK,
    PostRole.OFFICE,
    PostRole.HEAD,
    PostRole.DEPUTY,
)


class CannedField(models.TextChoices):
    """The fields of steps in which a unit writes the same sentences again and again."""

    REASON = "reason", _("理由")
    ACCOUNT = "account", _("情况")
    INSTRUCTION = "instruction", _("拟办意见、批示")
    NOTE = "note", _("意见")


# who acts for an organization where one of these is waited for
ROLES_BEHIND: dict[str, tuple[str, ...]] = {
    "coordinator": (PostRole.COORDINATOR, PostRole.OFFICE),
    "clerk": (PostRole.CLERK, PostRole.COORDINATOR, PostRole.OFFICE),
    "handler": (PostRole.HANDLER, PostRole.VILLAGE_SECRETARY, PostRole.COORDINATOR, PostRole.MEDIATOR),
    "deputy": (PostRole.DEPUTY, PostRole.HEAD, PostRole.PARTY_SECRETARY),
}

# the groups as they are stored; a page says them in its own language
CATEGORY_GROUPS = (
    gettext_noop("民间"),
    gettext_noop("经济"),
    gettext_noop("劳动"),
    gettext_noop("土地资源"),
    gettext_noop("行业"),
    gettext_noop("其他"),
)
