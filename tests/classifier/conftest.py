from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from accounts.models import Appointment
from classifier.models import WarningPolicy
from classifier.rules import policy_rows
from classifier.services import policies
from tests.factories.accounts import actor

Change = Callable[..., WarningPolicy]


@pytest.fixture
def now(monday: datetime, reference_data: None) -> datetime:
    return monday


@pytest.fixture
def draft(county_office: Appointment, now: datetime) -> WarningPolicy:
    return policies.draft(copy_of=1, note="补充说法", by=actor(county_office), now=now)


@pytest.fixture
def change(county_office: Appointment) -> Change:
    """Writes a document made by a function of the present one into the draft."""

    def write(draft: WarningPolicy, edit: Callable[[dict[str, Any]], dict[str, Any]]) -> WarningPolicy:
        draft.refresh_from_db()
        return policies.change(
            version=draft.version,
            revision=draft.revision,
            document=edit(draft.document),
            by=actor(county_office),
        )

    return write


def with_rule(document: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """The document with its first rule changed."""
    rule = document["rules"][0]
    return policy_rows.with_row(document, "rules", rule["id"], rule | fields)


def without_level(document: dict[str, Any], level: int) -> dict[str, Any]:
    kept = [rule for rule in document["rules"] if rule["level"] != level]
    return document | {"rules": kept}
