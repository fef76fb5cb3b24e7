"""What the access log calls the things of this app."""

from django.utils.translation import gettext_lazy as _

from audit.targets import register

register({"meeting": _("调度会")})
