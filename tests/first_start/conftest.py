from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from core import reference
from core.models import Installation
from first_start import selectors
from tests.conftest import MONDAY


@pytest.fixture(autouse=True)
def _never_settled() -> Iterator[None]:
    selectors.forget()
    yield
    selectors.forget()


@pytest.fixture
def empty(db: None, settings: Any) -> Installation:
    """A real installation as `make run DEMO=0` leaves it: tables and reference data, and nothing else."""
    settings.FIRST_START = True
    reference.load_all(MONDAY)
    return Installation.objects.create(id=1, kind=Installation.Kind.LIVE, created_at=MONDAY)
