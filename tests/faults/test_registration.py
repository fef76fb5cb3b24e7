"""A dispute that got a receipt is never lost, and happens once, whatever is killed when."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from tests.faults.clerks import register
from tests.faults.product import Product

pytestmark = pytest.mark.fault

CLERKS = 6
EACH = 25


def killing_meanwhile(steps: list[Callable[[], object]]) -> threading.Thread:
    """One blow after the other, a moment apart, while the clerks go on."""

    def blows() -> None:
        for step in steps:
            time.sleep(1.5)
            step()

    thread = threading.Thread(target=blows)
    thread.start()
    return thread


@pytest.fixture
def titles() -> list[str]:
    batch = uuid4().hex[:8]
    return [f"故障演练 {batch} {number}" for number in range(CLERKS * EACH)]


@pytest.mark.parametrize("names", [["postgres", "web", "postgres"], ["redis", "worker", "beat", "web"]])
def test_every_receipt_stands_once_and_without_gaps(
    product: Product, clerk_token: str, titles: list[str], names: list[str]
) -> None:
    killer = killing_meanwhile([lambda name=name: product.kill(name) for name in names])
    with ThreadPoolExecutor(CLERKS) as clerks:
        numbers = list(clerks.map(lambda title: register(product, clerk_token, title), titles))
    killer.join()

    stored = dict(
        product.rows("SELECT title, number FROM disputes_dispute WHERE title LIKE %s", titles[0][:13] + "%")
    )
    assert stored == dict(zip(titles, numbers, strict=True))
    assert len(set(numbers)) == len(titles)
    assert_books_have_no_gap(product)
    assert product.manage("verify_ledger").returncode == 0


def assert_books_have_no_gap(product: Product) -> None:
    """In every book the numbers run from 1 to the counter."""
    books = product.rows(
        """
        SELECT book.id, book.last_seq, count(dispute.id), max(right(dispute.number, 6)::int)
        FROM disputes_ledgerbook book LEFT JOIN disputes_dispute dispute ON dispute.book_id = book.id
        GROUP BY book.id
        """
    )
    assert books
    assert [row for row in books if not row[1] == row[2] == (row[3] or 0)] == []
