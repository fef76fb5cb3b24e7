"""The two database roles and the database, made when missing; and the locale check."""

from pathlib import Path

import psycopg
from psycopg import sql

from supervisor.errors import CannotStart
from supervisor.postgres import LOCALE, superuser_dsn

OWNER = "hejie_owner"  # migrates, owns every table, makes test databases
APP = "hejie_app"  # web, worker, beat: may not change what is append-only
DATABASE = "hejie"


def ensure_database(run: Path) -> None:
    """Safe to call at every start. `hejie_owner` is no superuser: it may create databases and grant."""
    with psycopg.connect(superuser_dsn(run), autocommit=True) as connection:
        _ensure_role(connection, OWNER, "LOGIN CREATEDB")
        _ensure_role(connection, APP, "LOGIN")
        # tamper tests switch triggers off for a session, which the owner of a table could do anyway
        connection.execute(
            sql.SQL("GRANT SET ON PARAMETER session_replication_role TO {}").format(sql.Identifier(OWNER))
        )
        if not _exists(connection, "SELECT FROM pg_database WHERE datname = %s", DATABASE):
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
            )
        _check_locale(connection)


def _ensure_role(connection: psycopg.Connection, name: str, rights: str) -> None:
    if not _exists(connection, "SELECT FROM pg_roles WHERE rolname = %s", name):
        connection.execute(sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(name), sql.SQL(rights)))


def _exists(connection: psycopg.Connection, query: str, name: str) -> bool:
    return connection.execute(query, [name]).fetchone() is not None


def _check_locale(connection: psycopg.Connection) -> None:
    """With the plain C locale Chinese text would not be split into words, and searches find nothing."""
    row = connection.execute(
        "SELECT pg_encoding_to_char(encoding), datctype FROM pg_database WHERE datname = %s", [DATABASE]
    ).fetchone()
    if row != ("UTF8", LOCALE):
        raise CannotStart(f"The database must be UTF8 with locale {LOCALE}, but it is {row}.")
