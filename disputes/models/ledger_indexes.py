"""What the ledger page and the homes read by: each sort has an index, each narrow filter one that ends in the
usual sort. Foreign keys that lead one of these carry no index of their own."""

from datetime import UTC, datetime

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from disputes.rules import lifecycle

NO_CLOCK = datetime(9999, 12, 31, tzinfo=UTC)  # rows without a running clock sort last


def urgency() -> Coalesce:
    """The moment by which "most urgent first" sorts; the index below holds the same expression."""
    return Coalesce(F("next_due_at"), Value(NO_CLOCK), output_field=models.DateTimeField())


STILL_OPEN = ~Q(status__in=sorted(lifecycle.ENDED))
SIGHT = ["access_keys", "barred_keys"]  # what visible_to asks: counts are answered from the index alone

LEDGER_INDEXES = [
    models.Index(name="dispute_by_time", fields=["registered_at", "id"]),
    models.Index(urgency(), F("id"), name="dispute_by_urgency"),
    models.Index(name="dispute_by_town", fields=["town", "registered_at", "id"]),
    models.Index(name="dispute_by_category", fields=["category", "registered_at", "id"]),
    models.Index(name="dispute_by_unit", fields=["lead_unit", "registered_at", "id"]),
    models.Index(name="dispute_by_status", fields=["status", "registered_at", "id"]),
    models.Index(
        name="dispute_by_level",
        fields=["warning_level", "registered_at", "id"],
        condition=Q(warning_level__gt=0),
    ),
    models.Index(
        name="dispute_by_settlement", fields=["settled_at", "id"], condition=Q(settled_at__isnull=False)
    ),
    # few rows among very many: without these the page reads on and on until it has found them
    models.Index(
        name="dispute_restricted", fields=["registered_at", "id"], condition=Q(confidentiality="restricted")
    ),
    models.Index(name="dispute_pending", fields=["registered_at", "id"], condition=~Q(pending="")),
    models.Index(name="dispute_danger", fields=["registered_at", "id"], condition=Q(danger=True)),
    models.Index(
        name="dispute_settled_late", fields=["registered_at", "id"], condition=Q(settled_on_time=False)
    ),
    # the homes and the rail: whose turn it is, and what is late
    models.Index(
        name="dispute_waiting",
        fields=["waiting_org", "waiting_role", "next_due_at", "id"],
        include=["status", "pending", *SIGHT],
        condition=STILL_OPEN,
    ),
    models.Index(name="dispute_late", fields=["next_due_at", "id"], include=SIGHT, condition=STILL_OPEN),
    models.Index(name="dispute_town_counts", fields=["town", "category", "status"], include=SIGHT),
]
