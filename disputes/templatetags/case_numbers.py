from django import template

from disputes.models.shown_numbers import shown_number

register = template.Library()


@register.filter
def case_number(number: str | None) -> str:
    """The number as people see it, where a page has it without its dispute."""
    return shown_number(number) if number else ""
