from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisputesConfig(AppConfig):
    name = "disputes"
    verbose_name = _("矛盾纠纷")

    def ready(self) -> None:
        import_module("disputes.steps").connect()
        import_module("disputes.subscribers").connect()
        import_module("disputes.navigation")
        import_module("disputes.palette")
        import_module("disputes.calendar_words").connect()
