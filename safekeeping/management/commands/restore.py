from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from core import clock
from safekeeping.services import backup, seal_notices, witness


class Command(BaseCommand):
    help = "Puts a backup back over this database, then verifies the ledger. Stop web, worker and beat first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="the database holds disputes: replace them"
        )

        parser.add_argument(
            "--reason", default="", help="why an older state is put back; kept in the witness file"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if _holds_disputes() and not options["replace"]:
            raise CommandError(
                "this database holds disputes; give --replace to put the backup in their place"
            )
        connection.close()
        try:
            manifest = backup.restore(options["file"].resolve())
        except (backup.BackupError, OSError, KeyError, ValueError) as problem:
            raise CommandError(f"not restored: {problem}") from problem
        self.stdout.write(f"{manifest['disputes']} disputes, {manifest['entries']} entries put back")
        self._tell_the_witness(manifest, options["reason"])
        call_command("verify_ledger", stdout=self.stdout, stderr=self.stderr)

    def _tell_the_witness(self, manifest: dict[str, Any], reason: str) -> None:
        """Seals made after the backup are gone with it: the witness file and the auditors are told so."""
        now = clock.now()
        made = f"backup of {manifest['made_at'][:16]}"
        lost = witness.note_restore(reason=f"{reason} ({made})" if reason else made, now=now)
        if not lost:
            return
        seal_notices.tell_restored(lost, now=now)
        self.stdout.write(
            f"this is an OLDER state: {len(lost)} seals from {lost[0].day} to {lost[-1].day} in {witness.path()} "
            "are not in it; the file says from now on that they were given up, and the auditors are told"
        )


def _holds_disputes() -> bool:
    """Also answers for a database without tables."""
    if "disputes_dispute" not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM disputes_dispute)")
        return bool(cursor.fetchone()[0])
