"""第一天: what a person ticks by hand, and that they are done with it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.actor import Actor
from core.errors import InvalidInput
from dashboards.models import FirstDay
from dashboards.wording_first_day import BY_NAME


@transaction.atomic
def tick(*, name: str, done: bool, by: Actor) -> None:
    """Ticks or unticks what no record tells. Raises InvalidInput for anything else."""
    item = BY_NAME.get(name)
    if item is None or not item.by_hand:
        raise InvalidInput({"name": [_("这一项由系统按记录勾选，不用手工勾。")]})
    row = _row(by)
    ticked = {*row.ticked, name} if done else {*row.ticked} - {name}
    row.ticked = sorted(ticked)
    row.save(update_fields=["ticked"])


@transaction.atomic
def put_away(*, away: bool, by: Actor, now: datetime) -> None:
    """Takes the guide from the person's home, or puts it back there, finished or not."""
    row = _row(by)
    row.put_away_at = now if away else None
    row.finished_at = row.finished_at if away else None
    row.save(update_fields=["put_away_at", "finished_at"])


@transaction.atomic
def note_finished(*, by: Actor, now: datetime) -> None:
    """Everything is done: from now on the home asks no more for it."""
    row = _row(by)
    if row.finished_at is None:
        row.finished_at = now
        row.save(update_fields=["finished_at"])


def _row(by: Actor) -> FirstDay:
    FirstDay.objects.get_or_create(user=by.user)
    return FirstDay.objects.select_for_update().get(user=by.user)
