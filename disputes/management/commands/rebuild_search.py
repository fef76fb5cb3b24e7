from typing import Any

from django.core.management.base import BaseCommand

from disputes.services import search_index


class Command(BaseCommand):
    help = "Writes the search index of all disputes anew, in batches. Safe to run again and while the county works."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"hejie  | {search_index.rebuild()} disputes indexed for search")
