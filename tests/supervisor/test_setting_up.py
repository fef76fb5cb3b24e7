"""The small pure parts: waits, folders, keys, files, addresses."""

import base64
import os
import socket
import stat
import tempfile
from pathlib import Path

import polib
import pytest
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from supervisor import bootstrap
from supervisor.addresses import registry_addresses
from supervisor.backoff import count_death, delay_before_restart
from supervisor.catalogues import compile_catalogues
from supervisor.environment import given_from_outside, product_environment
from supervisor.errors import CannotStart
from supervisor.fingerprint import Stamp
from supervisor.keys import load_keys
from supervisor.layout import LONGEST_RUN_PATH, PROJECT, Layout, run_folder
from supervisor.lock import Lock
from supervisor.procfile import read_procfile
from supervisor.run import tell_how_to_begin
from supervisor.web_address import WebAddress, address_from


@pytest.mark.parametrize(("deaths", "delay"), [(0, 0), (1, 0.25), (2, 0.5), (3, 1), (7, 5), (1000, 5)])
def test_the_wait_doubles_up_to_five_seconds(deaths: int, delay: float) -> None:
    assert delay_before_restart(deaths) == delay


def test_a_long_life_forgives_earlier_deaths() -> None:
    assert count_death(5, lived=3) == 6
    assert count_death(5, lived=3600) == 1


def test_sockets_lie_with_the_data_unless_the_path_is_too_long() -> None:
    short, long = Path("/srv/hejie"), Path("/srv") / ("x" * LONGEST_RUN_PATH)
    assert run_folder(short) == short / "run"
    assert run_folder(long).parent == Path(tempfile.gettempdir())
    assert run_folder(long) == run_folder(long)
    assert run_folder(long) != run_folder(long / "y")


def test_a_path_of_chinese_characters_counts_in_bytes() -> None:
    assert run_folder(Path("/srv") / ("矛盾" * 15)).name.startswith("hejie-")


def test_a_socket_folder_open_to_others_is_refused(tmp_path: Path) -> None:
    layout = Layout(tmp_path / ("x" * LONGEST_RUN_PATH))
    layout.run.mkdir(mode=0o755)
    try:
        with pytest.raises(CannotStart, match="not a private folder"):
            layout.create()
    finally:
        layout.run.rmdir()


def test_keys_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    path = tmp_path / "secrets.env"
    keys = load_keys(path)
    assert load_keys(path) == keys
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert Fernet(keys["FIELD_KEYS"]).decrypt(Fernet(keys["FIELD_KEYS"]).encrypt(b"x")) == b"x"
    assert len(keys["SECRET_KEY"]) >= 50


def test_the_seal_key_signs(tmp_path: Path) -> None:
    seed = base64.b64decode(load_keys(tmp_path / "secrets.env")["SEAL_KEY"])
    assert len(Ed25519PrivateKey.from_private_bytes(seed).sign(b"day")) == 64


def test_a_secrets_file_with_a_key_missing_is_never_filled_up_silently(tmp_path: Path) -> None:
    path = tmp_path / "secrets.env"
    path.write_text("SECRET_KEY=x\n")
    with pytest.raises(CannotStart, match="FIELD_KEYS, SEARCH_KEY, SEAL_KEY"):
        load_keys(path)


def test_one_lock_per_folder(tmp_path: Path) -> None:
    first, second = Lock(tmp_path / "lock"), Lock(tmp_path / "lock")
    assert first.take()
    assert not second.take()
    with pytest.raises(CannotStart, match=f"process {os.getpid()}"):
        second.take_or_refuse()
    first.release()
    assert second.take()
    second.release()


def test_outside_addresses_and_keys_win(tmp_path: Path) -> None:
    given = {"DATABASE_URL": "postgres://elsewhere/hejie", "SEARCH_KEY": "theirs"}
    env = product_environment(Layout(tmp_path), given)
    assert env["DATABASE_URL"] == env["OWNER_DATABASE_URL"] == "postgres://elsewhere/hejie"
    assert env["SEARCH_KEY"] == "theirs"
    assert env["REDIS_URL"].startswith("unix://")


def test_a_shell_that_took_over_our_addresses_can_turn_to_another_folder(tmp_path: Path) -> None:
    shell = {"PATH": "/bin"} | product_environment(Layout(tmp_path), {})
    assert given_from_outside(shell | {"DATA_DIR": "/other"}) == {"PATH": "/bin", "DATA_DIR": "/other"}


def test_the_procfile_names_web_worker_and_beat() -> None:
    assert list(read_procfile((PROJECT / "Procfile").read_text())) == ["web", "worker", "beat"]


def test_a_broken_procfile_line_is_shown() -> None:
    with pytest.raises(CannotStart, match="nonsense"):
        read_procfile("web: gunicorn\nnonsense\n")


def test_a_busy_port_is_named_with_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(CannotStart, match=f"127.0.0.1:{port} is in use.*make run PORT="):
            WebAddress("127.0.0.1", port).require_free()
    WebAddress("127.0.0.1", port).require_free()


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(CannotStart, match="PORT must be a number"):
        address_from({"PORT": port})


def test_the_product_is_asked_under_a_name_it_answers_to() -> None:
    assert address_from({"ALLOWED_HOSTS": "*, .county.example,other.example"}).called == "county.example"
    assert address_from({}).called == ""


def test_listening_everywhere_allows_this_machines_own_names() -> None:
    names = WebAddress("0.0.0.0", 8000).names()
    assert {"127.0.0.1", "localhost", socket.gethostname()} <= set(names)
    assert "*" not in names


def test_a_catalogue_is_compiled_once_per_change(tmp_path: Path) -> None:
    source = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    catalogue.append(polib.POEntry(msgid="登记", msgstr="Register"))
    catalogue.save(str(source))
    assert compile_catalogues(tmp_path) == [source.with_suffix(".mo")]
    assert polib.mofile(str(source.with_suffix(".mo"))).find("登记").msgstr == "Register"
    assert compile_catalogues(tmp_path) == []
    os.utime(source, (source.stat().st_atime, source.stat().st_mtime + 5))
    assert compile_catalogues(tmp_path) == [source.with_suffix(".mo")]


def test_a_stamp_holds_until_a_file_changes(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a").write_text("1")
    Stamp(tmp_path / "stamp", [tmp_path / "in"]).set()
    assert Stamp(tmp_path / "stamp", [tmp_path / "in"]).is_current()
    (tmp_path / "in" / "b").write_text("2")
    assert not Stamp(tmp_path / "stamp", [tmp_path / "in"]).is_current()


def test_the_environment_is_rebuilt_only_when_its_lock_or_python_changed() -> None:
    run, dev = bootstrap.wanted_stamp(dev=False), bootstrap.wanted_stamp(dev=True)
    assert bootstrap.is_satisfied(dev, run)
    assert not bootstrap.is_satisfied(run, dev)
    assert not bootstrap.is_satisfied(dev | {"python": "3.10.0"}, run)
    assert not bootstrap.is_satisfied(dev | {"place": "/moved"}, run)
    assert not bootstrap.is_satisfied(dev | {bootstrap.RUN_LOCK: "older"}, dev)


def test_missing_programs_are_named_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(CannotStart, match="apt-get install nodejs npm"):
        bootstrap.check_machine()


def test_no_registry_is_named_in_this_repository() -> None:
    assert registry_addresses(PROJECT) == []


def test_the_code_of_an_empty_county_is_printed_once_and_gone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, address = tmp_path / "first-start-code", WebAddress("127.0.0.1", 8123)
    tell_how_to_begin(code, address)
    assert capsys.readouterr().err == ""
    code.write_text("abc2-def3")
    tell_how_to_begin(code, address)
    said = capsys.readouterr().err
    assert "http://127.0.0.1:8123/first-start/" in said
    assert "abc2-def3" in said
    assert not code.exists()
