from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SafekeepingConfig(AppConfig):
    name = "safekeeping"
    verbose_name = _("台账核验")

    def ready(self) -> None:
        from safekeeping import wiring  # models are there only now

        wiring.connect()
