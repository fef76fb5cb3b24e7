"""`manage.py`, typed in the project folder, finds the database that runs there, or says what to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from supervisor.environment import product_environment
from supervisor.keys import load_keys
from supervisor.layout import PROJECT, Layout
from supervisor.manage import command_of, environment_for
from supervisor.roles import APP, OWNER
from tests.supervisor.conftest import Supervisor


def app_address(data: Path) -> str:
    return f"postgres://{APP}@/hejie?host={Layout(data).run}"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder in which the product was started once."""
    (tmp_path / "data").mkdir()
    load_keys(Layout(tmp_path / "data").secrets)
    return tmp_path / "data"


def asked(data: Path, *arguments: str, **given: str) -> dict[str, str]:
    return environment_for(["manage.py", *arguments], {"PATH": "/bin", "DATA_DIR": str(data)} | given)


def test_a_command_gets_the_addresses_and_the_keys_of_the_folder(data: Path) -> None:
    env = asked(data, "shell")
    assert env["DATABASE_URL"] == app_address(data)
    assert env["SEARCH_KEY"] == load_keys(Layout(data).secrets)["SEARCH_KEY"]
    assert env["DJANGO_SETTINGS_MODULE"] == "config.settings.local"


@pytest.mark.parametrize("command", ["migrate", "prepare", "flush", "load_demo_county"])
def test_what_changes_tables_is_done_in_the_owners_name(data: Path, command: str) -> None:
    assert asked(data, command)["DATABASE_URL"] == app_address(data).replace(APP, OWNER)
    assert asked(data, "--settings=x", command)["DATABASE_URL"].startswith(f"postgres://{OWNER}@")


def test_an_address_of_ones_own_wins(data: Path) -> None:
    own = "postgres://me@elsewhere/theirs"
    assert asked(data, "migrate", DATABASE_URL=own)["DATABASE_URL"] == own
    assert asked(data, "migrate", DATABASE_URL=own, SEARCH_KEY="mine")["SEARCH_KEY"] == "mine"


def test_inside_the_supervisors_own_environment_nothing_is_changed_but_the_role(data: Path) -> None:
    inside = {"PATH": "/bin"} | product_environment(Layout(data), {})
    assert environment_for(["manage.py", "shell"], inside)["DATABASE_URL"] == app_address(data)
    owner = inside | {"DATABASE_URL": inside["OWNER_DATABASE_URL"]}
    assert environment_for(["manage.py", "shell"], owner)["DATABASE_URL"] == owner["DATABASE_URL"]


def test_a_shell_of_another_folder_does_not_carry_its_addresses_along(data: Path, tmp_path: Path) -> None:
    other = product_environment(Layout(tmp_path / "other"), dict.fromkeys(load_keys(tmp_path / "s.env"), "k"))
    env = environment_for(["manage.py", "shell"], other | {"DATA_DIR": str(data)})
    assert env["DATABASE_URL"] == app_address(data)
    assert env["SEARCH_KEY"] != "k"


def test_before_the_first_start_nothing_is_made(tmp_path: Path) -> None:
    env = asked(tmp_path / "none", "check")
    assert env["DATABASE_URL"] == app_address(tmp_path / "none")
    assert "SECRET_KEY" not in env
    assert not (tmp_path / "none").exists()


def test_the_command_is_the_first_word_that_is_no_option() -> None:
    assert command_of(["manage.py", "--traceback", "migrate", "core"]) == "migrate"
    assert command_of(["manage.py"]) == ""


def typed(data: Path, *arguments: str, say: str = "", **given: str) -> subprocess.CompletedProcess[str]:
    """`./manage.py …` as a person types it, with nothing in the environment but the folder."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=PROJECT,
        env=kept | {"DATA_DIR": str(data)} | given,
        input=say,
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.mark.fault
@pytest.mark.parametrize("command", ["showmigrations", "dbshell", "createsuperuser"])
def test_without_a_running_database_it_says_what_to_do(tmp_path: Path, command: str) -> None:
    said = typed(tmp_path / "none", command)
    assert said.returncode == 1
    assert "make run" in said.stderr
    assert "DATABASE_URL=" in said.stderr
    assert "Traceback" not in said.stderr


@pytest.mark.fault
def test_everything_a_django_user_types_works_beside_the_running_database(supervisor: Supervisor) -> None:
    supervisor.start()
    data = supervisor.layout.data
    assert supervisor.run("env").returncode == 0  # makes the keys, as `make run` does

    migrated = typed(data, "prepare")
    assert migrated.returncode == 0, migrated.stderr
    assert "0 unapplied" not in typed(data, "showmigrations", "--plan").stdout

    made = typed(
        data,
        *("createsuperuser", "--no-input", "--username", "first", "--name", "张一", "--email", "a@b.example"),
        DJANGO_SUPERUSER_PASSWORD="long-and-of-no-use-9",
    )
    assert made.returncode == 0, made.stderr

    shell = typed(data, "shell", "-c", "from accounts.models import User; print(User.objects.get().name)")
    assert shell.stdout.split()[-1] == "张一"

    psql = typed(data, "dbshell", "--", "-At", say="SELECT current_user, count(*) FROM accounts_user;")
    assert psql.stdout.strip() == f"{APP}|1"

    elsewhere = typed(data, "shell", "-c", "pass", DATABASE_URL="postgres://me@127.0.0.1:1/none")
    assert elsewhere.returncode == 0  # nothing was asked of it
    refused = typed(data, "showmigrations", DATABASE_URL="postgres://me@127.0.0.1:1/none")
    assert refused.returncode != 0
    assert "127.0.0.1" in refused.stderr


@pytest.mark.fault
def test_manage_py_test_is_the_tests_of_this_project(data_folder: Path) -> None:
    said = typed(data_folder, "test", "--version", BROWSER="0")
    assert said.returncode == 0, said.stderr
    assert "pytest" in said.stdout + said.stderr
    assert (data_folder / "test" / "postgres").exists()
    assert not (data_folder / "postgres").exists()
