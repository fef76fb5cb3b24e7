"""`python3 -m supervisor.bootstrap [--dev]`: makes .venv and node_modules what the lock files say.

Runs under the machine's own Python before anything is installed: standard library only.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from supervisor.errors import CannotStart

PROJECT = Path(__file__).resolve().parents[1]
VENV = PROJECT / ".venv"
VENV_STAMP = VENV / "built-from.json"
NODE_STAMP = PROJECT / "node_modules" / ".built-from"
RUN_LOCK, DEV_LOCK = "requirements.lock", "requirements-dev.lock"


def say(text: str) -> None:
    print(f"hejie  | {text}", flush=True)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def missing_programs() -> list[str]:
    """Debian names of what the machine lacks."""
    missing = []
    try:
        __import__("ensurepip")
        __import__("venv")
    except ImportError:
        missing.append("python3-venv")
    if shutil.which("node") is None:
        missing.append("nodejs")
    if shutil.which("npm") is None:
        missing.append("npm")
    return missing


def check_machine() -> None:
    """Python's own version is checked by the Makefile: an old one could not even read this file."""
    if missing := missing_programs():
        raise CannotStart(f"Missing on this machine: apt-get install {' '.join(missing)}")


def wanted_stamp(*, dev: bool) -> dict[str, str]:
    """What .venv must have been built from. The development lock contains the other one."""
    names = (RUN_LOCK, DEV_LOCK) if dev else (RUN_LOCK,)
    here = {"python": sys.version.split()[0], "place": str(VENV)}  # its programs name their place
    return here | {name: digest(PROJECT / name) for name in names}


def is_satisfied(stamp: dict[str, str], wanted: dict[str, str]) -> bool:
    return all(stamp.get(name) == value for name, value in wanted.items())


def read_stamp() -> dict[str, str]:
    """Nothing when there is none, or when the Python it was made with is gone."""
    try:
        return dict(json.loads(VENV_STAMP.read_text())) if (VENV / "bin" / "python").exists() else {}
    except (OSError, ValueError):
        return {}


def prepare_venv(*, dev: bool) -> None:
    """Rebuild .venv when Python or a lock changed; only add to it when just the development part lacks."""
    wanted, stamp = wanted_stamp(dev=dev), read_stamp()
    if is_satisfied(stamp, wanted):
        return
    if not is_satisfied(stamp, wanted_stamp(dev=False)) or DEV_LOCK in stamp:
        say("making .venv")
        VENV_STAMP.unlink(missing_ok=True)
        run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    say("installing Python packages (a minute or two)")
    install(PROJECT / (DEV_LOCK if dev else RUN_LOCK))
    VENV_STAMP.write_text(json.dumps(wanted, indent=1))


def install(lock: Path) -> None:
    """Exactly the locked files, checked by hash; compiled on all cores instead of one by one."""
    python = str(VENV / "bin" / "python")
    options = ["-qq", "--disable-pip-version-check", "--no-input", "--no-compile", "--no-deps"]
    run([python, "-m", "pip", "install", *options, "--require-hashes", "-r", str(lock)])
    compile_all = [python, "-m", "compileall", "-q", "-q", "-j", "0", str(VENV / "lib")]
    subprocess.run(compile_all, check=False)  # some packages carry files of other Pythons


def prepare_node() -> None:
    lock = digest(PROJECT / "package-lock.json")
    if NODE_STAMP.exists() and NODE_STAMP.read_text() == lock:
        return
    say("installing browser libraries")
    run(["npm", "ci", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"])
    NODE_STAMP.write_text(lock)


def run(command: list[str]) -> None:
    """Quietly: what it says on its error output is enough."""
    nothing = subprocess.DEVNULL
    ended = subprocess.run(command, cwd=PROJECT, env=clean_environment(), stdin=nothing, stdout=nothing)
    if ended.returncode != 0:
        raise CannotStart(f"This failed; its own words stand above: {' '.join(command)}")


def clean_environment() -> dict[str, str]:
    """Without an activated environment of somebody else's, which would get our packages."""
    left_out = {"VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH", "PIP_REQUIRE_VIRTUALENV"}
    return {name: value for name, value in os.environ.items() if name not in left_out}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="with what tests and checks need")
    chosen = parser.parse_args(arguments)
    try:
        check_machine()
        prepare_venv(dev=chosen.dev)
        prepare_node()
    except CannotStart as problem:
        print(f"hejie  | {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
