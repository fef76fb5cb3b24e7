from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoordinationConfig(AppConfig):
    name = "coordination"
    verbose_name = _("调度")

    def ready(self) -> None:
        from coordination import wiring  # models are there only now

        wiring.connect()
