from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FirstStartConfig(AppConfig):
    name = "first_start"
    verbose_name = _("首次设置")
