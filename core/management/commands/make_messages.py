from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand

from core import messages

HEADER = {
    "Project-Id-Version": "hejie",
    "Language": "en",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
WIDTH = 100


class Command(BaseCommand):
    help = "Brings the English catalogue up to the sentences in the code; lists those without a translation."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--locale", type=Path, default=Path(settings.LOCALE_PATHS[0]))

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["locale"] / "en" / "LC_MESSAGES" / "django.po"
        catalogue = open_catalogue(path)
        changes = messages.merge(catalogue, messages.collect(Path(settings.BASE_DIR)))
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(path))
        missing = catalogue.untranslated_entries()
        for entry in missing:
            self.stdout.write(f"not translated: {entry.msgid}")
        self.stdout.write(
            f"hejie  | {len(catalogue)} messages, {len(changes.added)} new, "
            f"{len(changes.dropped)} dropped, {len(missing)} not translated"
        )


def open_catalogue(path: Path) -> polib.POFile:
    if path.exists():
        return polib.pofile(str(path), wrapwidth=WIDTH)
    catalogue = polib.POFile(wrapwidth=WIDTH)
    catalogue.metadata = dict(HEADER)
    return catalogue
