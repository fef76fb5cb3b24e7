"""The demo county is loaded beside the pages: one more child, which runs once."""

import json
import time
from collections.abc import Callable
from pathlib import Path

from supervisor.identity import Identity
from supervisor.layout import PROJECT
from supervisor.program import Program
from supervisor.session import Session, say

PYTHON = str(PROJECT / ".venv" / "bin" / "python")
After = Callable[[bool], None]


def waits_to_be_loaded(session: Session) -> bool:
    """`manage.py prepare --demo` leaves word by this file."""
    return session.layout.demo_progress.exists()


def load_beside(session: Session, after: After) -> None:
    """Start it and go on; `after` is called once it ended, with whether the county is whole. When it is told to stop
    before, `after` is not called: the next start takes it up."""
    begun = time.monotonic()

    def ended(code: int) -> None:
        if code == 0:
            say(f"the demo county is whole after {time.monotonic() - begun:.0f} s more")
        else:
            note_failure(session.layout.demo_progress)
            say("THE DEMO COUNTY IS NOT WHOLE: its loading failed, its own words stand above.")
            say("The pages go on with what there is; deadlines are not swept. The next start loads the rest.")
        after(code == 0)

    say("loading the demo county; the pages say how far it is, and may be used meanwhile")
    session.keeper.start(program(session, ended))


def program(session: Session, ended: Callable[[int], None]) -> Program:
    """In the owner's name, and before web in stopping: it would write on."""
    env = session.environment()
    return Program(
        name="demo",
        argv=(PYTHON, "manage.py", "load_demo_county"),
        identity=Identity("user"),
        cwd=PROJECT,
        env=env | {"DATABASE_URL": env["OWNER_DATABASE_URL"], "PYTHONUNBUFFERED": "1"},
        stage=3,
        stop_seconds=10,
        ended=ended,
    )


def note_failure(progress: Path) -> None:
    """Also where the loading was killed and could not note it itself."""
    try:
        known = dict(json.loads(progress.read_text()))
    except (OSError, ValueError):
        known = {"loaded": 0, "all": 0}
    draft = progress.with_suffix(".failed")
    draft.write_text(json.dumps(known | {"failed": True}))
    draft.replace(progress)
