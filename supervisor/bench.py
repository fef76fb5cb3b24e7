"""`make bench`: a durable cluster of its own, so that neither demo nor tests are touched."""

import os
import pwd
import tempfile
from pathlib import Path

from supervisor.identity import Identity, choose_identity
from supervisor.layout import Layout
from supervisor.postgres_program import find_programs
from supervisor.run import manage, prepare
from supervisor.session import Session


def run_bench(session: Session, arguments: list[str]) -> int:
    given = session.given | {"DATA_DIR": str(session.layout.data / "bench"), "DEMO": "0"}
    if given.get("PEER") == "1":
        given = peer_environment() | given
    with Session.open(given) as bench:
        bench.take_over_or_refuse()
        bench.start_services()
        prepare(bench)
        manage(bench, "bench", *arguments)
    return 0


def peer_environment() -> dict[str, str]:
    """Our PostgreSQL's programs for the peer's own cluster, which its scripts start; as root, as nobody."""
    identity = _without_root()
    base = Path(os.environ.get("PEER_BASE") or Path(tempfile.gettempdir()) / "peer-helpdesk")
    base.mkdir(parents=True, exist_ok=True)
    return {
        "PEER_BASE": str(base),
        "PGBIN": str(find_programs(Layout(base), identity)),
        "PGOSUSER": pwd.getpwuid(identity.owner).pw_name,
    }


def _without_root() -> Identity:
    """The peer's scripts change the user themselves and know nothing of user namespaces."""
    if os.geteuid() != 0:
        return choose_identity()
    nobody = pwd.getpwnam("nobody")
    return Identity("nobody", uid=nobody.pw_uid, gid=nobody.pw_gid)
