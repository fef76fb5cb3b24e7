"""What somebody may see, as keys: the union over their posts and stand-ins, and never more."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import actors
from accounts.keys import KINDS, PERSON, PLACE, POST, UNIT, person_key, place_key, post_key, unit_key
from accounts.models import Appointment
from accounts.roles import ROLES, Reach, reach_of
from accounts.scoping import Scope, scope_over
from core import clock
from core.actor import Actor
from jurisdictions.models import Place
from tests.factories import accounts

People = dict[str, Appointment]


def scope_of(appointment: Appointment) -> Scope:
    actor = actors.for_user(appointment.user, clock.now())
    assert actor is not None
    return actor.scope


def kinds(scope: Scope) -> set[int]:
    return {key % KINDS for key in scope.keys}


def place_keys(scope: Scope) -> set[int]:
    return {key for key in scope.keys if key % KINDS == PLACE}


@pytest.mark.parametrize("who", ["t01.clerk", "t01.coordinator", "t01.mayor", "t01.secretary", "t01.deputy"])
def test_town_posts_see_their_town_and_no_other(who: str, people: People) -> None:
    town = Place.objects.get(alias="t01")
    assert place_keys(scope_of(people[who])) == {place_key(town.pk)}


@pytest.mark.parametrize("who", ["county.office", "county.secretary", "county.deputy", "county.head"])
def test_county_posts_see_the_county(who: str, people: People) -> None:
    county = Place.objects.get(kind="county")
    assert place_keys(scope_of(people[who])) == {place_key(county.pk)}


@pytest.mark.parametrize(
    "who",
    ["t01.v01", "t01.justice", "t01.police", "hrss.handler", "hrss.deputy", "hrss.head", "unit01.head"],
)
def test_units_see_what_is_assigned_to_them_not_the_place(who: str, people: People) -> None:
    scope = scope_of(people[who])
    assert unit_key(people[who].post.organization_id) in scope.keys
    assert place_keys(scope) == set()


@pytest.mark.parametrize("who", ["t01.mediator", "t01.duty", "county.duty"])
def test_mediators_and_duty_posts_see_only_what_names_them(who: str, people: People) -> None:
    assert kinds(scope_of(people[who])) == {POST, PERSON}


@pytest.mark.parametrize("who", ["admin", "auditor"])
def test_administrators_and_auditors_see_no_dispute(who: str, people: People) -> None:
    assert scope_of(people[who]).keys == ()


def test_two_posts_see_what_both_see(village: Appointment, mediator: Appointment) -> None:
    accounts.appoint(village.user, mediator.post)
    scope = scope_of(village)
    alone = scope_over(village.user_id, [village])
    assert set(scope.keys) == {*alone.keys, post_key(mediator.post_id)}


def test_a_stand_in_sees_what_the_absent_post_sees(deputy: Appointment, handler: Appointment) -> None:
    before = set(scope_of(handler).keys)
    accounts.stand_in(deputy, handler.user)
    after = set(scope_of(handler).keys)
    assert after - before == {
        place_key(deputy.post.organization.place_id),
        unit_key(deputy.post.organization_id),
        post_key(deputy.post_id),
        person_key(deputy.user_id),
    }


def test_what_bars_the_absent_bars_his_stand_in(deputy: Appointment, handler: Appointment) -> None:
    accounts.stand_in(deputy, handler.user)
    own = set(scope_of(handler).own_keys)
    assert {unit_key(deputy.post.organization_id), person_key(deputy.user_id)} <= own


def test_a_mark_against_a_unit_bars_everybody_in_it(village: Appointment, people: People) -> None:
    assert unit_key(village.post.organization_id) in scope_of(village).own_keys
    assert unit_key(village.post.organization_id) not in scope_of(people["t01.mayor"]).own_keys


@pytest.mark.parametrize(("starts", "ends"), [(-3, -1), (1, 3)])
def test_a_stand_in_sees_nothing_more_before_and_after(
    starts: int, ends: int, deputy: Appointment, handler: Appointment
) -> None:
    before = scope_of(handler)
    now = clock.now()
    moments = {"starts_at": now + timedelta(days=starts), "ends_at": now + timedelta(days=ends)}
    accounts.stand_in(deputy, handler.user, **moments)
    assert scope_of(handler) == before


def test_an_appointment_ends_on_its_day(clerk: Appointment) -> None:
    today = clock.shanghai_date(clock.now())
    clerk.ends_on = today + timedelta(days=1)
    clerk.save()
    assert actors.held_by(clerk.user, clock.now()) == [clerk]
    clerk.ends_on = today
    clerk.save()
    assert actors.for_user(clerk.user, clock.now()) is None


def test_a_stand_in_ends_with_the_appointment_it_comes_from(
    deputy: Appointment, handler: Appointment
) -> None:
    accounts.stand_in(deputy, handler.user)
    Appointment.objects.filter(pk=deputy.pk).update(ends_on=clock.shanghai_date(clock.now()))
    assert actors.stood_in_by(handler.user, clock.now()) == []


@pytest.mark.parametrize("what", ["user", "post"])
def test_a_closed_account_or_post_gives_nothing(what: str, clerk: Appointment) -> None:
    row = getattr(clerk, what)
    row.is_active = False
    row.save()
    assert actors.for_user(clerk.user, clock.now()) is None


def test_the_chosen_post_is_acted_in_and_an_ended_one_falls_back(
    village: Appointment, mediator: Appointment
) -> None:
    second = accounts.appoint(village.user, mediator.post)
    chosen = actors.for_user(village.user, clock.now(), acting=f"a{second.pk}")
    assert chosen is not None
    assert chosen.appointment == second
    second.ends_on = clock.shanghai_date(clock.now())
    second.save()
    fallen_back = actors.for_user(village.user, clock.now(), acting=f"a{second.pk}")
    assert fallen_back is not None
    assert fallen_back.appointment == village


def test_standing_in_uses_the_absent_post_under_the_own_name(
    deputy: Appointment, coordinator: Appointment
) -> None:
    delegation = accounts.stand_in(deputy, coordinator.user)
    by = actors.for_user(coordinator.user, clock.now(), acting=f"d{delegation.pk}")
    assert by is not None
    assert (by.user, by.appointment, by.acting) == (coordinator.user, coordinator, deputy)
    assert by.post == deputy.post


def test_nobody_elses_stand_in_can_be_chosen(
    deputy: Appointment, coordinator: Appointment, clerk: Appointment
) -> None:
    delegation = accounts.stand_in(deputy, coordinator.user)
    by = actors.for_user(clerk.user, clock.now(), acting=f"d{delegation.pk}")
    assert by is not None
    assert by.acting == clerk


def test_a_token_sees_its_own_post_only(
    village: Appointment, mediator: Appointment, actor: Callable[[Appointment], Actor]
) -> None:
    accounts.appoint(village.user, mediator.post)
    assert post_key(mediator.post_id) not in actor(village).scope.keys


@given(chosen=st.sets(st.integers(0, 40), max_size=6))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_scope_is_exactly_the_union_of_its_posts(chosen: set[int], people: People) -> None:
    everybody = sorted(people.values(), key=lambda row: row.pk)
    held = [everybody[index % len(everybody)] for index in chosen]
    together = scope_over(1, held)
    apart = [scope_over(1, [row]) for row in held]
    assert set(together.keys) == {key for scope in apart for key in scope.keys}
    assert set(together.own_keys) == {key for scope in apart for key in scope.own_keys} | {person_key(1)}


@given(st.integers(1, 2**28), st.integers(1, 2**28))
def test_keys_of_different_things_never_meet(one: int, other: int) -> None:
    made = [make(pk) for pk in {one, other} for make in (place_key, unit_key, post_key, person_key)]
    assert len(set(made)) == len(made)
    assert {key % KINDS for key in made} == {PLACE, UNIT, POST, PERSON}


@pytest.mark.parametrize("role", sorted(ROLES))
def test_no_role_sees_a_place_from_a_unit_that_does_not_govern(role: str) -> None:
    assert reach_of(role, "enterprise") is not Reach.PLACE


def test_capacities_take_two_queries_whatever_a_person_holds(
    village: Appointment, mediator: Appointment, deputy: Appointment, django_assert_num_queries: Callable
) -> None:
    accounts.appoint(village.user, mediator.post)
    accounts.stand_in(deputy, village.user)
    now: datetime = clock.now()
    actors.for_user(village.user, now)  # what they hold and who stands in at all today is remembered
    with django_assert_num_queries(2):
        by = actors.for_user(village.user, now)
        assert by is not None
        assert by.organization.place.name


def test_each_request_has_a_row_of_its_own_of_what_a_person_holds(village: Appointment) -> None:
    now, user = clock.now(), village.user
    first, second = actors.held_by(user, now)[0], actors.held_by(user, now)[0]
    first.successor_id, first.user.name = 17, "改名"
    assert first == second == village
    assert second.successor_id is None
    assert first.user is user
    assert type(user).objects.get(pk=user.pk).name != "改名"
