"""The mixed load: shares, what is counted, and that its steps are real ones that never run out."""

from collections import Counter
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from benchmarks import mixed, mixed_ours, prototypes
from benchmarks.mixed import FIND, READ, STEP, Load, Request
from benchmarks.server import Answer, Browser
from core import clock, reference
from demo.build import structure
from demo.build.playing import Cast
from demo.county import Town, county
from disputes.models import Dispute, TrailEntry


class Recorded:
    """A client that answers at once; every `wrong`th step is refused."""

    def __init__(self, wrong: int = 0) -> None:
        self.done: Counter[str] = Counter()
        self.wrong = wrong

    def read(self) -> None:
        self.done[READ] += 1

    def find(self) -> None:
        self.done[FIND] += 1

    def step(self) -> None:
        self.done[STEP] += 1
        if self.wrong and self.done[STEP] % self.wrong == 0:
            raise mixed.Unexpected("409")


def test_sixty_read_thirty_look_and_ten_take_steps_of_each_hundred() -> None:
    clients = [Recorded() for _number in range(mixed.CLIENTS)]
    load = mixed.run(clients, 0.2)
    sent = load.count()
    assert sent >= 100
    for kind, share in ((READ, 0.6), (FIND, 0.3), (STEP, 0.1)):
        assert abs(load.count(kind) - share * sent) < 20  # whole decks are exact, one may be broken off
        warmed = 0 if kind == STEP else len(clients)
        assert sum(client.done[kind] for client in clients) == load.count(kind) + warmed
    assert not load.errors()


def test_a_refused_step_is_an_error_and_no_figure() -> None:
    client = Recorded(wrong=2)
    load = mixed.run([client], 0.1)
    assert len(load.errors()) == client.done[STEP] // 2
    assert load.errors()[0] == "steps: Unexpected: 409"
    good = load.count() - len(load.errors())
    assert load.rate() == pytest.approx(good / load.seconds)


def test_percentiles_are_of_good_answers_of_their_kind() -> None:
    requests = [Request(READ, float(number)) for number in range(1, 101)]
    load = Load((*requests, Request(STEP, 5_000.0), Request(READ, 9_000.0, "500")), 10.0)
    assert (load.at(50, READ), load.at(95, READ), load.at(50, STEP)) == (50.0, 95.0, 5_000.0)
    assert (load.rate(READ), load.rate(), load.at(50, FIND)) == (10.0, 10.1, 0.0)


class InProcess(Browser):
    """The same requests, answered in this process."""

    def __init__(self, username: str) -> None:
        super().__init__(port=0)
        self.client = Client()
        self.client.force_login(User.objects.get(username=username))

    def _answer(self, given: Any) -> Answer:
        return Answer(given.status_code, given.content, given.headers.get("Location", ""))

    def get(self, path: str) -> Answer:
        return self._answer(self.client.get(path))

    def send_form(self, path: str, fields: dict[str, str]) -> Answer:
        return self._answer(self.client.post(path, fields))


@pytest.fixture
def town(db: None) -> Town:
    """Two disputes in the handler's hands and one at the other unit."""
    now = clock.now()  # the pages ask the clock too
    reference.load_all(now)
    structure.build(now)
    town = next(town for town in county().towns if town.alias == mixed_ours.TOWNS[0])
    shapes = {shape.name: shape for shape in prototypes.SHAPES}
    for name in ("in_progress", "assigned", "in_progress", "settled"):
        prototypes._play(shapes[name], town, Cast(), now)
    return town


def test_steps_are_taken_in_the_disputes_and_never_run_out(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mixed_ours, "Browser", lambda _port, cookie: InProcess(cookie))
    monkeypatch.setattr(mixed_ours, "session_of", lambda username: username)
    last = TrailEntry.objects.order_by("-pk")[0].pk
    desk = mixed_ours._desk(town.alias)
    coordinator, handler = mixed_ours._people(0, [desk])
    for person in (coordinator, coordinator, handler, handler, *[coordinator] * 5, *[handler] * 5):
        person.read()
        person.find()
        person.step()
    taken = Counter(TrailEntry.objects.filter(pk__gt=last).values_list("step", flat=True))
    assert {step: taken[step] for step in ("transfer", "sign_for", "report_progress")} == {
        "transfer": 7,
        "sign_for": 4,  # of the four that came back: elsewhere, two in hand, then round again
        "report_progress": 3,
    }
    mixed_ours._check([desk])
    Dispute.objects.filter(number=desk.cases[0].number).update(version=99)
    with pytest.raises(RuntimeError, match="do not show the steps"):
        mixed_ours._check([desk])
