"""What spoke for a level: the passages found, with the parties' names masked. Never who plans to go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from core import masking
from disputes.choices import PartyKind
from disputes.models import Dispute, Party, TrailEntry
from early_warning.choices import ReadingOf
from early_warning.models import Reading

AROUND = 12  # characters shown before and after a passage
MOST = 12


@dataclass(frozen=True)
class Passage:
    """One finding: the words with a little around them, and what they count as."""

    before: str
    text: str
    after: str
    indicator: str


def passages_of(reading: Reading | None, dispute: Dispute) -> list[Passage]:
    """The passages of a reading in the text it read; none where a person stated the level."""
    if reading is None or not reading.evidence:
        return []
    text = _text(reading, dispute)
    names = names_of(dispute)
    labels = _labels(reading)
    return [_passage(text, span, names, labels) for span in reading.evidence[:MOST] if _fits(span, text)]


def _text(reading: Reading, dispute: Dispute) -> str:
    if reading.of != ReadingOf.PROGRESS:
        return dispute.narrative
    if reading.entry_seq is None:
        return ""
    entry = (
        TrailEntry.objects.filter(dispute=dispute, seq=reading.entry_seq).prefetch_related("texts").first()
    )
    texts = {row.name: row.text for row in entry.texts.all()} if entry else {}
    return texts.get("account", "")


def _fits(span: dict[str, Any], text: str) -> bool:
    return 0 <= span.get("start", -1) < span.get("end", 0) <= len(text)


def _passage(text: str, span: dict[str, Any], names: list[str], labels: dict[str, str]) -> Passage:
    start, end = span["start"], span["end"]
    before, found, after = text[max(start - AROUND, 0) : start], text[start:end], text[end : end + AROUND]
    code = str(span.get("indicator", ""))
    return Passage(mask(before, names), mask(found, names), mask(after, names), labels.get(code, code))


def names_of(dispute: Dispute) -> list[str]:
    """The names of natural persons among the parties, the longest first."""
    rows = Party.objects.filter(dispute=dispute, kind=PartyKind.NATURAL)
    return sorted({row.name for row in rows if len(row.name) > 1}, key=len, reverse=True)


def mask(text: str, names: Iterable[str]) -> str:
    """The text with these names as 张**."""
    for name in names:
        text = text.replace(name, masking.name(name))
    return text


def labels_of(reading: Reading | None) -> list[str]:
    """What spoke for the level, in the policy's words, without any passage of the text."""
    if reading is None:
        return []
    labels = _labels(reading)
    found = (str(span.get("indicator", "")) for span in reading.evidence)
    return [labels.get(code, code) for code in dict.fromkeys(found)][:MOST]


def _labels(reading: Reading) -> dict[str, str]:
    return dict(_indicators(reading.policy.document)) if reading.policy else {}


def _indicators(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Indicator ids with their words, however the policy's document holds them."""
    found = document.get("indicators", {})
    rows = found.items() if isinstance(found, dict) else ((row.get("id", ""), row) for row in found)
    for key, row in rows:
        if isinstance(row, dict):
            yield str(key), str(row.get("label") or row.get("words") or row.get("name") or key)
