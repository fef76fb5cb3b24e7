"""Texts as they may leave on paper: natural persons among the parties as 张**, long numbers masked."""

from __future__ import annotations

from collections.abc import Iterable

from core import masking
from disputes.choices import PartyKind
from disputes.models import Dispute, Party
from disputes.rules.intake_hints import ID_NUMBER, PHONE

END_OF_SENTENCE = "。！？；!?;"


def names_of(dispute: Dispute, *, but: Party | None = None) -> list[str]:
    """The names of natural persons among the parties, the longest first; without that of the one it is written to."""
    rows = Party.objects.filter(dispute=dispute, kind=PartyKind.NATURAL)
    names = {row.name for row in rows if len(row.name) > 1}
    return sorted(names - ({but.name} if but else set()), key=len, reverse=True)


def mask(text: str, names: Iterable[str]) -> str:
    """The text with these names as 张**."""
    for name in names:
        text = text.replace(name, masking.name(name))
    return text


def mask_all(text: str, names: Iterable[str]) -> str:
    """The same, with phone and identity numbers masked too: nobody typed them for this paper."""
    text = ID_NUMBER.sub(lambda found: masking.id_number(found[0]), mask(text, names))
    return PHONE.sub(lambda found: masking.phone("".join(filter(str.isdigit, found[0]))), text)


def short(text: str, limit: int) -> str:
    """The first sentences of a text that fit; where not even one does, so many characters and an ellipsis."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    end = max(text.rfind(mark, 0, limit) for mark in END_OF_SENTENCE)
    return text[: end + 1] if end > 0 else f"{text[: limit - 1]}…"
