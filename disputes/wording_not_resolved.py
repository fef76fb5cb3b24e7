"""The words of what must follow a dispute that was not resolved."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disputes.choices import Route, TellingWay
from disputes.rules.not_resolved import AGAIN, ANSWER, REVISIT, ROUTES

# what is missing → what it is called in a row of a home
MISSING: dict[str, Any] = {
    ROUTES: _("告知途径"),
    REVISIT: _("回访"),
    ANSWER: _("主要领导答复或当事人选择"),
    AGAIN: _("主要领导要求继续化解，请重新分流"),
}
# what is missing → what to do about it, and who
TO_DO: dict[str, Any] = {
    ROUTES: _("告知当事人其他途径，由综治中心登记“告知途径”"),
    REVISIT: _("审结以后的回访，由承办人以外的人员办理“回访”"),
    ANSWER: _("%(who)s的答复，或者当事人选择的途径（在“告知途径”中登记）"),
    AGAIN: _("主要领导要求继续化解，请重新分流交办；当事人已选择其他途径的，在“告知途径”中登记"),
}
NOBODY = _("主要领导")  # where no such post is kept


def told_note(data: Mapping[str, Any]) -> str:
    """What an entry of the trail says of the routes told."""
    routes = gettext("、").join(str(Route(route).label) for route in data["routes"])
    said = {"day": data["on"], "way": TellingWay(data["way"]).label, "routes": routes}
    chosen = gettext("当事人选择%s") % Route(data["chosen"]).label if data.get("chosen") else ""
    return gettext("；").join(
        part for part in (gettext("%(day)s %(way)s：%(routes)s") % said, chosen) if part
    )
