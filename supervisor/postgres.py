"""The embedded PostgreSQL: made once by initdb, reached through a socket in a closed folder."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import psycopg

from supervisor.errors import CannotStart
from supervisor.identity import Identity
from supervisor.layout import Layout
from supervisor.leftovers import started_at, stop_process
from supervisor.postgres_program import find_programs, major_version
from supervisor.program import Program
from supervisor.remains import of_folder

LOCALE = "C.UTF-8"
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "120",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# Only for a cluster whose loss is nothing: unit tests.
FAST_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}
ENVIRONMENT = {"LC_ALL": LOCALE, "TZ": "UTC"}


def postgres_program(layout: Layout, identity: Identity, *, fast: bool) -> Program:
    """The server on this layout's cluster, which is made when there is none. Stops with SIGINT:
    SIGTERM would wait for every client to leave by itself."""
    identity.refuse_others_folder(layout.postgres)
    programs = find_programs(layout, identity)
    _refuse_other_major(layout.postgres, programs)
    identity.give(layout.run)
    if not (layout.postgres / "PG_VERSION").exists():
        _make_cluster(layout, identity, programs, fast=fast)
    settings = SETTINGS | {"unix_socket_directories": str(layout.run)} | (FAST_SETTINGS if fast else {})
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return Program(
        name="postgres",
        argv=(str(programs / "postgres"), "-D", str(layout.postgres), *options),
        identity=identity,
        cwd=layout.postgres,
        env=os.environ | ENVIRONMENT,
        log=layout.logs / "postgres.log",
        stop_signal=signal.SIGINT,
        stop_seconds=60,
        start_seconds=120,
        is_ready=lambda pid: recorded_pid(layout.postgres) == pid and accepts_connections(layout.run),
        prepare=lambda: clear_the_way(layout.postgres),
        remains=lambda _pid: of_folder(layout.postgres, is_servers_child),
    )


def superuser_dsn(run: Path, database: str = "postgres") -> str:
    return psycopg.conninfo.make_conninfo(host=str(run), user="postgres", dbname=database, connect_timeout=3)


def accepts_connections(run: Path) -> bool:
    try:
        psycopg.connect(superuser_dsn(run)).close()
    except psycopg.OperationalError:
        return False
    return True


def recorded_pid(cluster: Path) -> int | None:
    """The pid that PostgreSQL wrote down for this cluster; the process may be gone."""
    try:
        return int((cluster / "postmaster.pid").read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None


def clear_the_way(cluster: Path) -> None:
    """Before a start: stop a server left running here (we hold the lock, so nobody wants it), and remove
    a pid file that after a crash of the machine names somebody else's process."""
    pid = recorded_pid(cluster)
    if pid is not None and is_postgres_on(pid, cluster):
        stop_process(pid, signal.SIGINT)
    elif pid is not None:
        (cluster / "postmaster.pid").unlink(missing_ok=True)


def is_servers_child(command_line: bytes) -> bool:
    """Whether a process calls itself as PostgreSQL's children do: `postgres: checkpointer`."""
    return command_line.startswith(b"postgres: ")


def is_postgres_on(pid: int, cluster: Path) -> bool:
    """Whether that process is a living `postgres` started on this folder."""
    if started_at(pid) is None:
        return False
    try:
        arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return arguments[0].endswith(b"postgres") and os.fsencode(cluster) in arguments


def _refuse_other_major(cluster: Path, programs: Path) -> None:
    version_file = cluster / "PG_VERSION"
    if not version_file.exists():
        return
    theirs, ours = version_file.read_text().strip(), major_version(programs)
    if theirs != ours:
        raise CannotStart(
            f"{cluster} was made by PostgreSQL {theirs}, this release brings {ours}.\n"
            "Start the former release once more and write a backup (manage.py backup), then set\n"
            "DATA_DIR to a new folder, start, and read the backup in (manage.py restore)."
        )


def _make_cluster(layout: Layout, identity: Identity, programs: Path, *, fast: bool) -> None:
    """initdb beside the final place, then one rename: an interrupted first start leaves no half cluster."""
    draft = layout.data / "postgres.new"
    shutil.rmtree(draft, ignore_errors=True)
    shutil.rmtree(layout.postgres, ignore_errors=True)
    identity.give(draft)
    command = [
        *identity.prefix,
        str(programs / "initdb"),
        *("-D", str(draft), "-U", "postgres", "--encoding=UTF8", f"--locale={LOCALE}", "--auth=trust"),
        *(["--no-sync"] if fast else []),
    ]
    made = subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd=draft,
        env=os.environ | ENVIRONMENT,
        user=identity.uid,
        group=identity.gid,
    )
    if made.returncode != 0:
        raise CannotStart(f"PostgreSQL could not make its data folder:\n{made.stderr.strip()}")
    draft.rename(layout.postgres)
