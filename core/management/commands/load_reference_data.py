from typing import Any

from django.core.management.base import BaseCommand

from core import clock, reference


class Command(BaseCommand):
    help = "Loads calendars, limits, categories and other reference data. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, done in reference.load_all(clock.now()).items():
            self.stdout.write(f"{name}: {done}")
