"""One row for each step and each other entry of the trail: what it is called, what it does, how it is shown."""

from disputes import entry_words
from disputes.entry_words import EntryWords
from disputes.steps import by_itself, ending, giving, handling, mending, taking_on

ROWS: dict[str, EntryWords] = {
    **taking_on.ROWS,
    **giving.ROWS,
    **handling.ROWS,
    **ending.ROWS,
    **mending.ROWS,
    **by_itself.ROWS,
}


def connect() -> None:
    entry_words.register(ROWS)
