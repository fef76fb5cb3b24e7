from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from core.migration_states import drawn_once

OF_ANOTHER_VERSION = (
    "The tables of this database were made by another version of this program: {first} and {others} more of its steps "
    "are not known here. Nothing was changed. Keep the data with that version (backup, export), or let this one make "
    "new tables: choose another DATA_DIR (or another DATABASE_URL)."
)


class Command(migrate.Command):
    """Django's own, without building its models anew for every index, constraint, trigger and new table."""

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_tables_of_another_version(options["database"])
        with drawn_once():
            super().handle(*args, **options)


def refuse_tables_of_another_version(database: str) -> None:
    """Raises CommandError when a migration was applied that does not exist: what would follow fits only tables made
    by those that do."""
    loader = MigrationLoader(connections[database])
    ours = {
        config.label for config in apps.get_app_configs() if Path(config.path).parent == settings.BASE_DIR
    }
    unknown = sorted(
        key for key in set(loader.applied_migrations) - set(loader.disk_migrations) if key[0] in ours
    )
    if unknown:
        raise CommandError(OF_ANOTHER_VERSION.format(first=".".join(unknown[0]), others=len(unknown) - 1))
