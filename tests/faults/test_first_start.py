"""The first start: pages before the demo county is whole; a clean end meanwhile; a next start that goes on."""

import json
import os
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from supervisor.leftovers import started_at
from tests.faults.product import Product, wait_until

pytestmark = pytest.mark.fault

COUNT = 60


@pytest.fixture
def fresh() -> Iterator[Product]:
    """Never started, with a small county to load."""
    with tempfile.TemporaryDirectory(prefix="hejie-n-") as folder:
        product = Product(Path(folder) / "data")
        product.env["DEMO_COUNT"] = str(COUNT)
        yield product
        product.stop(signal.SIGTERM)


def is_loading(product: Product) -> bool:
    rows = product.rows("SELECT is_loading FROM core_installation")
    return rows == [(True,)]


def accounts_exist(product: Product) -> bool:
    return product.rows("SELECT count(*) FROM accounts_user") != [(0,)]


def children(product: Product) -> dict[str, int]:
    return {row["name"]: row["pid"] for row in json.loads(product.layout.children.read_text())}


def test_first_page_then_county_and_a_start_that_was_broken_off_is_made_whole(fresh: Product) -> None:
    fresh.start()  # until the address is shown
    assert fresh.layout.demo_progress.exists()
    page = fresh.page("/accounts/login/")
    assert "正在装入演示县" in page
    wait_until(lambda: "demo" in children(fresh))
    assert set(children(fresh)) == {"postgres", "redis", "web", "demo"}
    wait_until(lambda: accounts_exist(fresh))
    wait_until(lambda: "t01.clerk" in fresh.said())

    pids = children(fresh).values()
    begun = time.monotonic()
    assert fresh.stop(signal.SIGINT) == 0
    assert time.monotonic() - begun < 60
    assert [pid for pid in pids if started_at(pid) is not None] == []
    assert "Traceback" not in fresh.said()
    assert "NOT WHOLE" not in fresh.said()

    fresh.output.write_text("")
    fresh.start()
    wait_until(lambda: "the demo county is whole" in fresh.said(), 300)
    wait_until(lambda: {"worker", "beat"} <= set(children(fresh)))
    assert not fresh.layout.demo_progress.exists()
    assert not is_loading(fresh)
    assert fresh.rows("SELECT count(*) FROM disputes_dispute") >= [(COUNT,)]
    assert "demo-strip" not in fresh.page("/accounts/login/")
    assert "refused" not in fresh.said()


def test_a_failed_load_is_told_loudly_and_the_product_goes_on(fresh: Product) -> None:
    fresh.start()
    wait_until(lambda: "demo" in children(fresh))  # it begins once the address is shown
    os.kill(fresh.pid("demo"), signal.SIGKILL)
    wait_until(lambda: "THE DEMO COUNTY IS NOT WHOLE" in fresh.said())
    wait_until(lambda: "worker" in children(fresh))
    assert "beat" not in children(fresh)
    assert "演示县没有装完" in fresh.page("/accounts/login/")
