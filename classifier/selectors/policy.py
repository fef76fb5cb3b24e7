"""Which version of the policy applies, compiled once per process."""

import json
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import transaction

from classifier.choices import PolicyState
from classifier.models import WarningPolicy
from classifier.rules import Policy
from core.errors import NotFound
from core.remembered import remembered

InForce = tuple[WarningPolicy, Policy]


def policy_in_force(now: datetime) -> InForce:
    """The published version that applies at this moment, with what the classifier reads.

    Raises NotFound on an installation whose reference data were never loaded.
    """
    row = row_in_force(now)
    if row is None:
        raise NotFound("no warning policy is in force")
    return _compiled(row.pk, row.published_at)


def row_in_force(now: datetime) -> WarningPolicy | None:
    """Without its document."""
    begun = (row for row in _published() if row.effective_from is not None and row.effective_from <= now)
    return next(begun, None)


@remembered(1)
def _published() -> tuple[WarningPolicy, ...]:
    """Every published version without its document, the one that came into force last first.

    A question the database cannot answer must not cost the registration it is asked in.
    """
    published = WarningPolicy.objects.filter(state=PolicyState.PUBLISHED)
    with transaction.atomic():
        return tuple(published.order_by("-effective_from", "-version").defer("document"))


@lru_cache(maxsize=8)
def published_document(policy_id: int) -> dict[str, Any]:
    """What a version says. Texts are read by published versions only, and those never change."""
    return dict(WarningPolicy.objects.get(pk=policy_id).document)


@lru_cache(maxsize=8)
def _compiled(policy_id: int, _published_at: datetime | None) -> InForce:
    """Published versions never change, so a compiled one stays good."""
    with transaction.atomic():
        row = WarningPolicy.objects.get(pk=policy_id)
    return row, compiled(row.document)


def compiled(document: dict[str, Any]) -> Policy:
    """What the classifier reads of a document without faults, once for the same words: it takes a second or more."""
    return _read(json.dumps(document, sort_keys=True))


@lru_cache(maxsize=8)
def _read(document: str) -> Policy:
    """The same words compile once, whichever row holds them."""
    return Policy.from_document(json.loads(document))
