"""The dispute a service of early warning works on, by its number, under its row lock."""

from core.actor import Actor
from disputes.disclosure import disclosure
from disputes.errors import NotFound, out_of_sight
from disputes.models import Dispute
from disputes.services import upper


def locked_case(number: str, by: Actor) -> Dispute:
    """Raises NotFound for what is out of sight, and for a unit that is a party or gave the case back."""
    pk = Dispute.objects.visible_to(by).filter(number=number).values_list("pk", flat=True).first()
    if pk is None:
        raise nowhere()
    dispute = upper.locked(pk, by)
    shown = disclosure(by, dispute)
    if not shown.level or shown.trail_until is not None:
        raise nowhere()
    return dispute


def nowhere() -> NotFound:
    return out_of_sight()
