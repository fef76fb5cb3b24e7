from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.crypto import InvalidToken
from safekeeping.services import rotation


class Command(BaseCommand):
    help = (
        "Encrypts everything anew under the first of FIELD_KEYS. Put the new key first, keep the old one behind "
        "it, restart, run this, then take the old key away. Safe to run again, also beside the running service."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if rotation.number_of_keys() < 2:
            self.stdout.write("FIELD_KEYS holds one key: nothing can be under an older one")
            return
        try:
            self._rotate()
        except InvalidToken as problem:
            raise CommandError("something is under a key that FIELD_KEYS no longer holds") from problem
        self.stdout.write("everything is under the newest key; the older ones may be taken away")

    def _rotate(self) -> None:
        for model, field in rotation.encrypted_fields():
            changed = rotation.rotate_column(model, field)
            self.stdout.write(f"{model._meta.label}.{field}: {changed} rows")
        self.stdout.write(f"one-time codes: {rotation.rotate_one_time_codes()} rows")
        self.stdout.write(f"attachments: {rotation.rotate_files()} files")
