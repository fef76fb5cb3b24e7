"""Many disputes with valid chains, copied into a database of their own."""

import multiprocessing
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import django
from django.db import connection, connections, transaction

from benchmarks import bare, cloning, prototypes
from benchmarks.cloning import Rows
from benchmarks.databases import using
from benchmarks.prototypes import SHAPES, Shape
from core import crypto
from core.search import tsvector_text
from demo.county import Town, county
from demo.people import Registry
from demo.stories import all_stories
from disputes.models import Dispute, DisputeCategory, LedgerBook, TrailEntry
from disputes.services.intake import format_number
from jurisdictions.models import Organization, Place

PROCESSES = 2
BATCH = 2_000
OLD_SHARE, OLD_DAYS, RECENT_DAYS = 0.9, 3 * 365, 28
NEWEST_DAYS = 6  # the longest prototype takes so long; nothing lies in the future
ENTRIES_EACH = 8  # room in the id range of the trail
RARE_EVERY, RARE_WORD = 20_011, "糖坊"
NAMES = 3_000
Text = tuple[str, str, str, str]  # title, narrative, tsvector literal, category id
SOURCES = ("walk_in",) * 6 + ("phone", "village", "hotline", "petition", "screening", "police")


@dataclass(frozen=True)
class Pool:
    """Texts and names that come again and again; encrypting and cutting them up once keeps the generator fast."""

    texts: tuple[Text, ...]
    rare: tuple[Text, ...]
    names: tuple[tuple[str, str], ...]  # ciphertext, hash


@dataclass(frozen=True)
class Numbering:
    """First free ids, and the last number of each book before the generator began."""

    first_dispute: int
    first_entry: int
    last_seq: dict[tuple[str, int], int]
    books: dict[tuple[str, int], int]


def generate(*, name: str, count: int, now: datetime) -> None:
    """Into the database of that name, whose structure must stand. Drops its indexes meanwhile."""
    with using(name):
        prototypes.play_all(now)
        numbering = _numbering(count, now)
        put_back = bare.strip()
        connections.close_all()
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(PROCESSES, mp_context=context, initializer=django.setup) as pool:
            parts = [pool.submit(copy_part, name, count, now, numbering, part) for part in range(PROCESSES)]
            lasts = [part.result() for part in parts]
        bare.restore(put_back)
        _finish(lasts)


def copy_part(
    name: str, count: int, now: datetime, numbering: Numbering, part: int
) -> dict[tuple[str, int], int]:
    """The towns of one process, batch by batch; answers the last number of each of their books."""
    with using(name):
        writer = _Writer(count, now, numbering)
        mine = (index for index in range(count) if town_index(index) % PROCESSES == part)
        while batch := [index for _n, index in zip(range(BATCH), mine, strict=False)]:
            writer.write(batch)
        return writer.last_seq


def town_index(index: int) -> int:
    """Towns take turns, without a pattern that a page would show."""
    return (index * 2_654_435_761 >> 16) % 12  # Knuth's multiplicative hash


def day_of(index: int, count: int, today: date) -> date:
    """Nine of ten spread over three years, the rest over the last four weeks; ids follow time."""
    old = int(count * OLD_SHARE)
    if index < old:
        ago = OLD_DAYS - (OLD_DAYS - RECENT_DAYS - 35) * index // old
    else:
        ago = RECENT_DAYS - (RECENT_DAYS - NEWEST_DAYS) * (index - old) // max(1, count - old)
    return today - timedelta(days=ago)


class _Writer:
    def __init__(self, count: int, now: datetime, numbering: Numbering) -> None:
        self.count, self.today, self.numbering = count, now.date(), numbering
        self.last_seq = dict(numbering.last_seq)
        self.pool = _pool(now)
        found = prototypes_by_title()
        self.prototypes = {key: cloning.read(pk) for key, pk in found.items()}
        self.places = dict(Place.objects.values_list("code", "pk"))

    def write(self, indexes: Sequence[int]) -> None:
        """One transaction; a table after the other."""
        blocks: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        for index in indexes:
            for rows, text in self._clone(index):
                blocks.setdefault(rows, []).append(text)
        with transaction.atomic(), connection.cursor() as cursor:
            for (table, columns), texts in blocks.items():
                with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as stream:
                    stream.write("".join(texts))

    def _clone(self, index: int) -> Iterator[tuple[tuple[str, tuple[str, ...]], str]]:
        rnd = random.Random(index)
        town, day = county().towns[town_index(index)], day_of(index, self.count, self.today)
        shape = _shape(index, self.count, rnd)
        if shape.missed_after_days:
            day -= timedelta(days=shape.missed_after_days)
        prototype = self.prototypes[shape.name, town.alias]
        holes = self._holes(index, town, day, rnd) | cloning.dates(prototype, day)
        yield _key(prototype.dispute), prototype.dispute.text % holes
        yield _key(prototype.party), prototype.party.text % holes
        for rows in prototype.others:
            yield _key(rows), rows.text % holes
        first = self.numbering.first_entry + index * ENTRIES_EACH
        for row, texts in cloning.trail(prototype, holes, first):
            yield ("disputes_trailentry", prototype.trail_columns), row
            if texts:
                yield ("disputes_entrytext", prototype.text_columns), texts

    def _holes(self, index: int, town: Town, day: date, rnd: random.Random) -> dict[str, str]:
        book = (f"{town.alias}.centre", day.year)
        self.last_seq[book] = seq = self.last_seq.get(book, 0) + 1
        village = rnd.choice(town.villages)
        texts = self.pool.rare if index % RARE_EVERY == 0 else self.pool.texts
        title, narrative, search, category = texts[rnd.randrange(len(texts))]
        people = rnd.choice((1, 2, 2, 2, 3, 5, 12, 30))
        holes = {
            "id": str(self.numbering.first_dispute + index),
            "number": format_number(book[0], day.year, seq),
            "book_id": str(self.numbering.books[book]),
            "seq": str(seq),
            "title": title,
            "narrative": narrative,
            "search": search,
            "category_id": category,
            "source": rnd.choice(SOURCES),
            "place_id": str(self.places[village.code]),
            "place_name": f"{town.name}{village.name}",
            "place_code": village.code,
            "people_count": str(people),
            "amount_fen": str(rnd.randrange(1, 9_000) * 10_000),
            "query_code_hash": f"{rnd.getrandbits(256):064x}",
        }
        for number in range(2):
            name, digest = rnd.choice(self.pool.names)
            holes |= {f"name{number}": name, f"name_hash{number}": digest}
        return holes


def _key(rows: Rows) -> tuple[str, tuple[str, ...]]:
    return rows.table, rows.columns


def _shape(index: int, count: int, rnd: random.Random) -> Shape:
    is_old = index < int(count * OLD_SHARE)
    fitting = [shape for shape in SHAPES if shape.is_old == is_old]
    return rnd.choices(fitting, [shape.share for shape in fitting])[0]


def _pool(now: datetime) -> Pool:
    categories = dict(DisputeCategory.objects.values_list("code", "pk"))
    texts: list[Text] = []
    rare: list[Text] = []
    for story in all_stories(now):
        title, narrative = story.facts.title, story.facts.narrative
        category = str(categories[story.facts.category])
        for found, more in ((texts, ""), (rare, f"现场在旧{RARE_WORD}围墙外。")):
            search = tsvector_text(f"{title}\n{narrative}{more}")
            found.append((title, narrative + more, cloning.copy_text(search), category))
    registry = Registry("benchmark")
    names = [registry.name() for _number in range(NAMES)]
    encrypted = tuple((crypto.encrypt(name), crypto.search_hash("name", name)) for name in names)
    return Pool(tuple(texts), tuple(rare), encrypted)


def prototypes_by_title() -> dict[tuple[str, str], int]:
    rows = Dispute.objects.filter(title__startswith="原型 ").order_by("pk")
    return {
        (title.split()[1], alias): pk for title, alias, pk in rows.values_list("title", "town__alias", "pk")
    }


def _numbering(count: int, now: datetime) -> Numbering:
    """Books for every town and year that occurs."""
    years = {day_of(index, count, now.date()).year for index in range(0, count, max(1, count // 500))}
    years |= {(now - timedelta(days=OLD_DAYS + 60)).year, now.year}
    books, last_seq = {}, {}
    for town in county().towns:
        centre = Organization.objects.get(code=f"{town.alias}.centre")
        for year in range(min(years), max(years) + 1):
            book, _made = LedgerBook.objects.get_or_create(
                centre=centre, year=year, defaults={"printed_name": town.name}
            )
            books[centre.code, year], last_seq[centre.code, year] = book.pk, book.last_seq
    first = Dispute.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1
    first_entry = TrailEntry.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1
    return Numbering(first, first_entry, last_seq, books)


def _finish(lasts: list[dict[tuple[str, int], int]]) -> None:
    """Counters and sequences stand after the last row; the planner knows the tables."""
    top: Counter[tuple[str, int]] = Counter()
    for last in lasts:
        for book, seq in last.items():
            top[book] = max(top[book], seq)
    for (centre, year), seq in top.items():
        LedgerBook.objects.filter(centre__code=centre, year=year).update(last_seq=seq)
    with connection.cursor() as cursor:
        for table in ("disputes_dispute", "disputes_trailentry"):
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
            )
        cursor.execute("VACUUM ANALYZE")
