"""What the access log calls the things of this app."""

from django.utils.translation import gettext_lazy as _

from audit.targets import register

register(
    {
        "calendar_year": _("工作日历"),
        "deadline_rule": _("期限规则"),
    }
)
