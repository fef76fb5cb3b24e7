from django.apps import AppConfig


class EarlyWarningConfig(AppConfig):
    name = "early_warning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from early_warning import wiring  # models are there only now

        wiring.connect()
