import pytest
from django.db import InterfaceError, OperationalError, connection

from accounts.models import User
from core import batches, transactions
from core.batches import chunks, in_batches
from tests.core.test_transactions import conflict

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def three_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "AT_ONCE", 3)
    monkeypatch.setattr(transactions, "PAUSE", 0)


def test_items_are_read_as_they_are_asked_for() -> None:
    read: list[int] = []
    stream = chunks((read.append(number) or number for number in range(100)), 10)
    assert next(stream) == list(range(10))
    assert len(read) == 10


def test_each_batch_is_a_transaction_of_its_own() -> None:
    seen: list[tuple[list[int], bool]] = []

    def work(items: list[int]) -> int:
        seen.append((items, connection.in_atomic_block))
        return len(items)

    assert in_batches(range(7), work).changed == 7
    assert seen == [([0, 1, 2], True), ([3, 4, 5], True), ([6], True)]
    assert not connection.in_atomic_block


def test_one_bad_item_is_undone_and_keeps_nothing_from_the_others() -> None:
    def work(items: list[int]) -> int:
        for number in items:
            User.objects.create(username=f"u{number}", name="甲")
            if number == 4:
                raise ValueError("cannot be handled")
        return len(items)

    done = in_batches(range(7), work)
    assert (done.changed, done.failed) == (6, 1)
    assert set(User.objects.values_list("username", flat=True)) == {"u0", "u1", "u2", "u3", "u5", "u6"}


def test_a_batch_somebody_else_holds_is_left_for_a_later_run() -> None:
    def work(items: list[int]) -> int:
        if 0 in items:
            raise conflict()
        return len(items)

    done = in_batches(range(4), work)
    assert (done.changed, done.failed) == (1, 3)


@pytest.mark.parametrize(
    "error", [OperationalError("server closed the connection"), InterfaceError("closed")]
)
def test_without_a_database_it_stops_instead_of_trying_every_item(error: Exception) -> None:
    tries: list[list[int]] = []

    def work(items: list[int]) -> int:
        tries.append(items)
        raise error

    with pytest.raises(type(error)):
        in_batches(range(9), work)
    assert tries == [[0, 1, 2]]
