"""Whose turn a town is: shared by the process that registers and those that play what is registered already."""

import multiprocessing
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from demo.build.plans import Plan

AT_ONCE = 4  # disputes of one turn: few, so that no process is left alone with a town at the end
Positions = list[int]


@dataclass(frozen=True)
class _Town:
    """Where its plans stand among all, and how many moves are left from each of them on."""

    places: Positions
    moves_left: list[int]


class Turns:
    """Made before the processes are forked, so that they share it.

    A town is in the hands of one process at a time and its disputes are played in their order, so that no two processes
    wait for the same row. The town with the most moves left goes first.
    """

    def __init__(self, plans: Sequence[Plan], waiting: Collection[int], registered: int) -> None:
        """`waiting` are the positions still to be played, `registered` how many of the plans are registered."""
        fork = multiprocessing.get_context("fork")
        self._towns = _towns(plans, waiting)
        self._changed = fork.Condition()
        self._registered = fork.RawValue("i", registered)
        self._given_up = fork.RawValue("b", 0)
        self._next = fork.RawArray("i", len(self._towns))
        self._taken = fork.RawArray("b", len(self._towns))

    def registered(self, count: int) -> None:
        """So many of the plans are registered now, and committed."""
        with self._changed:
            self._registered.value = count
            self._changed.notify_all()

    def give_up(self) -> None:
        """Nothing more will be registered: who plays ends after the turn in hand."""
        with self._changed:
            self._given_up.value = 1
            self._changed.notify_all()

    def all(self) -> Iterator["Turn"]:
        """One turn after the other until everything is played; waits for what is not registered yet."""
        while (turn := self._take()) is not None:
            yield turn

    @contextmanager
    def held(self, turn: "Turn") -> Iterator[Positions]:
        """The positions to be played; the town is free again afterwards, also where playing failed."""
        try:
            yield turn.places
        finally:
            with self._changed:
                self._next[turn.town] += len(turn.places)
                self._taken[turn.town] = 0
                self._changed.notify_all()

    def _take(self) -> "Turn | None":
        with self._changed:
            while not self._given_up.value and any(map(self._left, range(len(self._towns)))):
                turns = [turn for town in range(len(self._towns)) if (turn := self._ready(town)).places]
                if turns:
                    turn = max(turns, key=lambda one: self._left(one.town))
                    self._taken[turn.town] = 1
                    return turn
                self._changed.wait()
        return None

    def _left(self, town: int) -> int:
        return self._towns[town].moves_left[self._next[town]]

    def _ready(self, town: int) -> "Turn":
        first = self._next[town]
        places = () if self._taken[town] else self._towns[town].places[first : first + AT_ONCE]
        return Turn(town, [place for place in places if place < self._registered.value])


@dataclass(frozen=True)
class Turn:
    town: int
    places: Positions


def _towns(plans: Sequence[Plan], waiting: Collection[int]) -> list[_Town]:
    places: dict[str, Positions] = {}
    for place in sorted(waiting):
        places.setdefault(plans[place].story.town.alias, []).append(place)
    return [
        _Town(found, _left_from_each([len(plans[one].moves) for one in found])) for found in places.values()
    ]


def _left_from_each(moves: Sequence[int]) -> list[int]:
    """One more for each dispute itself; nothing is left behind the last."""
    left = [0]
    for count in reversed(moves):
        left.append(left[-1] + count + 1)
    return left[::-1]
