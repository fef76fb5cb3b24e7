"""After a correction the words are read anew: they may raise a level, never lower it; evidence keeps its words."""

import pytest

from disputes.selectors.detail import detail_page, visible_dispute
from early_warning.choices import ReadingOf
from early_warning.models import ClassifierFailure, DisputeWarning, Escalation, Reading
from early_warning.selectors.evidence import passages_of
from early_warning.services import reading
from tests.early_warning.readings.conftest import MARCH, PLAN
from tests.factories.disputes import take

pytestmark = pytest.mark.django_db
CALM = "两家为晒场归属争吵，村干部已经到场劝开，双方都同意等丈量结果。"


def correct(dispute, by, now, **fields):
    take("correct", dispute, by, now, fields=fields, reason="补记")
    dispute.refresh_from_db()
    return dispute


def test_new_words_that_alarm_escalate_in_the_same_moment(register, clerk, now):
    dispute = register()
    correct(dispute, clerk, now, narrative=MARCH, people_count=100)
    read = Reading.objects.get(dispute=dispute, of=ReadingOf.CORRECTION)
    warning = DisputeWarning.objects.get(dispute=dispute)
    assert read.entry_seq == dispute.trail.get(step="correct").seq
    assert (warning.reading, warning.level, warning.opened_by) == (read, read.level, None)
    assert dispute.warning_level == read.level > 0
    assert Escalation.objects.filter(warning=warning, notified_at=now).exists()


def test_as_it_would_have_been_read_at_registration(register, clerk, now):
    told_then = register(narrative=MARCH, people_count=100)
    told_later = correct(register(), clerk, now, narrative=MARCH, people_count=100)
    assert told_later.warning_level == told_then.warning_level


def test_the_number_of_people_alone_is_read_anew(register, clerk, now):
    dispute = register(narrative=PLAN, people_count=30)
    correct(dispute, clerk, now, people_count=300)
    assert Reading.objects.filter(dispute=dispute, of=ReadingOf.CORRECTION).count() == 1


def test_what_no_reader_goes_by_is_not_read(register, clerk, now):
    dispute = correct(register(), clerk, now, category="wage_arrears")
    assert not Reading.objects.filter(dispute=dispute, of=ReadingOf.CORRECTION).exists()


def test_one_party_more_counts(register, clerk, now):
    dispute = register(narrative=PLAN, people_count=30)
    group = {"role": "respondent", "kind": "group", "name": "村民", "head_count": 200}
    take("add_party", dispute, clerk, now, party=group)
    assert Reading.objects.filter(dispute=dispute, of=ReadingOf.CORRECTION).count() == 1


def test_calm_words_lower_nothing(register, clerk, now):
    dispute = register(narrative=MARCH, people_count=100)
    level = dispute.warning_level
    correct(dispute, clerk, now, narrative=CALM)
    assert dispute.warning_level == level
    assert DisputeWarning.objects.get(dispute=dispute).state == "unconfirmed"


def test_the_evidence_of_a_warning_stays_that_of_its_words(register, clerk, now):
    dispute = register(narrative=MARCH, people_count=100)
    read = Reading.objects.get(dispute=dispute)
    before = passages_of(read, dispute)
    correct(dispute, clerk, now, narrative=CALM, title="晒场")
    assert [row.text for row in before]
    assert passages_of(read, dispute) == before


def test_the_page_marks_the_words_that_stand_there(register, clerk, coordinator, now, actor):
    dispute = register(narrative=CALM)
    correct(dispute, clerk, now, narrative=f"{CALM}{MARCH}", people_count=100)
    page = detail_page(visible_dispute(dispute.number, actor(coordinator)), actor(coordinator), now)
    marked = [piece.text for piece in page.narrative if piece.label]
    assert marked
    assert all(text in MARCH for text in marked)


def test_a_reader_that_fails_stops_no_correction_and_marks_nothing_wrong(
    register, clerk, coordinator, now, actor, monkeypatch
):
    dispute = register(narrative=MARCH, people_count=100)

    def fail(*args, **kwargs):
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(reading, "verdict_of", fail)
        correct(dispute, clerk, now, narrative=CALM)
    assert ClassifierFailure.objects.get(dispute=dispute).of == ReadingOf.CORRECTION
    page = detail_page(visible_dispute(dispute.number, actor(coordinator)), actor(coordinator), now)
    assert [piece.text for piece in page.narrative if piece.label] == []
    later = ClassifierFailure.objects.get(dispute=dispute).retry_at
    assert reading.read_again(now=later) == 1
    assert Reading.objects.get(dispute=dispute, of=ReadingOf.CORRECTION).level == 0


def test_leader_and_level_in_one_correction(register, clerk, now):
    """The leader is named before the words are read, and what both write stands."""
    dispute = register()
    correct(dispute, clerk, now, narrative=MARCH, people_count=100, jurisdiction={"towns": ["t01", "t02"]})
    current = dispute.responsibilities.get(ends_at=None)
    assert current.rule == "across_towns"
    assert dispute.responsible_leader_id == current.post_id
    assert dispute.warning_level > 0
