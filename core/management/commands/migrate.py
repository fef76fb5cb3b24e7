from typing import Any

from django.core.management.commands import migrate

from core.migration_states import drawn_once


class Command(migrate.Command):
    """Django's own, without building its models anew for every index, constraint and trigger."""

    def handle(self, *args: Any, **options: Any) -> None:
        with drawn_once():
            super().handle(*args, **options)
