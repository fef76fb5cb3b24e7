"""Words of a step that is two of the lifecycle table at once; the rows of all others stand in `disputes.steps`."""

from django.utils.translation import gettext_lazy as _

# Two steps on one page; no step of its own.
ACCEPT_AND_ASSIGN = _("受理并分流")
ACCEPT_AND_ASSIGN_EFFECT = _(
    "受理和分流交办一次办好：化解时限从现在开始计算，责任单位须在规定时限内签收；一、二级预警和有人身危险的，按小时计算。"
    "流转记录中仍是受理、分流交办两步。有一项填写不对的，两步都不办理。"
)
