"""Who does what in the demo county's disputes, before it is played."""

from collections import Counter
from datetime import datetime, timedelta
from functools import cache

import pytest

from core.clock import SHANGHAI, shanghai_date
from demo.accounts import all_accounts
from demo.build.alarms import LIVE
from demo.build.course import workdays_before
from demo.build.paths import limit_days
from demo.build.plans import Plan, all_plans
from demo.build.stages import all_wanted
from demo.organizations import all_organizations
from demo.skeletons import skeletons
from disputes.rules.lifecycle import STEPS

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
OTHER_DAYS = [
    datetime(2026, 11, 24, 3, 20, tzinfo=SHANGHAI),
    datetime(2026, 2, 28, 23, 50, tzinfo=SHANGHAI),
    datetime(2027, 7, 4, 0, 5, tzinfo=SHANGHAI),
    datetime(2027, 10, 8, 8, 0, tzinfo=SHANGHAI),
]
COUNTY_LEVEL = {row.code for row in all_organizations() if not row.code.startswith("t")}


@cache
def plans(now: datetime = NOW) -> list[Plan]:
    return all_plans(now)


def test_six_hundred_disputes_in_the_order_of_their_numbers() -> None:
    moments = [plan.story.registered_at for plan in plans()]
    assert len(plans()) == 600
    assert moments == sorted(moments)


@pytest.mark.parametrize("now", [NOW, *OTHER_DAYS])
def test_steps_come_after_each_other_and_before_the_day_of_loading(now: datetime) -> None:
    for plan in plans(now):
        moments = [plan.story.registered_at, *(move.at for move in plan.moves), now]
        assert moments == sorted(moments)
        assert len(set(moments)) == len(moments)


@pytest.mark.parametrize("now", [NOW, *OTHER_DAYS])
def test_every_stage_asked_for_is_reached(now: datetime) -> None:
    wanted = list(all_wanted())
    by_index = {plan.story.index: plan for plan in plans(now)}
    for index, one in enumerate(wanted):
        last = by_index[index].moves[-1].step if by_index[index].moves else ""
        assert last == one.stage.last_step, one
        assert by_index[index].story.town.alias == one.town


@pytest.mark.parametrize(
    "now",
    [
        NOW,
        datetime(2026, 11, 29, 20, 0, tzinfo=SHANGHAI),  # Sunday evening
        datetime(2027, 1, 4, 8, 30, tzinfo=SHANGHAI),  # Monday, before anybody works
        datetime(2026, 10, 7, 22, 0, tzinfo=SHANGHAI),  # the last evening of the National Day holidays
    ],
)
def test_every_level_has_warnings_young_enough_to_be_open_on_any_day(now: datetime) -> None:
    young = Counter(
        plan.story.skeleton.level
        for plan in plans(now)
        if plan.story.skeleton.level and now - plan.story.registered_at < LIVE[plan.story.skeleton.level]
    )
    assert all(young[level] >= 3 for level in (1, 2, 3))


@pytest.mark.parametrize("now", [NOW, *OTHER_DAYS])
def test_an_extension_is_asked_for_two_working_days_before_expiry_whatever_holidays_lie_between(
    now: datetime,
) -> None:
    asked = [
        (move.at, plan.story.registered_at + timedelta(days=limit_days(plan.story)))
        for plan in plans(now)
        for move in plan.moves
        if move.step == "request_extension"
    ]
    assert asked
    assert all(shanghai_date(at) <= workdays_before(shanghai_date(expiry), 2) for at, expiry in asked)


def test_every_stage_can_be_told_in_every_month() -> None:
    for one in all_wanted():
        months = {month for skeleton in skeletons() if one.fits(skeleton) for month in skeleton.months}
        assert months == set(range(1, 13)), one


def test_moves_are_steps_of_the_table_taken_by_accounts_with_their_fields() -> None:
    usernames = {account.username for account in all_accounts()}
    for plan in plans():
        assert plan.registrar in usernames
        for move in plan.moves:
            step, given = STEPS[move.step], {name for name, value in move.data.items() if value is not None}
            given |= {"into"} if move.into is not None else set()
            assert move.who in usernames
            assert set(step.needs) <= given <= {*step.needs, *step.optional}


def test_a_town_gives_work_to_its_own_units_only() -> None:
    for plan in plans():
        for move in plan.moves:
            if move.step in ("assign", "transfer") and not move.who.startswith("county."):
                unit, town = move.data["lead_unit"], plan.story.town.alias
                assert unit.startswith(f"{town}.") or unit == "unit01", unit


def test_no_unit_complained_about_is_given_the_case() -> None:
    for plan in plans():
        units = [move.data.get("lead_unit") for move in plan.moves]
        assert not set(units) & set(plan.facts.accused_units)


# In the demo county nobody takes anything down wrongly, and nobody who sends a matter wants an answer.
NOT_IN_THE_DEMO = {
    *("correct", "add_party", "correct_party", "restrict", "lift_restriction", "mark_conflict"),
    "answer_origin",
    "recall",  # an order the county takes back is the exception, as a correction is
    "correct_comment",  # names a comment by its place in the trail, which no plan knows
}


@pytest.mark.parametrize("now", [NOW, *OTHER_DAYS])
def test_every_step_happens_somewhere(now: datetime) -> None:
    counted = Counter(move.step for plan in plans(now) for move in plan.moves)
    assert set(STEPS) - NOT_IN_THE_DEMO == set(counted)


def test_among_all_disputes_some_are_settled_on_the_spot() -> None:
    assert sum(plan.facts.settle_on_spot is not None for plan in plans()) >= 30


def test_a_comment_says_the_name_of_whom_it_reminds() -> None:
    names = {account.username: account.name for account in all_accounts()}
    said = [move.data for plan in plans() for move in plan.moves if move.step == "comment"]
    assert said
    for data in said:
        assert {person for person in data["people"] if f"@{names[person]} " in data["text"]} == set(
            data["people"]
        )
