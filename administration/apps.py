from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdministrationConfig(AppConfig):
    """The administrators' pages about people, places, units and posts, and the auditor's access log. No table of its
    own: the rows are those of accounts, jurisdictions and audit."""

    name = "administration"
    verbose_name = _("系统管理")

    def ready(self) -> None:
        import_module("administration.menu").connect()
        import_module("administration.palette")
