"""Database and broker come up, come back and go down, whatever is killed."""

import os
import signal
import stat
import subprocess
from pathlib import Path

import psycopg
import pytest
import redis

from supervisor.leftovers import started_at
from supervisor.roles import APP, OWNER
from tests.supervisor.conftest import Supervisor, wait_until

pytestmark = pytest.mark.fault


def connect(supervisor: Supervisor, role: str = OWNER) -> psycopg.Connection:
    return psycopg.connect(f"postgres://{role}@/hejie?host={supervisor.layout.run}", autocommit=True)


def broker(supervisor: Supervisor) -> redis.Redis:
    return redis.Redis(unix_socket_path=str(supervisor.layout.redis_socket))


def test_a_command_gets_database_and_broker_and_nothing_stays_behind(supervisor: Supervisor) -> None:
    said = supervisor.run("exec", "--", "sh", "-c", 'echo "$DATABASE_URL" "$REDIS_URL"; exit 3')
    assert said.returncode == 3
    assert said.stdout.split() == [
        f"postgres://{APP}@/hejie?host={supervisor.layout.run}",
        f"unix://{supervisor.layout.redis_socket}?db=0",
    ]
    assert not (supervisor.layout.postgres / "postmaster.pid").exists()
    assert not supervisor.layout.redis_socket.exists()


def test_options_behind_the_action_belong_to_the_command(supervisor: Supervisor) -> None:
    said = supervisor.run("exec", supervisor.command()[0], "-c", "import sys; print(sys.argv)", "-k", "word")
    assert said.stdout.strip() == "['-c', '-k', 'word']"


def test_chinese_is_stored_and_split_into_words(supervisor: Supervisor) -> None:
    supervisor.start()
    with connect(supervisor) as connection:
        row = connection.execute("SELECT to_tsvector('simple', '邻里 纠纷')::text, upper('é')").fetchone()
    assert row == ("'纠纷':2 '邻里':1", "É")


def test_the_product_may_not_make_tables(supervisor: Supervisor) -> None:
    supervisor.start()
    with connect(supervisor, APP) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("CREATE TABLE public.mine (id int)")


def test_folders_sockets_and_secrets_are_closed_to_others(supervisor: Supervisor) -> None:
    supervisor.start()
    assert supervisor.run("env").returncode == 0
    layout = supervisor.layout
    for path in (layout.data, layout.run, layout.postgres, layout.redis, layout.secrets, layout.redis_socket):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    with connect(supervisor) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_killed_database_comes_back_with_what_was_committed(supervisor: Supervisor) -> None:
    supervisor.start()
    with connect(supervisor) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('和解')")
    old = supervisor.postgres_pid()
    os.kill(old, signal.SIGKILL)
    wait_until(lambda: started_at(old) is None)
    wait_until(supervisor.is_ready)
    with connect(supervisor) as connection:
        assert connection.execute("SELECT word FROM kept").fetchone() == ("和解",)
        assert connection.execute("SHOW fsync").fetchone() == ("on",)


def test_killed_broker_comes_back_with_its_messages(supervisor: Supervisor) -> None:
    supervisor.start()
    client = broker(supervisor)
    for number in range(1000):
        client.set(f"key-{number}", number)
    old = client.info("server")["process_id"]
    client.close()
    os.kill(old, signal.SIGKILL)
    wait_until(lambda: started_at(old) is None)
    wait_until(supervisor.is_ready)
    with broker(supervisor) as client:
        assert client.dbsize() == 1000


def test_a_second_start_on_the_folder_is_refused_in_words(supervisor: Supervisor) -> None:
    supervisor.start()
    assert supervisor.process is not None
    second = supervisor.run("services")
    assert second.returncode == 1
    assert f"Already running on {supervisor.layout.data} (process {supervisor.process.pid})" in second.stderr
    assert supervisor.is_ready()


def test_a_command_shares_services_that_run_already(supervisor: Supervisor) -> None:
    supervisor.start()
    before = supervisor.postgres_pid()
    assert supervisor.run("exec", "--", "true").returncode == 0
    assert supervisor.postgres_pid() == before
    assert supervisor.is_ready()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopping_leaves_no_process_though_clients_stay_connected(
    supervisor: Supervisor, number: signal.Signals
) -> None:
    supervisor.start()
    with connect(supervisor):
        pid = supervisor.postgres_pid()
        assert supervisor.send(number) == 0
        assert started_at(pid) is None


def test_what_a_killed_supervisor_left_running_is_taken_away_by_the_next(supervisor: Supervisor) -> None:
    supervisor.start()
    left = supervisor.postgres_pid()
    supervisor.send(signal.SIGKILL)
    assert started_at(left) is not None
    supervisor.start()
    wait_until(lambda: started_at(left) is None)
    wait_until(supervisor.is_ready)
    assert supervisor.postgres_pid() != left


def test_a_pid_file_that_names_another_program_is_no_obstacle(supervisor: Supervisor) -> None:
    assert supervisor.run("exec", "--", "true").returncode == 0
    stranger = subprocess.Popen(["sleep", "60"])
    lines = [str(stranger.pid), str(supervisor.layout.postgres), "1", "5432", str(supervisor.layout.run), ""]
    (supervisor.layout.postgres / "postmaster.pid").write_text("\n".join(lines))
    try:
        assert supervisor.run("exec", "--", "true").returncode == 0
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_another_major_version_is_refused_with_the_way_out(supervisor: Supervisor) -> None:
    assert supervisor.run("exec", "--", "true").returncode == 0
    (supervisor.layout.postgres / "PG_VERSION").write_text("17\n")
    said = supervisor.run("exec", "--", "true")
    assert said.returncode == 1
    assert "was made by PostgreSQL 17" in said.stderr
    assert "manage.py backup" in said.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a folder of somebody else's")
def test_a_folder_made_as_another_user_is_refused(supervisor: Supervisor) -> None:
    assert supervisor.run("exec", "--", "true").returncode == 0
    os.chown(supervisor.layout.postgres, 12345, 12345)
    said = supervisor.run("exec", "--", "true")
    assert said.returncode == 1
    assert "was made by user number 12345" in said.stderr


def test_addresses_from_outside_replace_the_embedded_services(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.start()
    outside = {
        "DATA_DIR": str(tmp_path / "other"),
        "DATABASE_URL": f"postgres://{OWNER}@/hejie?host={supervisor.layout.run}",
        "REDIS_URL": f"unix://{supervisor.layout.redis_socket}?db=3",
    }
    said = supervisor.run("exec", "--", "sh", "-c", 'echo "$DATABASE_URL" "$REDIS_URL"', **outside)
    assert said.stdout.split() == [outside["DATABASE_URL"], outside["REDIS_URL"]]
    assert not (tmp_path / "other" / "postgres").exists()
    assert not (tmp_path / "other" / "redis").exists()


def test_a_long_data_folder_gets_its_sockets_elsewhere(data_folder: Path) -> None:
    supervisor = Supervisor(data_folder / ("long" * 25))
    said = supervisor.run("exec", "--", "sh", "-c", 'echo "$REDIS_URL"')
    assert said.returncode == 0
    assert "/hejie-" in said.stdout
    supervisor.layout.run.rmdir()


def test_unit_test_clusters_do_not_wait_for_the_disk(supervisor: Supervisor) -> None:
    show = "import os, psycopg; print(*psycopg.connect(os.environ['DATABASE_URL']).execute('SHOW fsync'))"
    said = supervisor.run("exec", "--", "python3", "-c", "pass", UNSAFE_FAST="1")
    assert said.returncode == 0
    said = supervisor.run("exec", "--", supervisor.command()[0], "-c", show, UNSAFE_FAST="1")
    assert "off" in said.stdout


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user stays what he is")
def test_root_without_user_namespaces_runs_the_services_as_nobody(supervisor: Supervisor) -> None:
    supervisor.layout.data.parent.chmod(0o711)
    show = "import os, psycopg; print(psycopg.connect(os.environ['DATABASE_URL']).info.backend_pid)"
    python = supervisor.command()[0]
    said = supervisor.run("exec", "--", python, "-c", show, PATH="/nonexistent")
    assert said.returncode == 0, said.stderr
    assert supervisor.layout.postgres.stat().st_uid == 65534
    assert supervisor.layout.secrets.stat().st_uid == 0
    refused = supervisor.run("exec", "--", python, "-c", "pass")
    assert "was made by user nobody, but the services now start as user root" in refused.stderr
