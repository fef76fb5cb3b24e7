from datetime import datetime

from classifier.choices import PolicyState
from classifier.models import WarningPolicy
from classifier.rules import default_document
from core.clock import SHANGHAI
from core.reference import register

LONG_AGO = datetime(2020, 1, 1, tzinfo=SHANGHAI)  # whatever is brought in from older books is read too


@register("classifier", order=40)
def load_warning_policy(now: datetime) -> str:
    """The first version of what the classifier goes by; a county that has one keeps its own."""
    if WarningPolicy.objects.exists():
        return "a policy is there"
    WarningPolicy.objects.create(
        version=1,
        state=PolicyState.PUBLISHED,
        document=default_document() | {"version": 1},
        source="县实施意见（七）",
        created_by=None,
        created_at=now,
        published_at=now,
        effective_from=LONG_AGO,
    )
    return "policy 1"
