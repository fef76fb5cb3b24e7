from importlib import import_module

from django.apps import AppConfig


class EarlyWarningConfig(AppConfig):
    name = "early_warning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module(
            "early_warning.screens"
        ).connect()  # first: the warning stands before the leaders' parts
        import_module("early_warning.escalation_words").connect()
        import_module("early_warning.leader_words").connect()
        import_module("early_warning.leader_subscribers").connect()
        import_module("early_warning.leader_extensions").connect()
        import_module("early_warning.leader_navigation").connect()
        # after the responsible leader is named: they are told beside the chain
        import_module("early_warning.escalation_subscribers").connect()
        import_module("early_warning.escalation_extensions").connect()
        import_module("early_warning.reading_parts").connect()
