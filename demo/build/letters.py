"""交办函 of the demo county: of a unit that quarrels with the people around it, to whoever supervises it, for no party
settles its own matter; one answered, one awaited, one late."""

from datetime import datetime, timedelta

from django.db import transaction

from core.clock import shanghai_date
from demo.build.alarms import last_entry
from demo.build.playing import Cast
from demo.departments import DEPARTMENT_OF
from demo.organizations import ENTERPRISES
from disputes.choices import UnitRelation
from disputes.models import Dispute
from disputes.rules import lifecycle
from responsibility.models import EntrustmentLetter
from responsibility.services import letters
from responsibility.services.letters import Writing

MOST = 4
QUIET = timedelta(days=3)  # nothing else has happened since: a letter finds its place in the trail
WITHIN = timedelta(days=5)
REQUEST = (
    "群众反映{unit}的情况附后。请贵单位督促该单位指派负责人到{centre}说明情况，核实群众反映的问题，"
    "就整改和补偿提出书面意见。"
)
REPLY = "已约谈该单位负责人，一同到村里看过现场；该单位同意先停用争议设施，三日内拿出整改和补偿方案，与村民代表面谈。"
POWER = next(name for code, name, _town in ENTERPRISES if code == "unit03")
POWER_ABOVE = "岚江市供电公司"  # in no register of the county: written to as it stands


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
        request = REQUEST.format(unit=dispute.unit_name, centre=dispute.managing_org.name)
        writing = Writing(supervisor_of(dispute), request, shanghai_date(at + WITHIN))
        letter = letters.issue(number=dispute.number, writing=writing, by=by, now=at)
        if index % 4 == 3:
            continue
        served = at + timedelta(hours=20)
        letters.serve(letter_id=letter.pk, note="当面送达，办公室签收。", by=by, now=served)
        if index % 4 == 0:
            letters.reply(letter_id=letter.pk, account=REPLY, by=by, now=served + timedelta(days=1))


def supervisor_of(dispute: Dispute) -> str:
    """谁主管谁负责: the department of the matter's field; the power supply answers to its own company above."""
    if dispute.unit_name == POWER:
        return POWER_ABOVE
    return DEPARTMENT_OF[dispute.category.code]


def _waiting(now: datetime) -> list[Dispute]:
    """Open cases of a unit and the people around it that its supervisor does not lead already, the newest first."""
    rows = Dispute.objects.filter(unit_relation=UnitRelation.VERSUS_LOCALITY).exclude(
        status__in=lifecycle.ENDED
    )
    found = rows.exclude(status="registered").select_related("managing_org", "category", "lead_unit")
    return [
        dispute
        for dispute in found.order_by("-registered_at")
        if now - last_entry(dispute) > QUIET
        and (dispute.lead_unit is None or dispute.lead_unit.code != supervisor_of(dispute))
    ][:MOST]
