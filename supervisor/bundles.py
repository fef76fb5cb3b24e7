"""One style sheet and one script for a page, put together by esbuild out of `static/` and the browser libraries."""

import subprocess
from pathlib import Path

from supervisor.errors import CannotStart
from supervisor.fingerprint import Stamp
from supervisor.layout import PROJECT

ENTRIES = ("css/app.css", "css/sheet.css", "js/app.js", "js/charts.js", "js/early.js", "js/sheet.js")
INPUTS = ("static/css", "static/js", "package-lock.json", "supervisor/bundles.py")
OPTIONS = (
    "--bundle",
    "--minify",
    "--format=esm",
    "--target=es2022",
    "--legal-comments=none",
    "--log-level=warning",
    "--outbase=static",
)


def build_bundles(project: Path = PROJECT) -> Path:
    """`static/bundle` anew where its sources changed; returns it. Raises CannotStart with esbuild's own words above."""
    target = project / "static" / "bundle"
    stamp = Stamp(target / ".built-from", [project / name for name in INPUTS])
    if stamp.is_current() and all((target / entry).is_file() for entry in ENTRIES):
        return target
    entries = [f"static/{entry}" for entry in ENTRIES]
    tool = project / "node_modules" / ".bin" / "esbuild"
    ended = subprocess.run([str(tool), *entries, *OPTIONS, f"--outdir={target}"], cwd=project, check=False)
    if ended.returncode != 0:
        raise CannotStart(
            "The pages' scripts and styles could not be put together; esbuild's words stand above."
        )
    stamp.set()
    return target
