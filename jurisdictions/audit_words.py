"""What the access log calls the things of this app."""

from django.utils.translation import gettext_lazy as _

from audit.targets import register

register(
    {
        "organization": _("单位"),
        "place": _("区划"),
        "post": _("岗位"),
        "sector": _("行业"),
    }
)
