from importlib import import_module

from django.apps import AppConfig


class EarlyWarningConfig(AppConfig):
    name = "early_warning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("early_warning.leader_words").connect()
        import_module("early_warning.leader_subscribers").connect()
        import_module("early_warning.leader_extensions").connect()
        import_module("early_warning.leader_navigation").connect()
