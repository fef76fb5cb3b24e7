from django.apps import AppConfig


class ResponsibilityConfig(AppConfig):
    name = "responsibility"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from responsibility import wiring  # models are there only now

        wiring.connect()
