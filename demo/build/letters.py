"""交办函 of the demo county: to units that quarrel with the people around them; one answered, one awaited, one late."""

from datetime import datetime, timedelta

from django.db import transaction

from core.clock import shanghai_date
from demo.build.alarms import last_entry
from demo.build.playing import Cast
from disputes.choices import UnitRelation
from disputes.models import Dispute
from disputes.rules import lifecycle
from early_warning.models import EntrustmentLetter
from early_warning.services import letters
from early_warning.services.letters import Writing

MOST = 4
QUIET = timedelta(days=3)  # nothing else has happened since: a letter finds its place in the trail
WITHIN = timedelta(days=5)
REQUEST = (
    "群众反映的情况附后。请贵单位指派负责人到{centre}说明情况，核实群众反映的问题，就整改和补偿提出书面意见。"
)
REPLY = "已派安全和客服负责人到村里看过现场，同意先停用争议设施，三日内拿出整改和补偿方案，与村民代表面谈。"


@transaction.atomic
def write(now: datetime) -> None:
    """Through the services, each at its own time. A second call changes nothing."""
    if EntrustmentLetter.objects.exists():
        return
    cast = Cast()
    for index, dispute in enumerate(_waiting(now)):
        desk = dispute.managing_org.code.removesuffix(".centre")
        by = cast["county.office" if desk == "county" else f"{desk}.coordinator"]
        at = last_entry(dispute) + timedelta(hours=2)
        request = REQUEST.format(centre=dispute.managing_org.name)
        writing = Writing(dispute.unit_name, request, shanghai_date(at + WITHIN))
        letter = letters.issue(number=dispute.number, writing=writing, by=by, now=at)
        if index % 4 == 3:
            continue
        served = at + timedelta(hours=20)
        letters.serve(letter_id=letter.pk, note="当面送达，办公室签收。", by=by, now=served)
        if index % 4 == 0:
            letters.reply(letter_id=letter.pk, account=REPLY, by=by, now=served + timedelta(days=1))


def _waiting(now: datetime) -> list[Dispute]:
    """Open cases of a unit and the people around it, the newest first."""
    rows = Dispute.objects.filter(unit_relation=UnitRelation.VERSUS_LOCALITY).exclude(
        status__in=lifecycle.ENDED
    )
    found = rows.exclude(status="registered").select_related("managing_org").order_by("-registered_at")
    return [dispute for dispute in found if now - last_entry(dispute) > QUIET][:MOST]
