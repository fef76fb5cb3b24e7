"""The county is written: places, units, posts, people and holiday plans, all in one transaction or not at all.

Safe to run again with the same or with more: what is there stays as it is, what is missing is added.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import appointments, users
from calendars.models import CalendarYear
from calendars.services import plans
from core.actor import Actor
from core.clock import shanghai_date
from core.errors import Conflict, InvalidInput
from core.models import Installation
from first_start.rules.people import Person
from first_start.rules.plan import SINCE, CountyPlan, HolidayPlan, units_of
from first_start.services.checking import FIELDS, Wrong, holds, problems
from first_start.services.opening import locked
from jurisdictions.choices import PlaceKind
from jurisdictions.models import Place, Post
from jurisdictions.rules.place_csv import Effect
from jurisdictions.services import place_import, structure_import
from jurisdictions.services.structure_import import Added

BY = Actor.system("first_start")


class PlanRefused(InvalidInput):
    """Nothing was written; `wrong` says what is to be mended where."""

    def __init__(self, wrong: Sequence[Wrong]) -> None:
        super().__init__({"__all__": [row.text for row in wrong]})
        self.wrong = list(wrong)


@dataclass
class Founded:
    """What was added. `secrets` are the one-time passwords of new accounts, shown once."""

    places: int = 0
    structure: Added = field(default_factory=Added)
    appointments: int = 0
    years: list[int] = field(default_factory=list)
    secrets: list[tuple[User, str]] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        return not (self.places or self.appointments or self.years or any(vars(self.structure).values()))


@transaction.atomic
def found(
    *,
    plan: CountyPlan,
    now: datetime,
    only_an_empty: bool = False,
    own_password: tuple[str, str] | None = None,
    with_passwords: bool = True,
) -> Founded:
    """Writes the plan. Raises PlanRefused, and Conflict for a demo county or, `only_an_empty`, where one is there.

    `own_password`: account and hashed password of whoever sets up; every other new officer, and with
    `with_passwords` every other new person, gets a one-time password. Locks the row of the first start.
    """
    row = locked()
    _require_room(only_an_empty=only_an_empty)
    if wrong := problems(plan):
        raise PlanRefused(wrong)
    done = Founded(places=_places(plan, now))
    done.structure = structure_import.add_missing(
        sectors=plan.sectors, units=units_of(plan, FIELDS), valid_from=SINCE, by=BY, now=now
    )
    _people(plan.people, done, now, own_password, with_passwords=with_passwords)
    done.years = [holidays.year for holidays in plan.holidays if _holidays(holidays, now)]
    row.answers, row.code_digest, row.pass_digest, row.finished_at = "", "", "", row.finished_at or now
    row.save()
    return done


def _require_room(*, only_an_empty: bool) -> None:
    if Installation.objects.filter(kind=Installation.Kind.DEMO).exists():
        raise Conflict(_("这里装的是演示县。请换一个 DATA_DIR，用 DEMO=0 启动后再设置。"))
    if only_an_empty and Place.objects.filter(kind=PlaceKind.COUNTY).exists():
        raise Conflict(_("这里已经有县的数据，不再需要首次设置。"))


def _places(plan: CountyPlan, now: datetime) -> int:
    """Only what is not there: a name the county has corrected since is not put back."""
    fresh = [row.line for row in place_import.plan(plan.lines).lines if row.effect is Effect.ADDED]
    if fresh:
        place_import.load(lines=fresh, valid_from=SINCE, by=BY, now=now)
    return len(fresh)


def _people(
    people: Sequence[Person],
    done: Founded,
    now: datetime,
    own_password: tuple[str, str] | None,
    *,
    with_passwords: bool,
) -> None:
    """The auditor first, so that it hears of every password given after."""
    for person in sorted(people, key=lambda row: (row.role != "auditor", not row.is_officer)):
        user = User.objects.filter(username=person.username).first()
        is_new = user is None
        if user is None:
            contact = users.Contact(person.name, person.email, person.phone)
            user = users.create(username=person.username, contact=contact, by=BY, now=now)
        done.appointments += _appoint(user, person, now)
        if own_password is not None and own_password[0] == person.username:
            users.let_in(user_id=user.pk, hashed=own_password[1], by=BY, now=now)
        elif is_new and (with_passwords or person.is_officer):
            done.secrets.append(users.reset_password(user_id=user.pk, by=BY, now=now))


def _appoint(user: User, person: Person, now: datetime) -> bool:
    post = Post.objects.active().by_code(person.post).order_by("pk").get()
    if holds(user, post):
        return False
    appointments.appoint(user=user, post=post, starts_on=shanghai_date(now), by=BY, now=now)
    return True


def _holidays(holidays: HolidayPlan, now: datetime) -> bool:
    """A year that has its plan keeps it."""
    if CalendarYear.objects.filter(year=holidays.year).exists():
        return False
    plans.load_year(year=holidays.year, days=holidays.days, source=holidays.source, by=BY, now=now)
    return True
