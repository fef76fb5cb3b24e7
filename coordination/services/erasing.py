"""What was written at meetings and reviews about a dispute goes with its other texts."""

from coordination.models import CoordinationDecision, ReviewItem
from disputes.models import Dispute


def erase_texts(dispute: Dispute) -> None:
    """Inside the transaction of an erasure, under the dispute's row lock."""
    CoordinationDecision.objects.filter(dispute=dispute).update(text="", done_note="", feedback="")
    ReviewItem.objects.filter(dispute=dispute).update(opinion="")
