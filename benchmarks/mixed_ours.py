"""Our side of the mixed load: a coordinator and a handler in each of four towns, over the pages."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from threading import Lock
from urllib.parse import quote

from django.urls import reverse

from benchmarks import mixed
from benchmarks.mixed import Load, Unexpected
from benchmarks.pages import COMMON_WORD
from benchmarks.server import Browser, session_of
from core.actor import Actor
from demo.build.playing import Cast
from disputes.models import Dispute

TOWNS = ("t02", "t04", "t06", "t08")  # not the one whose pages are measured, nor one with a stand-in
HANDLED_BY, OTHER_UNIT = "justice", "mediation"
SEARCHES = ("", "?status=in_progress", f"?q={quote(COMMON_WORD)}")
MOST_READ = 200


@dataclass
class Case:
    number: str
    version: int


@dataclass
class Desk:
    """A town's disputes that are given, signed for and reported on, round and round, so that steps never run out.

    A dispute lies in one tray or in the hands of one client: two people never take a step in it at once.
    """

    town: str
    elsewhere: deque[Case]  # assigned to the other unit
    given: deque[Case]  # assigned to the handler's unit, not signed for
    in_hand: deque[Case]
    lock: Lock = field(default_factory=Lock)

    @property
    def cases(self) -> list[Case]:
        return [*self.elsewhere, *self.given, *self.in_hand]

    def take(self, *trays: deque[Case]) -> tuple[Case, deque[Case]]:
        """The case that waited longest in the first tray that holds one, and that tray."""
        with self.lock:
            tray = next((tray for tray in trays if tray), None)
            if tray is None:
                raise Unexpected(f"no dispute left in {self.town}")
            return tray.popleft(), tray


@dataclass
class Person:
    """Somebody at a browser, with a session, disputes to read and a desk to work at."""

    browser: Browser
    readable: Iterator[str]
    searches: Iterator[str]
    desk: Desk

    def read(self) -> None:
        self._open(reverse("disputes:detail", args=[next(self.readable)]))

    def find(self) -> None:
        self._open(reverse("disputes:ledger") + next(self.searches))

    def step(self) -> None:
        raise NotImplementedError  # who works at which desk takes other steps

    def _open(self, path: str) -> None:
        answer = self.browser.get(path)
        if answer.status != 200:
            raise Unexpected(f"{path}: {answer.status}")

    def _send(self, case: Case, step: str, **fields: str) -> None:
        """The step's form, with the version the page showed."""
        path = reverse("disputes:step", args=[case.number, step])
        answer = self.browser.send_form(path, {"version": str(case.version), **fields})
        if answer.status != 302 or answer.location.startswith(reverse("account_login")):
            raise Unexpected(f"{path}: {answer.status} {answer.location}")
        case.version += 1


class Coordinator(Person):
    def step(self) -> None:
        """Passes what the other unit has to the handler's, or what the handler has to the other unit."""
        desk = self.desk
        case, tray = desk.take(desk.elsewhere, desk.in_hand, desk.given)
        to_handler = tray is desk.elsewhere
        unit = f"{desk.town}.{HANDLED_BY if to_handler else OTHER_UNIT}"
        self._send(case, "transfer", lead_unit=unit, reason="按职责分工，改由该单位办理更合适。")
        (desk.given if to_handler else desk.elsewhere).append(case)


class Handler(Person):
    def step(self) -> None:
        """Signs for what was given, else reports on what is in hand."""
        desk = self.desk
        case, tray = desk.take(desk.given, desk.in_hand)
        if tray is desk.given:
            self._send(case, "sign_for")
        else:
            self._send(case, "report_progress", account="已电话联系双方，约定下周到现场见面。")
        desk.in_hand.append(case)


def measure(port: int, seconds: float) -> Load:
    """Raises RuntimeError where the disputes do not show every step that was answered as taken."""
    desks = [_desk(town) for town in TOWNS]
    load = mixed.run(_people(port, desks), seconds)
    if not load.errors():
        _check(desks)
    return load


def _people(port: int, desks: Sequence[Desk]) -> list[Person]:
    cast = Cast()
    people: list[Person] = []
    for desk in desks:
        for kind, role in ((Coordinator, "coordinator"), (Handler, HANDLED_BY)):
            username = f"{desk.town}.{role}"
            browser = Browser(port, cookie=session_of(username))
            readable = cycle(_readable(cast[username], desk))
            people.append(kind(browser, readable, cycle(SEARCHES), desk))
    return people


def _desk(town: str) -> Desk:
    mine, other = f"{town}.{HANDLED_BY}", f"{town}.{OTHER_UNIT}"
    trays = (_cases("assigned", other), _cases("assigned", mine), _cases("in_progress", mine))
    return Desk(town, *trays)


def _cases(status: str, unit: str) -> deque[Case]:
    rows = Dispute.objects.filter(status=status, lead_unit__code=unit, pending="").order_by("pk")
    return deque(Case(number, version) for number, version in rows.values_list("number", "version"))


def _readable(by: Actor, desk: Desk) -> list[str]:
    """What nobody passes on meanwhile, spread over the years."""
    moving = [case.number for case in desk.cases]
    rows = Dispute.objects.visible_to(by).exclude(number__in=moving).order_by("pk")
    every = max(1, rows.count() // MOST_READ)
    return list(rows.values_list("number", flat=True)[::every])[:MOST_READ]


def _check(desks: Sequence[Desk]) -> None:
    expected = {case.number: case.version for desk in desks for case in desk.cases}
    stored = dict(Dispute.objects.filter(number__in=expected).values_list("number", "version"))
    if stored != expected:
        raise RuntimeError("mixed load: the disputes do not show the steps that were answered as taken")
