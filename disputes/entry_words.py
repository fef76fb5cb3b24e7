"""One row for each step and each other entry of the trail: how it reads in the timeline, on a button, in messages.

`disputes.steps` registers the rows of disputes, an upper app its own, both in their `ready()`."""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

from disputes.rules.as_of import Follow
from disputes.step_fields import Field

BESIDE = 0  # may be taken, but does not move the case on


class EntryData(dict[str, Any]):
    """The data of one trail entry, to be put in words: ids, codes and numbers; its number in the trail, and the names
    that were read for the whole page in one round."""

    def __init__(self, data: Mapping[str, Any], seq: int, names: Mapping[str, str]) -> None:
        super().__init__(data)
        self.seq, self.names = seq, names

    def named(self, code: str) -> str:
        """The name of a unit, or its code where there is none."""
        return self.names.get(code, code)


Note = Callable[[EntryData], str]


def _nothing(_data: Mapping[str, Any]) -> str:
    return ""


@dataclass(frozen=True)
class EntryWords:
    """`label` is lazy, in the context `trail`: in English it follows who did it. `note` makes one line out of the
    payload's data. `corrects` names the texts of which it keeps what they were.

    `level` and `leader` say which warning level, which leader's post (by code, empty for nobody) holds from that entry
    on, `follow` what else it changes, for a reader who sees the case as it was then.

    A step that people take also has its `button` (the county's verb), its `effect` (what will happen, said before),
    and `leads`: BESIDE, or its rank among those that move the case on; the first that is open is the primary button.
    `fields` is how each field of its row in the lifecycle table is asked, on the page and in the API.
    `asked` are the words that ask for it of whose turn it is, by state, `asked_while` by the request that waits.
    """

    label: Any
    icon: str = "dot"
    tone: str = "neutral"
    note: Note = _nothing
    level: Callable[[dict[str, Any]], int] | None = None
    leader: Callable[[dict[str, Any]], str] | None = None
    _: KW_ONLY
    follow: Follow | None = None
    corrects: tuple[str, ...] = ()
    button: Any = None
    effect: Any = ""
    leads: int | None = None
    fields: Mapping[str, Field] = field(default_factory=dict)
    asked: Mapping[str, Any] = field(default_factory=dict)
    asked_while: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What it is called in messages: the county's verb, of what nobody takes by a button its label."""
        return str(self.label if self.button is None else self.button)


REGISTERED: dict[str, EntryWords] = {}
_asked: dict[str, Any] = {}  # state → what is asked of whose turn it is
_asked_while: dict[str, Any] = {}  # request that waits → the same


def register(words: Mapping[str, EntryWords]) -> None:
    """Adds words by step id; a step id belongs to one app."""
    REGISTERED.update(words)
    for row in words.values():
        _asked.update(row.asked)
        _asked_while.update(row.asked_while)


def words_of(step: str) -> EntryWords:
    """The row of a step; of one that nobody knows any more, a row with its id."""
    return REGISTERED.get(step) or EntryWords(step)


def asked_of(status: str) -> str:
    """What is asked of whose turn it is in that state; empty where nothing is."""
    return str(_asked.get(status, ""))


def asked_while(pending: str) -> str:
    """The same while that request waits; empty where it is simply to be granted or refused."""
    return str(_asked_while.get(pending, ""))
