"""May a matter be settled at the counter, for all that its words say of a level?"""

from datetime import datetime

import structlog
from django.utils.translation import gettext as _

from classifier.rules.level_of_text import verdict_of
from classifier.selectors.policy import policy_in_force
from disputes.rules.intake import IntakeFacts

log = structlog.get_logger(__name__)


def not_with_a_level(facts: IntakeFacts, now: datetime) -> str:
    """A matter of level 1 to 3 takes its normal course. A classifier that fails keeps nobody from registering."""
    try:
        policy = policy_in_force(now)[1]
        verdict = verdict_of(policy, facts.narrative, facts.title, facts.people_count)
    except Exception:
        log.exception("reading_failed", of="settle_on_spot")
        return ""
    if not verdict.level:
        return ""
    return _("从事由看可能需要预警，不能当场化解。请按正常程序登记，系统会同时报告有关领导。")
