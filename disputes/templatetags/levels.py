from collections.abc import Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from disputes.models import Dispute
from disputes.selectors.shown_levels import level_words

register = template.Library()


@register.filter
def level_beside(levels: Mapping[int, int | None], dispute: Dispute) -> SafeString | str:
    """`{{ levels|level_beside:dispute }}`: the pill, out of what `shown_levels` told for the rows of a list."""
    level = levels.get(dispute.pk)
    return format_html('<span class="level level-{}">{}</span>', level, level_words(level)) if level else ""
