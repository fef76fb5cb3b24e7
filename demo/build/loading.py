"""Loads the demo county: structure and registrations in one transaction, then the steps on every core."""

import gc
import multiprocessing
import os
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, connections, transaction

from accounts.models import User
from core.models import Installation
from demo.build import playing, structure
from demo.build.plans import Plan, all_plans
from demo.stories import COUNT
from disputes.models import Dispute
from notifications.models import Notice

MOST_PROCESSES = 3  # a third of the time is the database's, so one more than two cores keeps them busy
READ_AFTER = timedelta(days=4)
Say = Callable[[str], None]


def load(*, now: datetime, count: int = COUNT, processes: int = 0, say: Say = print) -> None:
    """An interrupted load is taken up where it stopped, as of the moment it began."""
    now = began_at() or now
    plans = all_plans(now, count)
    if not User.objects.filter(username="admin").exists():
        with transaction.atomic():
            structure.build(now)
            playing.register(plans)
        say(f"{len(plans)} disputes registered")
    for refused in _take_steps(plans, now, processes or min(MOST_PROCESSES, 1 + (os.cpu_count() or 1))):
        say(f"a step was refused, the dispute stays there: {refused}")
    say("steps taken")
    with transaction.atomic():
        _finish(now)


def began_at() -> datetime | None:
    """When the structure was written; the disputes are counted back from then."""
    return User.objects.filter(username="admin").values_list("date_joined", flat=True).first()


@dataclass(frozen=True)
class Work:
    """What every process inherits: all plans, the numbers given, and the day of loading."""

    plans: list[Plan]
    numbers: playing.Numbers
    now: datetime


def _take_steps(plans: list[Plan], now: datetime, processes: int) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    work = Work(plans, playing.numbers_of(plans), now)
    if processes == 1:
        return playing.play(work.plans, work.numbers, now)
    connections.close_all()  # each process opens its own
    gc.freeze()
    context = multiprocessing.get_context(
        "fork"
    )  # what is loaded and compiled here is not loaded again there
    moves = Counter[str]()
    for plan in plans:
        moves[plan.story.town.alias] += len(plan.moves)
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_inherit, initargs=(work,)) as pool:
        towns = [pool.submit(_play_town, town) for town, _moves in moves.most_common()]  # the longest first
        return [refused for town in towns for refused in town.result()]


_inherited: list[Work] = []


def _inherit(work: Work) -> None:
    _inherited.append(work)


def _play_town(alias: str) -> list[str]:
    """What happens to the disputes of one town is one process's work, so that no two wait for the same row."""
    (work,) = _inherited
    plans = [plan for plan in work.plans if plan.story.town.alias == alias]
    return playing.play(plans, work.numbers, work.now)


def _finish(now: datetime) -> None:
    """What a running product would have done meanwhile; the row that says what this database is comes last."""
    playing.flag_all_missed(now)
    old = Notice.objects.filter(read_at=None, created_at__lt=now - READ_AFTER)
    old.update(read_at=now - READ_AFTER)
    Installation.objects.create(id=1, kind=Installation.Kind.DEMO, created_at=now)
    assert Dispute.objects.exists()
