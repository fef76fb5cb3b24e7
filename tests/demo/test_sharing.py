"""Whose turn a town is, while one process registers and others play."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from core.clock import SHANGHAI
from demo.build.plans import Plan, all_plans
from demo.build.sharing import AT_ONCE, Turns

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
FEW = 60


@pytest.fixture(scope="module")
def plans() -> list[Plan]:
    return all_plans(NOW, FEW)


def town_of(plans: list[Plan], place: int) -> str:
    return plans[place].story.town.alias


def played(turns: Turns) -> Iterator[int]:
    for turn in turns.all():
        with turns.held(turn) as places:
            yield from places


def test_everything_is_played_once_each_town_in_its_order(plans: list[Plan]) -> None:
    order = list(played(Turns(plans, range(len(plans)), len(plans))))
    assert sorted(order) == list(range(len(plans)))
    for town in {town_of(plans, place) for place in order}:
        mine = [place for place in order if town_of(plans, place) == town]
        assert mine == sorted(mine)


def test_a_town_in_somebodys_hands_is_nobody_elses_turn(plans: list[Plan]) -> None:
    turns = Turns(plans, range(len(plans)), len(plans))
    taken = [next(turns.all()) for _process in range(3)]
    assert len({turn.town for turn in taken}) == 3
    assert all(0 < len(turn.places) <= AT_ONCE for turn in taken)
    with turns.held(taken[0]):
        pass
    assert next(turns.all()).town not in {taken[1].town, taken[2].town}


def test_nothing_is_played_before_it_is_registered(plans: list[Plan]) -> None:
    turns = Turns(plans, range(len(plans)), 10)
    order = []
    for turn in turns.all():
        with turns.held(turn) as places:
            order += places
        if len(order) == 10:
            assert sorted(order) == list(range(10))
            turns.registered(len(plans))
    assert sorted(order) == list(range(len(plans)))


def test_what_an_interrupted_load_played_is_left_out(plans: list[Plan]) -> None:
    waiting = list(range(7, len(plans)))
    assert sorted(played(Turns(plans, waiting, len(plans)))) == waiting


def test_a_turn_that_failed_keeps_nobody_waiting(plans: list[Plan]) -> None:
    turns = Turns(plans, range(len(plans)), len(plans))
    failed = next(turns.all())
    with pytest.raises(RuntimeError), turns.held(failed):
        raise RuntimeError
    rest = set(played(turns))
    assert rest == set(range(len(plans))) - set(failed.places)


def test_who_plays_ends_when_registering_failed(plans: list[Plan]) -> None:
    turns = Turns(plans, range(len(plans)), 10)
    turns.give_up()
    assert list(turns.all()) == []
