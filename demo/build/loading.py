"""Loads the demo county: its structure, then all registrations, then what happened to each dispute, on every core.

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
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, connections, transaction

from core.models import Installation
from demo.build import letters, meetings, playing, sentences, structure
from demo.build.counting import Count, Say
from demo.build.plans import Plan, all_plans
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
    if not playing.loaded_until(now).exists():
        with transaction.atomic():
            playing.register(plans)
    say(f"{len(plans)} disputes registered; now what happened to each")
    refused = _take_steps(plans, now, processes or min(MOST_PROCESSES, 1 + (os.cpu_count() or 1)), say)
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
    """What every process inherits: all plans, the numbers given, the day of loading, and the count of what is done."""

    plans: list[Plan]
    numbers: playing.Numbers
    now: datetime
    count: Count


def _take_steps(plans: list[Plan], now: datetime, processes: int, say: Say) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    numbers = playing.numbers_of(plans, now)
    waiting = playing.not_played(plans, numbers)
    work = Work(waiting, numbers, now, Count(len(plans) - len(waiting), len(plans), say))
    if processes == 1:
        return playing.play(work.plans, work.numbers, now, work.count.one_more)
    connections.close_all()  # each process opens its own
    gc.freeze()
    context = multiprocessing.get_context(
        "fork"
    )  # what is loaded and compiled here is not loaded again there
    moves = Counter[str]()
    for plan in waiting:
        moves[plan.story.town.alias] += len(plan.moves)
    with ProcessPoolExecutor(
        processes, mp_context=context, initializer=_inherit, initargs=(work, os.getpid())
    ) as pool:
        towns = [pool.submit(_play_town, town) for town, _moves in moves.most_common()]  # the longest first
        return [refused for town in towns for refused in town.result()]


_inherited: list[Work] = []


def _inherit(work: Work, parent: int) -> None:
    """A process that outlived its parent would go on writing beside the next load."""
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    plan_statements_once()
    do_not_wait_for_the_disk()
    gc.set_threshold(SELDOM)
    _inherited.append(work)


def _play_town(alias: str) -> list[str]:
    """What happens to the disputes of one town is one process's work, so that no two wait for the same row."""
    (work,) = _inherited
    plans = [plan for plan in work.plans if plan.story.town.alias == alias]
    return playing.play(plans, work.numbers, work.now, work.count.one_more)


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
