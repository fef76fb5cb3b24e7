"""Everything that is wrong with a plan, in words and with where it stands. Asked at every door before writing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import Appointment, User
from accounts.officers import held_by_officers
from core.clock import now
from first_start.presenters import DEPARTMENT_WORDS, OFFICE_WORDS, PERSON_WORDS
from first_start.rules import departments, people
from first_start.rules.plan import ALIAS, CountyPlan, posts_of, units_of
from jurisdictions.choices import HotField
from jurisdictions.models import Post
from jurisdictions.presenters import PROBLEMS
from jurisdictions.rules.place_csv import Effect
from jurisdictions.services import place_import

FIELDS = tuple(HotField.values)
MOST_SHOWN = 50
FIELD_OF = {people.Wrong.NAME: "name", people.Wrong.POST: "post"}


@dataclass(frozen=True)
class Wrong:
    """`step` is where it can be mended; `line` of its table, 0 when it is about the whole; `field` of that line."""

    step: str
    line: int
    text: str
    field: str = ""


def problems(plan: CountyPlan) -> list[Wrong]:
    """At most MOST_SHOWN, places first."""
    every = (*of_places(plan), *of_departments(plan), *of_people(plan))
    return list(every[:MOST_SHOWN])


def of_places(plan: CountyPlan) -> Iterator[Wrong]:
    if plan.county is None:
        yield Wrong("places", 0, _("文件里没有县这一行（6 位代码，或 12 位代码后六位为 0）。"))
    if plan.county is not None and not any(line.kind == "town" for line in plan.lines):
        yield Wrong("places", 0, _("文件里没有乡镇（街道）。"))
    for row in place_import.plan(plan.lines).lines:
        if row.effect is Effect.WRONG and row.line.problem is not None:
            yield Wrong(
                "places", row.line.number, f"{row.line.code} {row.line.name}：{PROBLEMS[row.line.problem]}"
            )
        elif row.line.alias and not ALIAS.fullmatch(row.line.alias):
            text = _("简码“%s”只能用小写字母、数字、点、横线和下划线。") % row.line.alias
            yield Wrong("places", row.line.number, text)


def of_departments(plan: CountyPlan) -> Iterator[Wrong]:
    lines = list(range(1, len(plan.departments) + 1))
    for wrong in departments.problems(plan.departments, lines):
        words = str(DEPARTMENT_WORDS[wrong.heading]) % wrong.what
        yield Wrong("departments", wrong.line, words, departments.ATTRIBUTES[wrong.heading])


def of_people(plan: CountyPlan) -> Iterator[Wrong]:
    posts = {*posts_of(units_of(plan, FIELDS)), *existing_posts()}
    for person, wrong in people.problems(plan.people, posts):
        shown = person.post if wrong is people.Wrong.POST else person.username or person.name
        yield Wrong("people", person.line, str(PERSON_WORDS[wrong]) % shown, FIELD_OF.get(wrong, "username"))
    for person in plan.people:
        if text := _clash(person):
            yield Wrong("people", person.line, text, "username")
    known = set(held_by_officers(now()).values_list("post__role", flat=True))
    for office in people.missing_offices(plan.people):
        if office not in known:
            yield Wrong("people", 0, _("还没有写明由谁担任%s。") % OFFICE_WORDS[office])


def _clash(person: people.Person) -> str:
    """Somebody else has this account, or the person already holds another of the three offices."""
    user = User.objects.filter(username__iexact=person.username).first()
    if user is None:
        return ""
    if user.name != person.name:
        return _("账号“%(username)s”已属于%(name)s。") % {"username": person.username, "name": user.name}
    others = held_by_officers(now()).filter(user=user).exclude(post__role=person.role)
    if person.is_officer and others.exists():
        return str(PERSON_WORDS[people.Wrong.OFFICER_TWICE]) % person.username
    return ""


def existing_posts() -> set[str]:
    rows = Post.objects.active().values_list("organization__code", "role")
    return {f"{code}:{role}" for code, role in rows}


def holds(user: User, post: Post) -> bool:
    """Today or from a later day on."""
    rows = Appointment.objects.filter(user=user, post=post)
    return bool(rows.filter(ends_on=None).exists())
