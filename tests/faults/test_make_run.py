"""`make run` brings everything up, keeps it up, and takes all of it down."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from supervisor.layout import PROJECT
from supervisor.leftovers import started_at
from tests import slowness
from tests.faults.product import Product, wait_until

pytestmark = pytest.mark.fault

NAMES = ("postgres", "redis", "web", "worker", "beat")


def test_the_way_in_is_shown(product: Product) -> None:
    assert "t01.clerk" in product.said()
    assert f"http://127.0.0.1:{product.port}/" in product.said()
    assert product.call("GET", "/accounts/login/").status == 200


@pytest.mark.parametrize("name", NAMES)
def test_what_is_killed_comes_back(product: Product, name: str) -> None:
    product.wait_for_another(name, product.kill(name))
    wait_until(lambda: product.call("GET", "/accounts/login/").status == 200)
    assert f"{name} ended (signal 9)" in product.said()


def test_a_second_one_on_the_same_data_is_refused(product: Product) -> None:
    second = product.supervise("run")
    assert second.wait(120) == 1
    assert f"Already running on {product.data}" in product.said()
    assert product.call("GET", "/accounts/login/").status == 200


def test_a_busy_port_is_refused_before_anything_is_set_up(product: Product, tmp_path: Path) -> None:
    env = product.env | {"DATA_DIR": str(tmp_path / "data")}
    said = subprocess.run(
        [sys.executable, "-m", "supervisor", "run"],
        cwd=PROJECT,
        env=env,
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert said.returncode == 1
    assert f"127.0.0.1:{product.port} is in use" in said.stderr
    assert not (tmp_path / "data" / "postgres").exists()


def test_stopping_ends_every_process_and_a_second_start_takes_seconds(product: Product) -> None:
    pids = [product.pid(name) for name in NAMES]
    assert product.stop(signal.SIGINT) == 0
    assert [pid for pid in pids if started_at(pid) is not None] == []
    product.output.write_text("")
    begun = time.monotonic()
    product.start()
    assert time.monotonic() - begun < 60 * slowness.of_machine()
    assert "demo county" not in product.said()
