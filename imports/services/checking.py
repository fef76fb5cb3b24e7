"""What an import would do, before it does anything: read, matched, left out, doubtful, refused, and what to answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.actor import Actor
from core.batch_cache import BatchCache
from core.batches import chunks
from disputes.errors import InvalidInput
from disputes.services.intake_checks import receiving_centre
from disputes.services.registration import checked
from imports.rules.answers import Answers, Twin
from imports.rules.cells import Doubt, Said
from imports.rules.headings import TITLE_OF
from imports.rules.sheet import Line, changed_in
from imports.services.lines import Messages, Names, RefusedLine, doubts_of, facts_of, messages_of, names_for
from imports.services.sheet_file import Book
from imports.services.twins import Past, past_of

AT_ONCE = 500
SAMPLES, TWINS_SHOWN, WORDS_SHOWN, CAUSES_SHOWN = 3, 50, 30, 200
ASKED = (Doubt.NO_YEAR, Doubt.SHORT_YEAR, Doubt.NO_UNIT)
Place = tuple[int, int]  # sheet, row


@dataclass
class Counted:
    """How often, and the first places and texts."""

    count: int = 0
    places: list[Place] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)  # as written, as read

    def add(self, place: Place, written: str = "", read: str = "") -> None:
        self.count += 1
        if len(self.places) < SAMPLES:
            self.places.append(place)
        if written and len(self.texts) < SAMPLES and (written, read) not in self.texts:
            self.texts.append((written, read))


@dataclass(frozen=True)
class TwinLine:
    """A line whose number is known with other content; `other` is a dispute, or a line of this file."""

    line: Line
    other: int | None
    first: Place | None


@dataclass
class Check:
    """The answer of the check; counts are of lines."""

    book: Book
    answers: Answers
    total: int = 0
    fine: int = 0
    known: int = 0
    repeated: int = 0  # the same line again in this file
    refused: int = 0
    causes: dict[tuple[str, str], Counted] = field(default_factory=dict)  # (column, message)
    doubts: dict[Doubt, Counted] = field(default_factory=dict)
    changed: Counted = field(default_factory=Counted)
    words: Counter[str] = field(default_factory=Counter)  # of categories nobody knows
    twins: list[TwinLine] = field(default_factory=list)
    twin_count: int = 0
    unanswered_twins: int = 0
    in_columns: Counter[Place] = field(default_factory=Counter)  # (sheet, column) → cells that say something

    def open_questions(self) -> list[str]:
        """What must be answered before anything is registered, by the answer's name."""
        answers, found = self.answers, list[str]()
        if any(self.hidden_rows(at) for at in self.taken) and answers.hidden_rows is None:
            found.append("hidden_rows")
        asked = {Doubt.NO_YEAR: answers.year, Doubt.SHORT_YEAR: answers.century}
        found += [
            name for name, doubt in ANSWERED_BY.items() if doubt in self.doubts and asked[doubt] is None
        ]
        if Doubt.NO_UNIT in self.doubts and not answers.unit:
            found.append("unit")
        if self.unanswered_twins:
            found.append("twins")
        return found

    @property
    def taken(self) -> list[int]:
        return self.book.taken(self.answers)

    def hidden_rows(self, sheet: int) -> int:
        """Hidden rows under the names."""
        heading = self.book.headings[sheet]
        rows = self.book.heads[sheet].hidden_rows
        return sum(1 for row in rows if heading is not None and row > heading.last_row)


ANSWERED_BY = {"year": Doubt.NO_YEAR, "century": Doubt.SHORT_YEAR}


def look(book: Book, *, answers: Answers, by: Actor, now: datetime) -> Check:
    """Goes through every line as the import will; writes nothing. A few queries for each 500 lines."""
    check, seen, names, memo = Check(book, answers), Past(), names_for(by), BatchCache()
    firsts: dict[str, Place] = {}
    centre = receiving_centre(by)
    _count_columns(check)
    for lines in chunks(book.lines(answers), AT_ONCE):
        past = past_of(centre, lines, answers.ways)
        for line in lines:
            _note_reading(check, line)
            why = _refusal(line, names, answers, by, now, memo)
            _sort(check, line, why, names, _Seen(past, seen, firsts))
    return check


@dataclass(frozen=True)
class _Seen:
    """Before this import, and in its lines so far."""

    past: Past
    here: Past
    firsts: dict[str, Place]


def _count_columns(check: Check) -> None:
    for sheet, number, cells in check.book.rows():
        heading = check.book.headings[sheet]
        if heading is not None and number > heading.last_row and not heading.repeats(cells):
            check.in_columns.update((sheet, at) for at, cell in enumerate(cells) if cell.strip())


def _note_reading(check: Check, line: Line) -> None:
    check.total += 1
    for name, doubt, read in doubts_of(line, check.answers.ways):
        counted = check.doubts.setdefault(doubt, Counted())
        counted.add(line.place, line.cells.get(name, "")[:40], _shown(name, read))
    for name, text in line.cells.items():
        if found := changed_in(text):
            check.changed.add(line.place, TITLE_OF[name], " ".join(f"U+{ord(char):04X}" for char in found))


def _shown(name: str, read: Said) -> str:
    if read.value is None:
        return ""
    return f"{int(str(read.value)) / 100:.2f}" if name == "amount" else str(read.value)


def _refusal(
    line: Line, names: Names, answers: Answers, by: Actor, now: datetime, memo: BatchCache
) -> Messages:
    """Why the line would not be registered; empty when it would."""
    try:
        checked(facts=facts_of(line, names, answers.ways), by=by, now=now, memo=memo)
    except RefusedLine as refused:
        return refused.messages
    except InvalidInput as error:
        return messages_of(error, line)
    return []


def _sort(check: Check, line: Line, why: Messages, names: Names, seen: _Seen) -> None:
    ways = check.answers.ways
    if seen.past.has(line, ways):
        check.known += 1
    elif seen.here.has(line, ways):
        check.repeated += 1
    elif why:
        _note_refused(check, line, why, names)
    elif seen.past.has_twin(line, ways) or seen.here.has_twin(line, ways):
        _note_twin(check, line, seen)
    else:
        _note_fine(check, line, seen)


def _note_fine(check: Check, line: Line, seen: _Seen) -> None:
    check.fine += 1
    seen.here.note(line, check.answers.ways)
    seen.firsts.setdefault(line.number_key(check.answers.ways), line.place)


def _note_refused(check: Check, line: Line, why: Messages, names: Names) -> None:
    check.refused += 1
    for cause in why:
        check.causes.setdefault(cause, Counted()).add(line.place)
    word = line.cells.get("category", "")
    if word and word not in names.categories and not names.category(word, check.answers.ways):
        check.words[word] += 1


def _note_twin(check: Check, line: Line, seen: _Seen) -> None:
    number, said = line.number_key(check.answers.ways), check.answers.of_twin(line.place)
    check.twin_count += 1
    if len(check.twins) < TWINS_SHOWN:
        check.twins.append(TwinLine(line, seen.past.numbers.get(number), seen.firsts.get(number)))
    if said == Twin.BOTH:
        _note_fine(check, line, seen)
    elif said == Twin.SAME:
        check.known += 1
    elif said == Twin.SKIP:
        check.refused += 1
    else:
        check.unanswered_twins += 1


def notes_of(check: Check) -> Iterator[tuple[str, dict[str, object]]]:
    """What is told before anything is written and kept with the import: (kind, facts). wording_imports says it."""
    for at in range(len(check.book.heads)):
        yield from _notes_of_sheet(check, at)
    for doubt, counted in check.doubts.items():
        if doubt not in ASKED:
            yield doubt.value, {"n": counted.count, "texts": counted.texts}
    if check.changed.count:
        yield (
            "changed",
            {"n": check.changed.count, "places": _rows(check.changed.places), "texts": check.changed.texts},
        )
    if check.repeated:
        yield "repeated", {"n": check.repeated}
    if check.known:
        yield "known", {"n": check.known}


def _notes_of_sheet(check: Check, at: int) -> Iterator[tuple[str, dict[str, object]]]:
    head, heading = check.book.heads[at], check.book.headings[at]
    named: dict[str, object] = {"sheet": head.name}
    if at not in check.taken:
        usable = heading is not None and heading.is_usable
        kind = "sheet_left" if usable else "sheet_unread"
        yield kind, named | {"hidden": head.hidden, "missing": list(heading.missing) if heading else []}
        return
    assert heading is not None  # only sheets with names can be taken
    if head.hidden:
        yield "hidden_sheet_taken", named
    yield from _notes_of_columns(check, at)
    if hidden := check.hidden_rows(at):
        kind = "hidden_rows_left" if check.answers.hidden_rows is False else "hidden_rows"
        yield kind, named | {"n": hidden}
    for kind, number in (("filled", head.filled), ("uncalculated", head.uncalculated), ("wide", head.wide)):
        if number:
            yield kind, named | {"n": int(number)}


def _notes_of_columns(check: Check, at: int) -> Iterator[tuple[str, dict[str, object]]]:
    head, heading = check.book.heads[at], check.book.headings[at]
    assert heading is not None
    counted = {column: n for (sheet, column), n in check.in_columns.items() if sheet == at}
    for column, n in sorted(counted.items()):
        if heading.is_missed(column):
            title = heading.titles.get(column, "").strip() or letters_of(column)
            yield "unread", {"sheet": head.name, "title": title[:60], "n": n}
    hidden = [heading.titles[column] for column in head.hidden_columns if column in heading.positions]
    if hidden:
        yield "hidden_columns", {"sheet": head.name, "titles": hidden}


def _rows(places: Sequence[Place]) -> list[int]:
    return [row for _sheet, row in places]


def letters_of(column: int) -> str:
    """0 is A, 26 is AA: as office programs call a column."""
    letters = ""
    while column >= 0:
        letters, column = chr(65 + column % 26) + letters, column // 26 - 1
    return letters
