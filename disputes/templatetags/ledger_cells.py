from django import template

from disputes.models import Dispute
from disputes.selectors.ledger_columns import cell

register = template.Library()


@register.filter
def ledger_cell(dispute: Dispute, name: str) -> str:
    """`{{ dispute|ledger_cell:head.name }}`: what stands in one of the columns that not everybody sees."""
    return cell(dispute, name)
