from typing import Any

from django.core.management.base import BaseCommand

from core.models import Installation
from demo.accounts import DEMO_PASSWORD

LINES = (
    (
        "t01.clerk",
        "t01 … t12: clerk coordinator deputy mayor secretary mediator justice police tribunal petition duty v01",
    ),
    ("hrss.handler", "hrss nr health eco water justice housing agri edu market …: handler deputy head"),
    ("county.office", "county: office duty deputy head secretary"),
    ("unit01.head", "unit01: handler head"),
    ("admin", "security auditor"),
)


class Command(BaseCommand):
    help = "Prints the demo accounts, on a demo database only."

    def handle(self, *args: Any, **options: Any) -> None:
        if not Installation.objects.filter(kind=Installation.Kind.DEMO).exists():
            return
        self.stdout.write(f"Demo accounts, password for all: {DEMO_PASSWORD}")
        for example, pattern in LINES:
            self.stdout.write(f"  {example:16} {pattern}")
