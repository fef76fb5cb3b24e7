import pytest

from tests.disputes.conftest import in_hand, now, register

__all__ = ["in_hand", "now", "register"]  # imports begin where disputes' own tests begin


@pytest.fixture(autouse=True)
def _rules(request: pytest.FixtureRequest) -> None:
    """Every test here that has a database needs limits and categories."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("reference_data")
