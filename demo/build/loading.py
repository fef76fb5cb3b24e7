"""Loads the demo county: structure and registrations in one transaction, then the steps on every core."""

import gc
import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta

import django
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
    _take_steps(plans, now, count, processes or min(MOST_PROCESSES, 1 + (os.cpu_count() or 1)))
    say("steps taken")
    with transaction.atomic():
        _finish(now)


def began_at() -> datetime | None:
    """When the structure was written; the disputes are counted back from then."""
    return User.objects.filter(username="admin").values_list("date_joined", flat=True).first()


def _take_steps(plans: list[Plan], now: datetime, count: int, processes: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    if processes == 1:
        return play_part(now, count, 0, 1)
    connections.close_all()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=django.setup) as pool:
        parts = [pool.submit(play_part, now, count, part, processes) for part in range(processes)]
        for part in parts:
            part.result()


def play_part(now: datetime, count: int, part: int, parts: int) -> None:
    """Every process knows all plans and plays its own towns' share."""
    gc.freeze()
    plans = all_plans(now, count)
    numbers = playing.numbers_of(plans)
    mine = [plan for plan in plans if int(plan.story.town.alias[1:]) % parts == part]
    playing.play(mine, numbers, now)


def _finish(now: datetime) -> None:
    """What a running product would have done meanwhile; the row that says what this database is comes last."""
    playing.flag_all_missed(now)
    old = Notice.objects.filter(read_at=None, created_at__lt=now - READ_AFTER)
    old.update(read_at=now - READ_AFTER)
    Installation.objects.create(id=1, kind=Installation.Kind.DEMO, created_at=now)
    assert Dispute.objects.exists()
