from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from calendars import reference
from calendars.errors import InvalidInput, RuleMissing
from calendars.models import DeadlineRule
from calendars.services.rule_editing import add_rule
from calendars.services.rules import rule_for
from core.actor import Actor
from disputes.limits import DisputeLimit
from tests.calendars.conftest import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("key", "category", "source_kind", "limit", "unit"),
    [
        ("accept", "", "", 2, "working_day"),
        ("dispatch", "neighbour", "walk_in", 1, "working_day"),
        ("sign_for", "", "", 1, "working_day"),
        ("sign_for_urgent", "", "", 2, "hour"),
        ("return_request", "", "walk_in", 2, "working_day"),
        ("return_request", "", "petition", 5, "working_day"),
        ("return_consent", "", "", 1, "working_day"),
        ("report_up_accept", "", "", 1, "working_day"),
        ("result", "neighbour", "walk_in", 30, "day"),
        ("result", "wage_arrears", "walk_in", 15, "day"),
        ("result", "labour_other", "walk_in", 15, "day"),
        ("result", "medical", "walk_in", 30, "day"),
        ("result", "traffic", "walk_in", 30, "day"),
        ("medical_mediation", "medical", "walk_in", 30, "working_day"),
        ("police_mediation", "traffic", "walk_in", 10, "day"),
        ("result", "neighbour", "petition", 60, "day"),
        ("result", "wage_arrears", "petition", 15, "day"),
        ("review", "", "", 2, "working_day"),
        ("revisit", "", "", 10, "day"),
    ],
)
def test_the_default_limits_of_the_architecture(
    key: str, category: str, source_kind: str, limit: int, unit: str
) -> None:
    rule = rule_for(key=key, on=DAY, category=category, source_kind=source_kind)

    assert (rule.limit, rule.unit) == (limit, unit)
    assert rule.source


def test_before_the_first_row_there_is_no_rule() -> None:
    with pytest.raises(RuleMissing):
        rule_for(key="accept", on=date(2019, 12, 31))


def test_a_new_row_ends_the_one_before_and_keeps_it(by: Actor) -> None:
    add_rule(
        key="accept",
        limit=1,
        unit="working_day",
        effective_from=date(2026, 4, 1),
        source="县办〔2026〕3号",
        by=by,
        now=at(2026, 3, 2),
    )

    assert rule_for(key="accept", on=date(2026, 3, 31)).limit == 2
    assert rule_for(key="accept", on=date(2026, 4, 1)).limit == 1
    first = DeadlineRule.objects.get(key="accept", limit=2)
    assert first.effective_to == date(2026, 3, 31)


def test_a_row_between_two_ends_when_the_later_begins(by: Actor) -> None:
    for limit, day in ((1, date(2026, 6, 1)), (3, date(2026, 4, 1))):
        add_rule(
            key="accept",
            limit=limit,
            unit="working_day",
            effective_from=day,
            source="县",
            by=by,
            now=at(2026, 3, 2),
        )

    between = DeadlineRule.objects.get(key="accept", limit=3)
    assert between.effective_to == date(2026, 5, 31)
    assert rule_for(key="accept", on=date(2026, 6, 1)).limit == 1


@pytest.mark.parametrize(
    ("limit", "effective_from"), [(0, date(2026, 4, 1)), (1, date(2026, 3, 1)), (10**6, date(2026, 4, 1))]
)
def test_the_past_and_impossible_limits_are_refused(limit: int, effective_from: date, by: Actor) -> None:
    with pytest.raises(InvalidInput):
        add_rule(
            key="accept",
            limit=limit,
            unit="day",
            effective_from=effective_from,
            source="县",
            by=by,
            now=at(2026, 3, 2),
        )


def test_two_rows_cannot_begin_on_one_day(by: Actor, monday: datetime) -> None:
    terms = {"key": "accept", "limit": 1, "unit": "day", "effective_from": date(2026, 4, 1), "source": "县"}
    add_rule(**terms, by=by, now=monday)

    with pytest.raises(InvalidInput):
        add_rule(**terms, by=by, now=monday)


def test_the_database_refuses_overlapping_periods() -> None:
    with pytest.raises(IntegrityError, match="deadline_rule_no_overlap"), transaction.atomic():
        DeadlineRule.objects.create(
            key=DisputeLimit.ACCEPT, limit=9, unit="day", effective_from=date(2026, 1, 1), source="县"
        )


def test_loading_the_defaults_again_overwrites_nothing(by: Actor) -> None:
    add_rule(
        key="accept",
        limit=1,
        unit="day",
        effective_from=date(2026, 4, 1),
        source="县",
        by=by,
        now=at(2026, 3, 2),
    )
    before = DeadlineRule.objects.count()

    assert reference.load_calendars(at(2026, 3, 3)) == "0 years, 0 limits"
    assert DeadlineRule.objects.count() == before
