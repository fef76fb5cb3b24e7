from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CalendarsConfig(AppConfig):
    name = "calendars"
    verbose_name = _("日历与期限")

    def ready(self) -> None:
        import_module("calendars.menu").connect()
