"""The sentences of the papers that are handed out."""

from django.utils.translation import gettext_lazy as _

from disputes.choices import Route

ROUTES = {
    Route.MEDIATION: _("向村（社区）或乡镇人民调解委员会申请调解，人民调解不收取任何费用"),
    Route.ADMINISTRATIVE_MEDIATION: _("向有关主管部门申请行政调解或者处理"),
    Route.LABOUR_ARBITRATION: _("自知道或者应当知道权利被侵害之日起一年内，向劳动人事争议仲裁委员会申请仲裁"),
    Route.LAND_ARBITRATION: _("自知道或者应当知道权利被侵害之日起二年内，向农村土地承包仲裁委员会申请仲裁"),
    Route.REVIEW: _("对行政行为不服的，自知道该行为之日起六十日内申请行政复议"),
    Route.LITIGATION: _("依法向人民法院起诉"),
    Route.PETITION: _("依照《信访工作条例》向信访部门反映"),
    Route.DEPARTMENT: _("向主管部门投诉举报"),
    Route.DISCIPLINE: _("反映公职人员违纪违法的，向纪检监察机关举报"),
    Route.LEGAL_AID: _("经济确有困难的，可以申请法律援助，咨询电话 12348"),
}

TITLES = {
    "receipt": _("登记回执"),
    "acceptance": _("受理告知书"),
    "refusal": _("不予受理告知书"),
}
