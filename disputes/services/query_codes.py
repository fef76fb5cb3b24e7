"""The query code of a receipt, checked by staff for the citizen who shows it: right or wrong, and what has become of
the matter. Every check is a line of the access log; wrong ones are counted there, by reader and by dispute."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Permission
from accounts.rights import require
from audit.choices import Action
from audit.models import AccessEvent
from audit.services import record
from core.actor import Actor
from disputes.errors import InvalidInput, WrongState
from disputes.models import Dispute
from disputes.selectors.numbers_meant import meant_by
from disputes.services.papers import is_present_code

MOST_WRONG = 5  # by one person, or of one dispute
WITHIN = timedelta(hours=1)
LONGEST = 60
WITH = (
    "book",
    "lead_unit",
    "managing_org",
    "survivor__book",
    "survivor__lead_unit",
    "survivor__managing_org",
)


@dataclass(frozen=True)
class Answer:
    """`dispute` where number and code belong together, and what it goes on in; of a wrong pair nothing is said."""

    right: bool
    dispute: Dispute | None = None

    @property
    def goes_on(self) -> Dispute | None:
        """The dispute that holds the matter now."""
        return self.dispute and (self.dispute.survivor or self.dispute)


@transaction.atomic
def check(*, number: str, code: str, by: Actor, now: datetime) -> Answer:
    """Whether the code is the present one of that dispute, whoever's centre registered it. Who must keep out of it is
    answered as if the code were wrong. Locks the user's row, so that guesses at once are guesses in a row.

    Raises NotPermitted, InvalidInput (`number`, `code`), WrongState after too many wrong ones.
    """
    require(by, Permission.REGISTER)
    number, code = number.strip(), "".join(code.split())
    missing = {name: [_("请填写此项。")] for name, value in (("number", number), ("code", code)) if not value}
    if missing:
        raise InvalidInput(missing)
    User.objects.select_for_update().get(pk=by.user_id)
    seen = Dispute.objects.exclude(barred_keys__overlap=list(by.scope.own_keys))
    rows = seen.filter(meant_by(number[:LONGEST], by, now)).select_related(*WITH).defer("search", "narrative")
    dispute: Dispute | None = rows.first()
    _require_guesses_left(dispute, by, now)
    right = dispute is not None and is_present_code(dispute, code)
    record(
        action=Action.CODE_CHECKED,
        by=by,
        now=now,
        target_type="dispute",
        target_id=dispute.pk if dispute else "",
        target_label=number[:LONGEST],
        details={"right": right},
    )
    return Answer(right, dispute if right else None)


def _require_guesses_left(dispute: Dispute | None, by: Actor, now: datetime) -> None:
    wrong = AccessEvent.objects.filter(
        action=Action.CODE_CHECKED, at__gt=now - WITHIN, details__right=False
    ).order_by()
    tried: list[QuerySet[AccessEvent]] = [wrong.filter(user_id=by.user_id)]
    if dispute is not None:
        tried.append(wrong.filter(target_type="dispute", target_id=str(dispute.pk)))
    if any(rows[:MOST_WRONG].count() >= MOST_WRONG for rows in tried):
        raise WrongState(_("一小时内输错次数过多，请一小时后再试，或者核对当事人的回执和身份。"))
