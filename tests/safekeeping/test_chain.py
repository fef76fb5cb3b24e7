"""The chain as pure functions: what changes the hash, what does not."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputes.rules import chain
from safekeeping.rules import seals
from safekeeping.rules.faults import EntryRow, FaultKind, TextRow, check_entry, check_texts

PAYLOADS = st.dictionaries(st.text(max_size=8), st.integers() | st.text(max_size=20) | st.none(), max_size=6)
HASHES = st.lists(st.text("0123456789abcdef", min_size=64, max_size=64), max_size=6)


@given(PAYLOADS)
def test_the_order_of_keys_changes_nothing(payload: dict[str, object]) -> None:
    backwards = dict(reversed(list(payload.items())))
    assert chain.canonical(payload) == chain.canonical(backwards)


@given(PAYLOADS, PAYLOADS)
def test_different_payloads_have_different_hashes(one: dict[str, object], other: dict[str, object]) -> None:
    same = chain.canonical(one) == chain.canonical(other)
    hashes = {chain.entry_hash(chain.GENESIS, chain.canonical(payload)) for payload in (one, other)}
    assert (len(hashes) == 1) == same


def test_chinese_stays_readable_in_the_payload() -> None:
    assert chain.canonical({"事": "排水沟"}) == '{"事":"排水沟"}'


def test_not_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        chain.canonical({"x": float("nan")})


def test_moments_are_written_in_utc_with_microseconds() -> None:
    assert chain.utc_micros(datetime(2026, 11, 22, 1, 2, 3, 4, UTC)) == "2026-11-22T01:02:03.000004Z"


@given(HASHES, HASHES)
def test_a_seal_changes_with_every_entry_and_with_their_order(one: list[str], other: list[str]) -> None:
    digests = set()
    for hashes in (one, other):
        seal = seals.SealDigest(chain.GENESIS)
        for entry in hashes:
            seal.add(entry)
        digests.add(seal.hexdigest())
    assert (len(digests) == 1) == (one == other)


def test_a_seal_can_be_read_while_entries_are_still_added() -> None:
    seal = seals.SealDigest(chain.GENESIS)
    before = seal.hexdigest()
    seal.add("a" * 64)
    assert (seal.hexdigest() != before, seal.count) == (True, 1)


def test_the_signature_covers_day_count_and_hash() -> None:
    assert seals.seal_message(date(2026, 11, 22), 3, "ab") == "hejie-seal:1:2026-11-22:3:ab"


def row(seq: int = 1, previous: str = chain.GENESIS, **columns: object) -> EntryRow:
    payload = chain.canonical({"seq": seq, "step": "accept"})
    return EntryRow(
        1, seq, {"step": "accept", **columns}, payload, previous, chain.entry_hash(previous, payload)
    )


@pytest.mark.parametrize(
    ("entry", "before", "kinds"),
    [
        (row(), (0, chain.GENESIS), []),
        (row(seq=3), (1, chain.GENESIS), [FaultKind.GAP]),
        (row(seq=2), (1, "f" * 64), [FaultKind.LINK]),
        (row(step="assign"), (0, chain.GENESIS), [FaultKind.COLUMN]),
        (row(user=4), (0, chain.GENESIS), [FaultKind.UNREADABLE]),
    ],
)
def test_each_fault_of_an_entry_is_named(
    entry: EntryRow, before: tuple[int, str], kinds: list[FaultKind]
) -> None:
    faults, _payload = check_entry("t01-2026-000001", entry, before)
    assert [fault.kind for fault in faults] == kinds


@pytest.mark.parametrize(
    ("texts", "kinds", "withheld"),
    [
        ([TextRow("note", "s", "好", False)], [], 0),
        ([TextRow("note", "s", "坏", False)], [FaultKind.TEXT], 0),
        ([TextRow("note", "", "", True)], [], 1),
        ([], [FaultKind.TEXT_GONE], 0),
        ([TextRow("note", "s", "好", False), TextRow("more", "s", "x", False)], [FaultKind.TEXT], 0),
    ],
)
def test_texts_are_compared_with_their_hashes(
    texts: list[TextRow], kinds: list[FaultKind], withheld: int
) -> None:
    faults, held_back = check_texts("t01-2026-000001", 1, {"note": chain.text_hash("s", "好")}, texts)
    assert ([fault.kind for fault in faults], held_back) == (kinds, withheld)
