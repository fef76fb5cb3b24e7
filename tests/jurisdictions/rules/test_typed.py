"""What somebody means while typing a name; initials are those a person says aloud."""

import pytest

from jurisdictions.rules.typed import means


@pytest.mark.parametrize(
    ("typed", "name", "meant"),
    [
        ("", "台账", True),
        ("台", "台账", True),
        ("tz", "台账", True),
        ("TZ", "台账", True),
        ("t", "台账", False),  # one letter says nothing
        ("yj", "台账", False),
        ("sfs", "青石镇司法所", True),
        ("led", "Ledger", True),
        ("LED", "Ledger", True),
        ("司法", "派出所", False),
    ],
)
def test_a_part_of_the_name_or_of_its_initials(typed: str, name: str, meant: bool) -> None:
    assert means(typed, name) is meant
