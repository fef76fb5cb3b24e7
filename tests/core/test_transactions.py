import pytest
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core import transactions
from core.transactions import joining, retried

pytestmark = pytest.mark.django_db(transaction=True)


class Deadlock(Exception):
    sqlstate = "40P01"


def conflict() -> OperationalError:
    error = OperationalError("deadlock detected")
    error.__cause__ = Deadlock()
    return error


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transactions, "PAUSE", 0)


def test_a_deadlock_is_tried_again_in_a_fresh_transaction() -> None:
    tries: list[bool] = []

    @retried
    def work() -> str:
        tries.append(connection.in_atomic_block)
        if len(tries) < 3:
            raise conflict()
        return "done"

    assert work() == "done"
    assert tries == [True, True, True]


def test_after_three_tries_the_conflict_goes_up() -> None:
    tries = 0

    @retried
    def work() -> None:
        nonlocal tries
        tries += 1
        raise conflict()

    with pytest.raises(OperationalError):
        work()
    assert tries == 3


def test_other_errors_are_not_tried_again() -> None:
    tries = 0

    @retried
    def work() -> None:
        nonlocal tries
        tries += 1
        raise OperationalError("disk full")

    with pytest.raises(OperationalError):
        work()
    assert tries == 1


def test_inside_a_transaction_only_the_outermost_may_try_again() -> None:
    tries = 0

    @retried
    def work() -> None:
        nonlocal tries
        tries += 1
        raise conflict()

    with pytest.raises(OperationalError), transaction.atomic():
        work()
    assert tries == 1


def test_waits_for_locks_are_short() -> None:
    @retried
    def work() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            return str(cursor.fetchone()[0])

    assert work() == "3s"


def test_what_joins_has_a_transaction_and_makes_no_savepoint_in_anothers() -> None:
    @joining
    def work() -> bool:
        return connection.in_atomic_block

    assert work()
    assert not connection.in_atomic_block
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        assert work()
    assert not [query["sql"] for query in queries if "SAVEPOINT" in query["sql"]]
