"""What was answered so far, one part for each step; nothing of it is in force before the county is written."""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction

from first_start.models import FirstStart
from first_start.services.opening import locked

Answers = dict[str, Any]


def read() -> Answers:
    row = FirstStart.objects.filter(pk=1).first()
    return dict(json.loads(row.answers)) if row is not None and row.answers else {}


@transaction.atomic
def keep(*, step: str, answer: dict[str, Any]) -> None:
    """In place of what this step said before."""
    row = locked()
    known = json.loads(row.answers) if row.answers else {}
    row.answers = json.dumps(known | {step: answer}, ensure_ascii=False)
    row.save(update_fields=["answers"])
