"""Search by a party's exact name: needs a right and a reason, is recorded, and leaves no name in an address."""

from datetime import datetime

from django.core import signing
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from accounts.rights import require
from audit.choices import Action
from audit.services import record
from core import crypto, masking
from core.actor import Actor
from disputes.errors import InvalidInput
from disputes.models import Dispute, Party
from disputes.selectors.asked_names import SALT

LONGEST = 60
SHORTEST_REASON = 4


def search(*, name: str, reason: str, by: Actor, now: datetime) -> str:
    """Records the search and answers a token for the ledger's `name` filter, for this user and an hour only."""
    require(by, Permission.SEARCH_NAMES)
    name, reason = name.strip(), reason.strip()
    errors: dict[str, list[object]] = {}
    if not name or len(name) > LONGEST:
        errors["name"] = [_("请填写完整的姓名或名称，不超过 60 个字。")]
    if len(reason) < SHORTEST_REASON:
        errors["reason"] = [_("请写明检索事由，至少 4 个字。这次检索会被记录。")]
    if errors:
        raise InvalidInput(errors)
    digest = crypto.search_hash("name", name)
    parties = Party.objects.filter(name_hash=digest).values("dispute_id")
    found = Dispute.objects.visible_to(by).filter(pk__in=parties).count()
    record(
        action=Action.SEARCHED_NAME,
        by=by,
        now=now,
        target_type="ledger",
        target_label=masking.name(name),
        reason=reason,
        details={"name_hash": digest, "found": found},
    )
    return signing.dumps([by.user_id, digest, masking.name(name)], salt=SALT)
