from collections.abc import Iterator

import pgtrigger
import pytest
from django.test import TransactionTestCase


@pytest.fixture(scope="session", autouse=True)
def _tables_emptied_after_transaction_tests() -> Iterator[None]:
    """Transaction tests end with TRUNCATE, which append-only tables refuse."""
    flush = TransactionTestCase._fixture_teardown

    def without_triggers(case: TransactionTestCase) -> None:
        with pgtrigger.ignore():
            flush(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", without_triggers)
        yield
