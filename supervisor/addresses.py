"""No package registry is named in the repository: a mirror's address would bind everybody to it."""

import re
import subprocess
from pathlib import Path

# written with one-letter classes, so that this file names none itself
HOSTS = re.compile(
    r"p[y]pi\.org|p[y]thonhosted\.org|registry\.n[p]mjs|registry\.y[a]rnpkg|deb\.d[e]bian\.org|"
    r"n[p]mmirror\.com|tuna\.t[s]inghua"
)
OPTIONS = re.compile(
    r"^\s*(--)?(extra-)?index-u[r]l\b|^\s*reg[i]stry\s*=\s*['\"]?http|\"reso[l]ved\":\s*\"http", re.M
)


def registry_addresses(project: Path) -> list[str]:
    """`file: text` for every registry address in a tracked or new, not ignored file."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=project,
        capture_output=True,
        check=True,
    )
    names = [name.decode() for name in listed.stdout.split(b"\0") if name]
    return [f"{name}: {text}" for name in names for text in _found_in(project / name)]


def _found_in(path: Path) -> list[str]:
    try:
        text = path.read_text()
    except (OSError, UnicodeDecodeError):
        return []  # deleted just now, a folder, or no text
    return [match.group().strip() for pattern in (HOSTS, OPTIONS) for match in pattern.finditer(text)]
