"""`make check`: everything that can be said about the code without running its tests."""

from collections.abc import Callable
from dataclasses import dataclass, field

from supervisor.addresses import registry_addresses
from supervisor.bundles import build_bundles
from supervisor.keys import new_keys
from supervisor.layout import PROJECT
from supervisor.session import Session, say
from supervisor.testing import test_session

BIN = PROJECT / ".venv" / "bin"
BIOME = PROJECT / "node_modules" / ".bin" / "biome"  # a program of its own, pinned beside esbuild
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "ALLOWED_HOSTS": "hejie.example",
    "CSRF_TRUSTED_ORIGINS": "https://hejie.example",
    "DEMO": "0",
}


@dataclass(frozen=True)
class Check:
    words: str
    command: tuple[str, ...]
    env: Callable[[], dict[str, str]] = field(default=dict)


def manage(*arguments: str) -> tuple[str, ...]:
    return (str(BIN / "python"), "manage.py", *arguments)


def program(name: str, *arguments: str) -> tuple[str, ...]:
    return (str(BIN / name), *arguments)


CHECKS = (
    Check("format", program("ruff", "format", "--check", "--quiet", ".")),
    Check("lint", program("ruff", "check", "--quiet", ".")),
    Check("import contracts", program("lint-imports", "--no-logo")),
    Check("templates", program("djlint", "templates", "--lint", "--quiet")),
    Check("scripts and styles", (str(BIOME), "lint", "--error-on-warnings", "static")),
    Check("types", program("mypy", ".")),
    Check(
        "migrations",
        manage("makemigrations", "--check", "--dry-run"),
        lambda: {"DJANGO_SETTINGS_MODULE": "config.settings.test"},
    ),
    Check(
        "deployment settings",
        manage("check", "--deploy", "--fail-level", "WARNING"),
        lambda: PRODUCTION | new_keys(),
    ),
)


def run_checks(session: Session) -> int:
    """All of them, also after one failed; what failed stands last."""
    build_bundles()
    with test_session(session) as test:
        if test.take_over():
            test.start_services()
        else:
            test.wait_for_others_services()
        failed = [check.words for check in CHECKS if not _passes(test, check)]
    if found := registry_addresses(PROJECT):
        failed.append("registry addresses")
        print("\n".join(found), flush=True)
    say(f"failed: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


def _passes(test: Session, check: Check) -> bool:
    if test.stopping:
        return False
    say(check.words)
    return test.run(list(check.command), check.env()) == 0
