from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("人员与任职")

    def ready(self) -> None:
        import_module("accounts.subscribers").connect()
        import_module("accounts.schema")
        import_module("accounts.menu").connect()
