"""What spoke for a level: the passages found, with the parties' names masked. Never who plans to go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from classifier.selectors.policy import published_document
from classifier.wording import label_of
from disputes.models import Dispute, EntryText, TrailEntry
from disputes.selectors.masked import mask, names_of
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
    """The passages of a reading in the text it read, then those of the title; none where a person stated the level."""
    if reading is None or not reading.evidence:
        return []
    title, narrative = words_read(reading, dispute)
    texts = {
        False: _account(reading, dispute) if reading.of == ReadingOf.PROGRESS else narrative,
        True: title,
    }
    names = names_of(dispute)
    document = _document(reading)
    found: dict[tuple[bool, int, int], list[str]] = {}
    for span in reading.evidence:
        in_title = bool(span.get("title"))
        if _fits(span, texts[in_title]):
            label = label_of(document, str(span.get("indicator", "")))
            found.setdefault((in_title, span["start"], span["end"]), []).append(label)
    places = sorted(found.items())[:MOST]
    return [_passage(texts[in_title], start, end, names, labels) for (in_title, start, end), labels in places]


def words_read(reading: Reading, dispute: Dispute) -> tuple[str, str]:
    """Title and narrative as they were when they were read: a later correction has moved every passage.

    Taken from the trail; where it says nothing, of the dispute as it stands.
    """
    rows = EntryText.objects.filter(
        entry__dispute=reading.dispute_id,
        entry__seq__lte=reading.entry_seq or 1,
        name__in=("title", "narrative"),
    )
    words = {"title": dispute.title, "narrative": dispute.narrative}
    words |= dict(rows.order_by("entry__seq").values_list("name", "text"))
    return words["title"], words["narrative"]


def _account(reading: Reading, dispute: Dispute) -> str:
    if reading.entry_seq is None:
        return ""
    entry = (
        TrailEntry.objects.filter(dispute=dispute, seq=reading.entry_seq).prefetch_related("texts").first()
    )
    texts = {row.name: row.text for row in entry.texts.all()} if entry else {}
    return texts.get("account", "")


def _fits(span: dict[str, Any], text: str) -> bool:
    return 0 <= span.get("start", -1) < span.get("end", 0) <= len(text)


def _passage(text: str, start: int, end: int, names: list[str], labels: list[str]) -> Passage:
    """One place, with everything it counts as."""
    before, found, after = text[max(start - AROUND, 0) : start], text[start:end], text[end : end + AROUND]
    indicator = _("、").join(dict.fromkeys(labels))
    return Passage(mask(before, names), mask(found, names), mask(after, names), indicator)


def labels_of(reading: Reading | None) -> list[str]:
    """What spoke for the level, in the policy's words, without any passage of the text."""
    if reading is None:
        return []
    document = _document(reading)
    found = dict.fromkeys(str(span.get("indicator", "")) for span in reading.evidence)
    return [label_of(document, code) for code in found][:MOST]


def rule_of(reading: Reading | None) -> str:
    """The combination that decided, in the policy's words; empty where a person stated the level."""
    return label_of(_document(reading), reading.rule) if reading is not None and reading.rule else ""


def _document(reading: Reading) -> dict[str, Any]:
    return published_document(reading.policy_id) if reading.policy_id else {}
