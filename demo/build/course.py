"""The course of one dispute: who takes which step when, until the day of loading cuts it off."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import chinese_calendar

from core.clock import SHANGHAI, shanghai_date
from demo.skeletons import accounts
from demo.slots import fill
from demo.stories import Story

OPENS, CLOSES = time(8, 30), time(17, 30)
SATURDAY = 5
TAKING_ON = frozenset({"accept", "assign", "sign_for", "report_up", "accept_report"})
AT_ONCE = (0.05, 1.2)  # hours, day and night, where a level or danger asks for it


class Cut(Exception):
    """The next step lies after the day of loading, or behind the stage wanted."""


@dataclass(frozen=True)
class Move:
    """One step as the services take it. `into` is the index of the story a merge goes to."""

    at: datetime
    who: str
    step: str
    data: dict[str, Any] = field(default_factory=dict)
    into: int | None = None


@dataclass
class Course:
    """Writes moves down one after the other. `pace` below 1 hurries, so that a stage is reached in time."""

    story: Story
    until: datetime
    rnd: random.Random
    pace: float = 1.0
    last_step: str = ""  # stop after this one
    moves: list[Move] = field(default_factory=list)
    unit: str = ""  # where it is to be assigned; empty: chosen by category
    by_county: bool = False
    is_spot: bool = False
    slow: bool = False
    quiet: bool = False  # nothing in the text asks for a warning, and the centre says so when it accepts

    @property
    def at(self) -> datetime:
        return self.moves[-1].at if self.moves else self.story.registered_at

    @property
    def is_urgent(self) -> bool:
        return self.story.skeleton.level in {1, 2} or self.story.facts.danger

    @property
    def centre(self) -> str:
        """Who acts for the managing centre."""
        return "county.office" if self.by_county else f"{self.story.town.alias}.coordinator"

    @property
    def clerk(self) -> str:
        """Who calls back: the clerk, of restricted cases the coordinator, who is named in them."""
        if self.by_county or self.story.facts.restricted:
            return self.centre
        return f"{self.story.town.alias}.clerk"

    def then(
        self, step: str, who: str, hours: tuple[float, float], into: int | None = None, **data: Any
    ) -> None:
        """The next step, some hours after the one before. Raises Cut when it is not to happen any more."""
        at_once = step in TAKING_ON and self.is_urgent and not self.slow
        at = self._after(AT_ONCE, any_hour=True) if at_once else self._after(hours)
        self._take(Move(at, who, step, data, into))

    def in_time(self, step: str, who: str, hours: tuple[float, float], last: date, **data: Any) -> bool:
        """The same, unless holidays push it behind the last day on which it may be taken."""
        at = self._after(hours)
        if shanghai_date(at) > last:
            return False
        self._take(Move(at, who, step, data))
        return True

    def _after(self, hours: tuple[float, float], *, any_hour: bool = False) -> datetime:
        at = self.at + timedelta(hours=self.rnd.uniform(*hours) * self.pace)
        within_hours = self.pace >= 0.3 and not any_hour
        return max(_in_office_hours(at) if within_hours else at, self.at + timedelta(minutes=3))

    def _take(self, move: Move) -> None:
        if move.at >= self.until:
            raise Cut
        self.moves.append(move)
        if move.step == self.last_step:
            raise Cut

    def day(self, days: float) -> date:
        """So many days after the last move."""
        return shanghai_date(self.at + timedelta(days=days))

    def words(self, name: str) -> str:
        """What is written at a step: of the category where it has its own words."""
        found = accounts()[self.story.facts.category].get(name) or accounts()["steps"].get(name, "")
        return self.told(found if isinstance(found, str) else self.rnd.choice(found))

    def told(self, text: str) -> str:
        slots = dict(self.story.slots)
        other = next((p.name for p in self.story.facts.parties if p.role == "respondent"), "对方")
        slots["a"] = self.story.facts.parties[0].name if "{a}" not in self.story.skeleton.text else slots["a"]
        slots["b"] = slots["b"] if "{b}" in self.story.skeleton.text else other
        return fill(text, slots)


def _in_office_hours(at: datetime) -> datetime:
    """Moved to when people work: the same moment, or the next morning, or Monday."""
    local = at.astimezone(SHANGHAI)
    if local.time() > CLOSES:
        local = datetime.combine(local.date() + timedelta(days=1), OPENS, SHANGHAI) + timedelta(
            minutes=local.minute
        )
    elif local.time() < OPENS:
        local = datetime.combine(local.date(), OPENS, SHANGHAI) + timedelta(minutes=local.minute)
    while not _is_workday(local.date()):
        local += timedelta(days=1)
    return local


def workdays_before(day: date, count: int) -> date:
    """The day that lies so many working days before."""
    while count:
        day -= timedelta(days=1)
        count -= _is_workday(day)
    return day


def _is_workday(day: date) -> bool:
    """Make-up Sundays count, as they do for the deadlines; beyond the published plans the week decides."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < SATURDAY
