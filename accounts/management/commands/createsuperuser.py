from typing import Any

from django.contrib.auth.management.commands import createsuperuser

NEXT = """What an account may do comes from the posts it holds, never from being a superuser. This one can sign in and
holds none. Next: manage.py officers appoint administrator USERNAME; for security and auditor two other people."""


class Command(createsuperuser.Command):
    """Django's own, and what is still missing for the account to be of use."""

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        self.stdout.write(NEXT)
