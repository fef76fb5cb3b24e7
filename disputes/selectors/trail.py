"""The trail of a dispute as far as it is disclosed: one answer for page and API."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet

from core import masking
from core.written_once import OneOf, written_once
from disputes.choices import PartyKind
from disputes.disclosure import LEVEL_DATA, LEVEL_STEPS, LEVEL_TEXTS, Disclosure
from disputes.models import Dispute, EntryText, TrailEntry
from disputes.rules.corrections import WAS

OF_PARTIES = ("register", "add_party", "correct_party")
NEVER_CUT = datetime.max.replace(tzinfo=UTC)
MASKS = {"id_number": masking.id_number, "phone": masking.phone, "address": masking.name}


def disclosed(dispute: Dispute, shown: Disclosure) -> Sequence[TrailEntry]:
    """Entries with their texts, oldest first: up to a return, and without level and plans where those are closed."""
    rows = _entries(dispute.pk, shown.trail_until or NEVER_CUT)
    entries = [row for row in rows if shown.level or not row.step.startswith(LEVEL_STEPS)]
    return _with_texts(sorted(entries, key=lambda row: row.seq), dispute, shown)


def _with_texts(entries: list[TrailEntry], dispute: Dispute, shown: Disclosure) -> list[TrailEntry]:
    """As `prefetch_related` would leave them, without fifty ids to look for and a queryset for each entry."""
    found: dict[int, list[EntryText]] = {row.pk: [] for row in entries}
    for text in _texts(dispute.pk, [] if shown.level else list(LEVEL_TEXTS)):
        if text.entry_id in found:
            found[text.entry_id].append(text)
    for row in entries:
        row._state.fields_cache["dispute"] = dispute
        row._prefetched_objects_cache = {"texts": found[row.pk]}  # type: ignore[attr-defined]  # Django's own name
    return entries


@written_once
def _entries(dispute: Any, until: Any) -> QuerySet[TrailEntry]:
    return TrailEntry.objects.filter(dispute=dispute, at__lte=until).order_by()


@written_once
def _texts(dispute: Any, closed: Any) -> QuerySet[EntryText]:
    return EntryText.objects.filter(~OneOf("name", closed), entry__dispute=dispute).order_by()


def texts_of(row: TrailEntry) -> dict[str, str | None]:
    """Its words by name, None where they were erased; personal data of parties masked like everywhere else."""
    texts = {text.name: None if text.erased_at else text.text for text in row.texts.all()}
    if row.step not in OF_PARTIES:
        return texts
    data = json.loads(row.payload)["data"]
    return {name: text and _masked(name, text, data) for name, text in texts.items()}


def _masked(name: str, text: str, data: dict[str, Any]) -> str:
    column = name.removesuffix(WAS)
    if column == "parties":
        kinds = [kind for _role, kind, _heads in data.get("parties", ())]
        lines = text.split("\n")
        return "\n".join(_name(line, kind) for line, kind in zip(lines, kinds, strict=False))
    if column == "name":
        kind = data.get("kind_was" if name.endswith(WAS) else "kind", PartyKind.NATURAL)
        return _name(text, kind)
    return MASKS[column](text) if column in MASKS else text


def _name(text: str, kind: str) -> str:
    return masking.name(text) if kind == PartyKind.NATURAL else text


def data_of(row: TrailEntry, shown: Disclosure) -> dict[str, Any]:
    """What the entry keeps besides words, as far as it is disclosed."""
    data: dict[str, Any] = json.loads(row.payload)["data"]
    return data if shown.level else {key: value for key, value in data.items() if key not in LEVEL_DATA}
