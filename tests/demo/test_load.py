"""Loading the demo county into an empty database, on a small scale."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from accounts.models import Appointment, Delegation, User
from coordination.models import CoordinationDecision, CoordinationMeeting
from core import reference
from core.clock import SHANGHAI
from core.models import Installation
from demo import progress
from demo.accounts import DEMO_PASSWORD, all_accounts
from demo.build import letters, loading, meetings, playing, sentences, structure
from demo.build.plans import all_plans
from demo.progress import Progress
from disputes.models import CannedText, Dispute, TrailEntry
from disputes.rules import chain
from disputes.services import intake, steps
from jurisdictions.models import Organization, Place
from responsibility.models import EntrustmentLetter

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
FEW = 14

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_word_left() -> Iterator[None]:
    progress.clear()
    yield
    progress.clear()


def quietly(text: str) -> None:
    pass


def test_a_few_disputes_are_played_to_where_they_stand() -> None:
    reference.load_all(NOW)
    assert loading.load(now=NOW, count=FEW, processes=1, say=quietly) == []

    plans = all_plans(NOW, FEW)
    assert Dispute.objects.count() == len(plans)
    for plan, dispute in zip(plans, Dispute.objects.order_by("pk"), strict=True):
        steps = list(dispute.trail.exclude(step="deadline_missed").values_list("step", flat=True))
        assert dispute.registered_at == plan.story.registered_at
        assert [move.step for move in plan.moves] == [
            step for step in steps if step in {m.step for m in plan.moves}
        ]
    assert Installation.objects.get().kind == Installation.Kind.DEMO
    assert not Installation.objects.get().is_loading


def test_trails_are_whole_and_in_the_order_of_time() -> None:
    reference.load_all(NOW)
    assert loading.load(now=NOW, count=FEW, processes=1, say=quietly) == []

    for dispute in Dispute.objects.all():
        previous, last = chain.GENESIS, dispute.registered_at
        for entry in TrailEntry.objects.filter(dispute=dispute).order_by("seq"):
            assert entry.previous_hash == previous
            assert entry.hash == chain.entry_hash(previous, entry.payload)
            assert last <= entry.at <= NOW
            previous, last = entry.hash, entry.at


def test_meetings_were_held_and_are_called_with_cases_and_decisions() -> None:
    reference.load_all(NOW)
    assert loading.load(now=NOW, count=90, processes=1, say=quietly) == []
    meetings.hold(NOW)  # a second time

    rows = CoordinationMeeting.objects.order_by("held_on")
    held, called = rows.filter(closed_at__lt=NOW), rows.filter(closed_at=None, held_on__gt=NOW.date())
    assert held.filter(decisions__isnull=False).exists()
    assert called.filter(cases__isnull=False).exists()
    assert CoordinationDecision.objects.filter(done_at__lt=NOW).exists()
    for dispute in Dispute.objects.filter(decisions__isnull=False).distinct():
        moments = list(dispute.trail.order_by("seq").values_list("at", flat=True))
        assert moments == sorted(moments)


def test_every_towns_centre_finds_sentences_to_insert() -> None:
    reference.load_all(NOW)
    structure.build(NOW)
    sentences.write(NOW)
    sentences.write(NOW)  # a second time
    by_unit = Counter(CannedText.objects.values_list("unit__code", flat=True))
    assert set(by_unit) == {f"t{town:02}.centre" for town in range(1, 13)}
    assert set(by_unit.values()) <= {2, 3}
    assert not CannedText.objects.exclude(
        created_at__lt=NOW, created_by__user__username__endswith="coordinator"
    )


def test_letters_were_written_to_units_and_one_was_answered() -> None:
    reference.load_all(NOW)
    assert loading.load(now=NOW, count=FEW, processes=1, say=quietly) == []
    unit = {"unit_relation": "versus_locality", "unit_consent": None, "unit_name": "岚溪供电公司"}
    Dispute.objects.filter(status__in=["accepted", "assigned", "in_progress"]).update(**unit)
    letters.write(NOW + timedelta(days=10))
    letters.write(NOW + timedelta(days=10))
    written = EntrustmentLetter.objects.order_by("pk")
    assert 0 < written.count() <= letters.MOST
    assert written[0].replied_at is not None
    assert {letter.addressed_to for letter in written} == {
        "岚江市供电公司"
    }  # no party settles its own matter
    assert all(letter.dispute.trail.filter(step="letter_issued").count() == 1 for letter in written)


def test_a_refused_step_leaves_its_dispute_there_and_the_county_is_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Which holidays lie before the day of loading is not known when a plan is written."""
    reference.load_all(NOW)
    plans = all_plans(NOW, FEW)
    wrong = next(plan for plan in plans if [move.step for move in plan.moves[:2]] == ["accept", "assign"])
    wrong.moves[1] = replace(wrong.moves[1], step="archive", data={})
    monkeypatch.setattr(loading, "all_plans", lambda now, count: plans)

    refused = loading.load(now=NOW, count=FEW, processes=1, say=quietly)

    number = playing.numbers_of(plans, NOW)[wrong.story.index]
    taken = TrailEntry.objects.filter(dispute__number=number).values_list("step", flat=True)
    assert "accept" in taken
    assert not {"assign", "archive", "sign_for"} & set(taken)
    assert [line.partition(":")[0] for line in refused] == [number]
    assert Installation.objects.get().kind == Installation.Kind.DEMO


def test_an_interrupted_load_goes_on_where_it_stopped() -> None:
    reference.load_all(NOW)
    plans = all_plans(NOW, FEW)
    loading.begin(NOW)
    playing.register(plans)
    numbers = playing.numbers_of(plans, NOW)
    playing.play(plans[: FEW // 2], numbers, NOW)
    before = TrailEntry.objects.count()

    loading.load(now=datetime(2026, 12, 24, 9, 0, tzinfo=SHANGHAI), count=FEW, processes=1, say=quietly)

    assert TrailEntry.objects.count() > before
    assert Dispute.objects.count() == len(plans)
    assert Installation.objects.get().created_at == NOW


def test_a_load_interrupted_while_registering_registers_the_rest_in_order() -> None:
    reference.load_all(NOW)
    plans = all_plans(NOW, FEW)
    loading.begin(NOW)
    playing.register(plans[:5])

    assert loading.load(now=NOW, count=FEW, processes=1, say=quietly) == []

    moments = list(Dispute.objects.order_by("pk").values_list("registered_at", flat=True))
    assert moments == [plan.story.registered_at for plan in plans]
    books = Dispute.objects.order_by("pk").values_list("number", flat=True)
    for book in {number.rpartition("-")[0] for number in books}:
        given = [int(number.rpartition("-")[2]) for number in books if number.startswith(f"{book}-")]
        assert given == list(range(1, len(given) + 1))


def test_a_load_is_not_taken_up_with_the_plans_of_another_county() -> None:
    reference.load_all(NOW)
    loading.begin(NOW)
    playing.register(all_plans(NOW, FEW)[:5])
    with pytest.raises(ValueError, match="DEMO_COUNT"):
        loading.load(now=NOW, count=FEW + 20, processes=1, say=quietly)


def test_a_second_run_changes_nothing_and_prints_the_accounts() -> None:
    structure.build(NOW)
    Installation.objects.create(id=1, kind=Installation.Kind.DEMO, created_at=NOW)
    out = StringIO()

    call_command("load_demo_county", stdout=out)

    assert Dispute.objects.count() == 0
    assert DEMO_PASSWORD in out.getvalue()
    assert "t01.clerk" in out.getvalue()


def test_what_somebody_did_meanwhile_stays_theirs() -> None:
    """While the county is loaded people sign in: registering and accepting are done today, what is loaded is past."""
    reference.load_all(NOW)
    loading.begin(NOW)
    plans = all_plans(NOW, FEW)
    playing.register(plans)
    taken = next(plan for plan in plans if plan.moves and plan.moves[0].step == "accept")
    number = playing.numbers_of(plans, NOW)[taken.story.index]
    later, cast = NOW + timedelta(seconds=20), playing.Cast()
    steps.take("accept", number=number, data={}, by=cast[taken.moves[0].who], now=later)
    twin = replace(plans[0].story.facts, narrative=f"又一件：{plans[0].story.facts.narrative}")
    intake.register(facts=twin, by=cast["t01.clerk"], now=later)

    assert loading.load(now=NOW, count=FEW, processes=1, say=quietly) == []

    theirs = Dispute.objects.get(number=number)
    assert [(row.step, row.at) for row in theirs.trail.order_by("seq")][-1] == ("accept", later)
    assert Dispute.objects.count() == len(plans) + 1


def test_loading_waits_for_the_disk_once_at_the_end() -> None:
    reference.load_all(NOW)
    with CaptureQueriesContext(connection) as queries:
        loading.load(now=NOW, count=FEW, processes=1, say=quietly)
    said = [query["sql"] for query in queries if "synchronous_commit" in query["sql"]]
    first = next(number for number, query in enumerate(queries) if "INSERT" in query["sql"])
    assert "synchronous_commit = off" in queries[0]["sql"]
    assert first > 0
    assert said[-1] == "SET LOCAL synchronous_commit = on"
    assert "is_loading" in queries[len(queries) - 3]["sql"] + queries[len(queries) - 2]["sql"]


def test_a_refused_step_ends_a_strict_load_with_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "load", lambda **given: ["t01-2026-000001: accept"])
    with pytest.raises(CommandError, match="1 steps were refused"):
        call_command("load_demo_county", strict=True, stdout=StringIO())


def test_who_serves_meanwhile_gets_word_and_the_accounts_once_it_is_whole() -> None:
    out = StringIO()
    call_command("load_demo_county", later=True, stdout=out)
    assert progress.read() == Progress()
    assert not Place.objects.exists()
    assert DEMO_PASSWORD not in out.getvalue()

    call_command("load_demo_county", count=FEW, processes=1, strict=True, stdout=out)
    assert progress.read() is None
    assert out.getvalue().count(DEMO_PASSWORD) == 1
    count = Dispute.objects.count()
    assert f"{count} of {count} disputes" in out.getvalue()

    call_command("load_demo_county", later=True, stdout=out)
    assert progress.read() is None
    assert out.getvalue().count(DEMO_PASSWORD) == 2


def test_a_load_that_fails_says_so_on_the_pages_and_the_next_one_makes_it_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*args: object, **given: object) -> None:
        raise RuntimeError("no memory")

    whole = playing.play
    monkeypatch.setattr(playing, "play", broken)
    with pytest.raises(RuntimeError):
        call_command("load_demo_county", count=FEW, processes=1, stdout=StringIO())
    assert progress.read() == Progress(0, Dispute.objects.count(), failed=True)
    assert Installation.objects.get().is_loading

    monkeypatch.setattr(playing, "play", whole)
    call_command("load_demo_county", count=FEW, processes=1, strict=True, stdout=StringIO())
    assert progress.read() is None
    assert not Installation.objects.get().is_loading


def test_a_real_county_is_not_told_of_a_demo() -> None:
    Installation.objects.create(id=1, kind=Installation.Kind.LIVE, created_at=NOW)
    call_command("load_demo_county", later=True, stdout=StringIO())
    assert progress.read() is None


def test_a_live_database_is_left_alone() -> None:
    Installation.objects.create(id=1, kind=Installation.Kind.LIVE, created_at=NOW)
    with pytest.raises(CommandError, match="not a demo"):
        call_command("load_demo_county")
    assert not Place.objects.exists()


def test_a_database_that_holds_places_is_left_alone() -> None:
    Place.objects.create(code="369902", name="别的县", kind="county")
    with pytest.raises(CommandError, match="already holds"):
        call_command("load_demo_county")


@override_settings(DEMO_ALLOWED=False)
def test_production_settings_do_not_load_the_demo_county() -> None:
    with pytest.raises(CommandError, match="Production"):
        call_command("load_demo_county")


def test_every_post_is_filled_and_every_account_logs_in_with_the_one_password() -> None:
    structure.build(NOW)
    assert Appointment.objects.current(NOW.date()).values("post").distinct().count() == sum(
        organization.posts.count() for organization in Organization.objects.all()
    )
    assert User.objects.count() == len(all_accounts())
    for username in ("t01.clerk", "hrss.head", "unit01.handler", "county.office", "auditor", "admin"):
        assert authenticate(username=username, password=DEMO_PASSWORD) is not None
    assert Delegation.objects.current(NOW).count() == 1


def test_places_are_found_by_their_initials(client: Client) -> None:
    reference.load_all(NOW)
    structure.build(NOW)
    assert not Place.objects.filter(pinyin="").exists()
    client.force_login(User.objects.get(username="t01.clerk"))

    def found(typed: str) -> list[str]:
        return [row["label"] for row in client.get("/disputes/pick/places/", {"q": typed}).json()["results"]]

    assert found("qsz")[0] == "青石镇"
    assert "青石镇石桥村" in found("sqc")
    assert found("qszsqc") == ["青石镇石桥村"]


@override_settings(
    AUTHENTICATION_BACKENDS=["demo.backends.RefuseDemoAccounts", "django.contrib.auth.backends.ModelBackend"]
)
def test_production_backends_let_nobody_into_a_demo_database() -> None:
    structure.build(NOW)
    assert authenticate(username="t01.clerk", password=DEMO_PASSWORD) is not None
    Installation.objects.create(id=1, kind=Installation.Kind.DEMO, created_at=NOW)
    assert authenticate(username="t01.clerk", password=DEMO_PASSWORD) is None
