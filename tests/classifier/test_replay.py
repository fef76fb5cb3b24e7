"""A draft tried on the last 12 months tells what would change, and changes nothing."""

from datetime import timedelta

import pytest

from classifier.choices import ReplayState
from classifier.models import ReplayRun
from classifier.rules import policy_rows
from classifier.services import replay
from core.errors import InvalidInput, NotPermitted
from disputes.models import Dispute
from early_warning.models import Reading
from tests.classifier.conftest import without_level
from tests.factories.accounts import actor
from tests.factories.disputes import registered, take

pytestmark = pytest.mark.django_db
MARCH = "约一百人扬言明日到县政府上访，并准备拉横幅堵住县政府大门。"


def quarrels_are_level_3(document):
    """积水 in the text makes level 3."""
    row = {"id": "water", "label": "积水", "patterns": ["积水"]}
    rule = {"id": "by_water", "label": "积水", "level": 3, "needs": [["water"]], "people": "any"}
    with_water = policy_rows.with_row(document, "indicators", "water", row)
    return policy_rows.with_row(with_water, "rules", "by_water", rule)


@pytest.fixture
def done(draft, change, county_office, now):
    """Runs what is asked for on the edited draft."""

    def run(edit=quarrels_are_level_3, at=now + timedelta(hours=1)) -> ReplayRun:
        change(draft, edit)
        asked = replay.ask(version=2, by=actor(county_office), now=at)
        replay.run(run_id=asked.pk, now=at)
        asked.refresh_from_db()
        return asked

    return run


def test_what_would_change_is_counted_and_listed(clerk, now, done):
    quarrel = registered(clerk, now)
    registered(clerk, now, narrative=MARCH, people_count=100)
    run = done()
    assert (run.state, run.total, run.done) == (ReplayState.DONE, 2, 2)
    assert (run.raised, run.lowered, run.changed) == (1, 0, 1)
    row = run.rows.get()
    assert (row.dispute, row.level_now, row.level_then, row.rule_then) == (quarrel, 0, 3, "by_water")


def test_a_replay_changes_no_dispute(clerk, now, done):
    registered(clerk, now)
    done()
    assert Dispute.objects.get().warning_level == 0
    assert Reading.objects.get().level == 0


def test_what_is_lowered_is_counted_apart(clerk, now, done):
    registered(clerk, now, narrative=MARCH, people_count=100)

    def all_level_3(document):
        mild = [rule | {"level": 3} for rule in document["rules"]]
        rows = [{"id": f"never{n}", "label": f"从不{n}", "patterns": [f"从不出现的词{n}"]} for n in (1, 2)]
        never = [
            {"id": f"n{n}", "label": f"从不{n}", "level": n, "needs": [[f"never{n}"]], "people": "any"}
            for n in (1, 2)
        ]
        return document | {"rules": [*never, *mild], "indicators": [*document["indicators"], *rows]}

    run = done(all_level_3)
    assert (run.raised, run.lowered) == (0, 1)


def test_reports_of_progress_are_read_too_also_of_older_disputes(clerk, coordinator, handler, now, done):
    dispute = registered(clerk, now, narrative="两家为地界争吵。")
    take("accept", dispute, coordinator, now)
    take("assign", dispute, coordinator, now, lead_unit="t01.justice")
    take("sign_for", dispute, handler, now)
    take("report_progress", dispute, handler, now + timedelta(days=200), account="路面积水。")
    run = done(at=now + timedelta(days=400))
    row = run.rows.get()
    assert (run.total, row.dispute, row.level_now, row.level_then) == (1, dispute, 0, 3)


def test_what_would_no_longer_be_said_to_happen_now_is_listed(clerk, now, done):
    registered(clerk, now, narrative="六十名村民正围攻派出所，砸碎门窗，请求增援。", people_count=60)

    def nothing_is_now(document):
        rows = [row | {"ongoing": False} for row in document["indicators"]]
        return document | {"indicators": rows}

    run = done(nothing_is_now)
    row = run.rows.get()
    assert (run.changed, run.marks_changed) == (0, 1)
    assert (row.happening_now, row.happening_then) == (True, False)


def test_what_is_older_than_a_year_is_left_out(clerk, now, done):
    registered(clerk, now)
    assert done(at=now + timedelta(days=366)).total == 0


def test_a_draft_with_faults_is_not_replayed(draft, change, county_office, now):
    change(draft, lambda document: without_level(document, 1))
    with pytest.raises(InvalidInput, match="一级"):
        replay.ask(version=2, by=actor(county_office), now=now)


def test_asking_twice_is_one_run(draft, county_office, now):
    first, second = (replay.ask(version=2, by=actor(county_office), now=now) for _twice in range(2))
    assert first == second


def test_towns_do_not_replay(draft, coordinator, now):
    with pytest.raises(NotPermitted):
        replay.ask(version=2, by=actor(coordinator), now=now)


def test_a_run_whose_message_was_lost_is_taken_up_once(clerk, draft, county_office, now):
    registered(clerk, now)
    run = replay.ask(version=2, by=actor(county_office), now=now)
    assert replay.take_up_lost(now=now + timedelta(minutes=1)) == 0
    assert replay.take_up_lost(now=now + timedelta(minutes=3)) == 1
    assert replay.take_up_lost(now=now + timedelta(minutes=4)) == 0
    run.refresh_from_db()
    assert (run.state, run.done) == (ReplayState.DONE, 1)


def test_a_run_whose_worker_died_starts_again_from_nothing(clerk, now, done, county_office):
    registered(clerk, now)
    run = done()
    ReplayRun.objects.update(state=ReplayState.RUNNING)
    assert replay.take_up_lost(now=now + timedelta(hours=3)) == 1
    run.refresh_from_db()
    assert (run.state, run.raised, run.rows.count()) == (ReplayState.DONE, 1, 1)
