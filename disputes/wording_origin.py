from django.utils.translation import gettext_lazy as _

from core import wording_days
from disputes.rules.origin import OriginFault

ORIGIN_FAULTS = {
    OriginFault.NO_SENDER: _("填写了来件信息的，请写明来件单位。"),
    OriginFault.TOO_LONG: _("内容过长，请精简。"),
    OriginFault.RECEIVED_IN_FUTURE: _("来件日期不能晚于今天。"),
    OriginFault.YEAR_TOO_EARLY: wording_days.TOO_EARLY,
    OriginFault.YEAR_TOO_FAR: wording_days.TOO_FAR,
    OriginFault.DUE_BEFORE_RECEIVED: _("来件要求办结的日期不能早于来件日期。"),
    OriginFault.ANSWERED_IN_FUTURE: _("答复日期不能晚于今天。"),
    OriginFault.ANSWER_WAS_GIVEN: _("已经登记过对来件单位的答复，不能改为不要求书面答复。"),
    OriginFault.ANSWERED_BEFORE_RECEIVED: _("答复日期不能早于来件日期。"),
}
