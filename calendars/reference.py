from dataclasses import asdict
from datetime import datetime

from calendars import statutory
from calendars.known_limits import all_defaults
from calendars.models import DeadlineRule, StatutoryDay
from calendars.services import seed
from core.actor import Actor
from core.reference import register


@register("calendars", order=20)
def load_calendars(now: datetime) -> str:
    """Holiday plans the package knows and the default limits; rows the county has are left alone."""
    years = seed.load_missing_years(by=Actor.system("load_reference_data"), now=now)
    present = set(DeadlineRule.objects.values_list("key", "category", "source_kind"))
    missing = [
        DeadlineRule(**asdict(rule))
        for rule in all_defaults()
        if (rule.key, rule.category, rule.source_kind) not in present
    ]
    DeadlineRule.objects.bulk_create(missing)
    _load_statutory_days()
    return f"{len(years)} years, {len(missing)} limits"


def _load_statutory_days() -> None:
    present = set(StatutoryDay.objects.values_list("date", flat=True))
    StatutoryDay.objects.bulk_create(
        StatutoryDay(date=day, name=name, source=statutory.SOURCE)
        for day, name in statutory.days().items()
        if day not in present
    )
