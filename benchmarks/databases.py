"""Databases of their own for measurements, beside the one the settings name."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.core.management import call_command
from django.db import connection
from psycopg import sql

from core import reference
from core.models import Installation
from demo.build import structure
from jurisdictions.models import Place


@contextmanager
def using(name: str) -> Iterator[None]:
    """The default connection speaks to that database for a while."""
    before = connection.settings_dict["NAME"]
    _switch(name)
    try:
        yield
    finally:
        _switch(before)


def _switch(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def create(name: str, *, now: datetime) -> None:
    """Makes the database if it is missing, with tables, reference data and the demo county's structure."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        missing = cursor.fetchone() is None
        if missing:
            text = sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(
                sql.Identifier(name)
            )
            cursor.execute(text.as_string(None))
    with using(name):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("apply_grants", verbosity=0)
        reference.load_all(now)
        if not Place.objects.exists():
            structure.build(now)
            Installation.objects.create(id=1, kind=Installation.Kind.TEST, created_at=now)


def drop(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)).as_string(None))
