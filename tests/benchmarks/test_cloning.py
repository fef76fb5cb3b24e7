"""The generator multiplies played disputes: same shape, own number, own chain."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from benchmarks import generating, prototypes, report
from benchmarks.generating import ENTRIES_EACH, town_index
from benchmarks.measuring import Figure
from benchmarks.prototypes import SHAPES
from core import reference
from demo.build import structure
from disputes.models import Dispute, Party, TrailEntry
from disputes.rules import chain

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
COUNT = 40


@pytest.fixture
def clones(db: None, monkeypatch: pytest.MonkeyPatch) -> list[Dispute]:
    reference.load_all(NOW)
    structure.build(NOW)
    first_town = prototypes.county().towns[0]
    monkeypatch.setattr(generating, "town_index", lambda index: 0)
    for shape in SHAPES:
        prototypes._play(shape, first_town, prototypes.Cast(), NOW)
    numbering = generating._numbering(COUNT, NOW)
    generating._Writer(COUNT, NOW, numbering).write(range(COUNT))
    return list(Dispute.objects.filter(pk__gte=numbering.first_dispute).order_by("pk"))


def test_clones_have_valid_chains_numbers_without_gaps_and_nothing_in_the_future(
    clones: list[Dispute],
) -> None:
    assert len(clones) == COUNT
    for dispute in clones:
        entries = list(TrailEntry.objects.filter(dispute=dispute).order_by("seq"))
        assert 5 <= len(entries) <= ENTRIES_EACH == 8
        previous = chain.GENESIS
        for seq, entry in enumerate(entries, start=1):
            assert (entry.seq, entry.previous_hash) == (seq, previous)
            assert entry.hash == chain.entry_hash(previous, entry.payload)
            assert f'"dispute":"{dispute.number}"' in entry.payload
            assert entry.at <= NOW
            previous = entry.hash
    for book, last in Counter(Dispute.objects.values_list("book", flat=True)).items():
        seqs = Dispute.objects.filter(book=book).order_by("seq").values_list("seq", flat=True)
        assert list(seqs) == list(range(1, last + 1))


def test_clones_differ_in_text_people_and_day_and_are_found_by_search(clones: list[Dispute]) -> None:
    assert len({dispute.narrative for dispute in clones}) > COUNT // 2
    assert len({dispute.registered_at.date() for dispute in clones}) > COUNT // 3
    names = [party.name for party in Party.objects.filter(dispute__in=clones)]
    assert len(names) == 2 * COUNT
    assert "原型甲" not in names
    assert Dispute.objects.matching(generating.RARE_WORD).count() == 1
    assert clones[0].registered_at < clones[-1].registered_at


def test_every_constraint_holds_for_the_clones(clones: list[Dispute]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for dispute in clones:
        dispute.refresh_from_db()
        dispute.validate_constraints(exclude=["search"])


def test_towns_take_turns() -> None:
    counted = Counter(town_index(index) for index in range(12_000))
    assert set(counted) == set(range(12))
    assert max(counted.values()) < 1.2 * min(counted.values())


def test_days_follow_ids_and_most_lie_behind() -> None:
    days = [generating.day_of(index, 10_000, NOW.date()) for index in range(10_000)]
    assert days == sorted(days)
    assert sum(day < NOW.date() - timedelta(days=30) for day in days) >= 8_900
    assert days[-1] <= NOW.date() - timedelta(days=5)


def test_the_table_shows_growth_budgets_and_the_peer() -> None:
    small = [Figure("page", 10, 20, 60, queries=5, most_queries=12, peer="list")]
    large = [Figure("page", 40, 80, 60, queries=13, most_queries=12, peer="list")]
    lines = report.table({10: small, 100: large}, {100: {"list": {"p50_ms": 400.0}}})
    assert "1.00×" in lines[2]
    assert "80.0 ms ✗" in lines[3]
    assert "13 ✗" in lines[3]
    assert "4.00×" in lines[3]
    assert "10.0×" in lines[3]
    assert len(report.misses({10: small, 100: large})) == 2
