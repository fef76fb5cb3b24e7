"""Loads the demo county: its structure, then all registrations, and beside them what happened to each dispute, on
every core.

The accounts exist, and can sign in, as soon as the structure does: people look around while the rest is loaded. What
they do, they do today; everything loaded happened before. So a dispute somebody already took a step on stays theirs.

No commit waits for the disk here. A crash may lose the last second of what was loaded, in whole transactions and from
the end; the next start goes on from there, and the commit that says the county is whole waits for all before it.
"""

import ctypes
import gc
import multiprocessing
import os
import signal
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from core.models import Installation
from demo.build import letters, meetings, playing, sentences, structure
from demo.build.counting import Count, Say
from demo.build.plans import Plan, all_plans
from demo.build.sharing import Turns
from demo.stories import COUNT
from disputes.models import Dispute
from notifications.models import Notice

MOST_PROCESSES = 3  # a third of the time is the database's, so one more than two cores keeps them busy
READ_AFTER = timedelta(days=4)
SELDOM = 20_000  # objects made between two looks for garbage; what a step makes is gone before
DIE_WITH_PARENT = 1  # Linux's PR_SET_PDEATHSIG


def load(*, now: datetime, count: int = COUNT, processes: int = 0, say: Say = print) -> list[str]:
    """What the services refused, in words: nothing, if the plans are right. An interrupted load is taken up
    where it stopped, as of the moment it began."""
    do_not_wait_for_the_disk()
    now = begin(now)
    plans = all_plans(now, count)
    refused = _register_and_play(plans, now, processes or min(MOST_PROCESSES, 1 + (os.cpu_count() or 1)), say)
    do_not_wait_for_the_disk()  # a connection of its own again
    with transaction.atomic():
        _finish(now)
    return refused


def began_at() -> datetime | None:
    """When the structure was written; the disputes are counted back from then."""
    rows = Installation.objects.filter(kind=Installation.Kind.DEMO)
    return rows.values_list("created_at", flat=True).first()


def do_not_wait_for_the_disk() -> None:
    """For this connection, and only here: what a county writes is on the disk before it is told so."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")


def plan_statements_once() -> None:
    """For a process that has not connected yet: the database plans what comes again and again once, not each time.

    A page asks too few of the same questions for that; who plays a county asks each some hundred times.
    """
    connection.settings_dict["OPTIONS"] |= {"server_side_binding": True, "prepare_threshold": 3}
    vars(connection.features).pop("uses_server_side_binding", None)  # as the parent knew it


def count_no_statements() -> None:
    """For a process that has not connected yet: nobody reads the metrics of one that serves no page."""
    connections.settings[DEFAULT_DB_ALIAS]["ENGINE"] = "django.db.backends.postgresql"
    del connections[DEFAULT_DB_ALIAS]


def begin(now: datetime) -> datetime:
    """Places, posts and accounts, if they are not there yet; when that was. The row that says what this database is
    comes with them, so that nobody takes it for a real one."""
    began = began_at()
    if began is None:
        with transaction.atomic():
            structure.build(now)
            Installation.objects.create(id=1, kind=Installation.Kind.DEMO, created_at=now, is_loading=True)
    return began or now


@dataclass(frozen=True)
class Work:
    """What every process inherits: all plans, the day of loading, whose turn it is, and the count of what is done."""

    plans: list[Plan]
    now: datetime
    turns: Turns
    count: Count


def _register_and_play(plans: list[Plan], now: datetime, processes: int, say: Say) -> list[str]:
    """The first batch is registered before anything else: what it reads and compiles, those who play inherit."""
    known = playing.loaded_until(now).count()
    if not known:
        known = playing.register(plans[: playing.CHUNK])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    numbers = playing.numbers_of(plans, now)
    played = playing.played(plans, numbers)
    waiting = [place for place in range(len(plans)) if place not in played]
    turns, count = Turns(plans, waiting, known), Count(len(played), len(plans), say)

    def registered(more: int) -> None:
        turns.registered(known + more)

    if processes == 1:
        playing.register(plans[known:], registered)
        say(f"{len(plans)} disputes registered")
        return playing.play(
            [plans[place] for place in waiting], playing.numbers_of(plans, now), now, count.one_more
        )
    work = Work(plans, now, turns, count)
    with _players(work, processes) as played_by:
        do_not_wait_for_the_disk()
        playing.register(plans[known:], registered)
        say(f"{len(plans)} disputes registered")
        return [refused for one in played_by for refused in one.result()]


@contextmanager
def _players(work: Work, processes: int) -> Iterator[list["Future[list[str]]"]]:
    """They play what is registered, while this process goes on registering; where it fails, they end."""
    connections.close_all()  # each process opens its own
    gc.freeze()
    context = multiprocessing.get_context(
        "fork"
    )  # what is loaded and compiled here is not loaded again there
    with ProcessPoolExecutor(
        processes, mp_context=context, initializer=_inherit, initargs=(work, os.getpid())
    ) as pool:
        try:
            yield [pool.submit(_play) for _process in range(processes)]
        except BaseException:
            work.turns.give_up()
            raise


_inherited: list[Work] = []


def _inherit(work: Work, parent: int) -> None:
    """A process that outlived its parent would go on writing beside the next load."""
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    count_no_statements()
    plan_statements_once()
    do_not_wait_for_the_disk()
    gc.set_threshold(SELDOM)
    _inherited.append(work)


def _play() -> list[str]:
    """Turn after turn until nothing is left; the numbers given meanwhile are read when one of them is missing."""
    (work,) = _inherited
    cast, numbers, refused = playing.Cast(), dict[int, str](), list[str]()
    for turn in work.turns.all():
        with work.turns.held(turn) as places:
            plans = [work.plans[place] for place in places]
            if plans[-1].story.index not in numbers:
                numbers = playing.numbers_of(work.plans, work.now)
            refused += playing.play(plans, numbers, work.now, work.count.one_more, cast)
    return refused


def _finish(now: datetime) -> None:
    """What a running product would have done meanwhile. Waits for the disk, and so for all that was written before."""
    playing.flag_all_missed(now)
    old = Notice.objects.filter(read_at=None, created_at__lt=now - READ_AFTER)
    old.update(read_at=now - READ_AFTER)
    meetings.hold(now)
    letters.write(now)
    sentences.write(now)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = on")
    Installation.objects.update(is_loading=False)
    assert Dispute.objects.exists()
