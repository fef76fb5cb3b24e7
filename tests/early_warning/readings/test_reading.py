"""What is registered and reported is read at once; a level escalates, a failure never stops a registration."""

from datetime import timedelta

import pytest
from django.db import connection

from classifier.selectors import policy
from core.errors import InvalidInput
from disputes.models import Dispute, TrailEntry
from disputes.rules.intake import SpotSettlement
from early_warning.choices import ReadingOf, WarningState
from early_warning.models import ClassifierFailure, DisputeWarning, Escalation, Reading
from early_warning.services import reading
from tests.early_warning.readings.conftest import MARCH, PLAN
from tests.factories.disputes import registered, take

pytestmark = pytest.mark.django_db
SIEGE_NOW = "六十名村民正围攻派出所，砸碎门窗，请求县局增援。"


@pytest.fixture
def broken(monkeypatch):
    """A classifier that fails on everything; `broken.undo()` mends it."""

    def fail(*args, **kwargs):
        raise RuntimeError(MARCH)

    with monkeypatch.context() as patch:
        patch.setattr(reading, "verdict_of", fail)
        yield patch


def test_a_serious_text_opens_a_warning_and_escalates_in_the_same_moment(register, now):
    dispute = register(narrative=MARCH, people_count=100)
    read = Reading.objects.get(dispute=dispute)
    warning = DisputeWarning.objects.get(dispute=dispute)
    assert (read.of, read.level, read.policy.version) == (ReadingOf.NARRATIVE, warning.level, 1)
    assert (warning.state, warning.reading, warning.opened_by) == (WarningState.UNCONFIRMED, read, None)
    assert dispute.warning_level == warning.level
    assert Escalation.objects.filter(warning=warning, notified_at=now).exists()


def test_evidence_is_kept_as_spans_of_the_narrative_never_as_words(register):
    dispute = register(narrative=MARCH, people_count=100)
    spans = Reading.objects.get(dispute=dispute).evidence
    assert spans
    assert all(set(span) == {"indicator", "start", "end"} for span in spans)
    assert "一百人" in {MARCH[span["start"] : span["end"]] for span in spans}


def test_an_ordinary_quarrel_is_read_and_warns_nobody(register):
    dispute = register()
    assert Reading.objects.get(dispute=dispute).level == 0
    assert not DisputeWarning.objects.filter(dispute=dispute).exists()


def test_a_title_is_heard_only_where_the_narrative_says_nothing(register):
    assert register(title=PLAN[:40], narrative="详见附件。", people_count=30).warning_level > 0
    assert register(title=PLAN[:40], people_count=30, narrative="两家争吵。" * 20).warning_level == 0


def test_evidence_found_in_the_title_is_kept_as_spans_of_the_title(register):
    dispute = register(title=PLAN[:40], narrative="详见附件。", people_count=30)
    spans = Reading.objects.get(dispute=dispute).evidence
    assert spans
    assert all(span["title"] is True for span in spans)
    assert "三十人" in {PLAN[span["start"] : span["end"]] for span in spans}


def test_who_types_in_a_case_of_an_old_ledger_registers_it_now(register):
    dispute = register(narrative=MARCH, source="import", people_count=100)
    assert Reading.objects.get(dispute=dispute).of == ReadingOf.NARRATIVE
    assert dispute.warning_level > 0


def test_new_facts_in_a_report_raise_the_level_with_a_reading_and_an_entry_of_their_own(
    in_hand, handler, now
):
    dispute = in_hand(narrative=PLAN, people_count=30)
    before = dispute.warning_level
    take("report_progress", dispute, handler, now + timedelta(hours=1), account=MARCH)
    dispute.refresh_from_db()
    assert 0 < dispute.warning_level < before
    report = TrailEntry.objects.get(dispute=dispute, step="report_progress")
    read = Reading.objects.get(dispute=dispute, of=ReadingOf.PROGRESS)
    assert read.entry_seq == report.seq
    raised = TrailEntry.objects.get(dispute=dispute, step="level_raised")
    assert raised.seq == report.seq + 1
    assert raised.user_id is None


def test_a_report_can_open_a_warning_on_a_case_that_had_none(in_hand, handler, now):
    dispute = in_hand()
    take("report_progress", dispute, handler, now, account=MARCH)
    assert DisputeWarning.objects.get(dispute=dispute).reading.of == ReadingOf.PROGRESS


def test_a_calm_report_never_lowers_a_level(in_hand, handler, now):
    dispute = in_hand(narrative=MARCH, people_count=100)
    take("report_progress", dispute, handler, now, account="双方已经坐下来谈，情绪平稳，正在算账。")
    dispute.refresh_from_db()
    assert dispute.warning_level == DisputeWarning.objects.get(dispute=dispute).level > 0
    assert Reading.objects.filter(dispute=dispute).count() == 2


def test_when_the_classifier_fails_the_registration_stands_and_the_failure_is_written_down(broken, register):
    dispute = register(narrative=MARCH, people_count=100)
    failure = ClassifierFailure.objects.get(dispute=dispute)
    assert Dispute.objects.filter(pk=dispute.pk, status="registered").exists()
    assert failure.error.startswith("RuntimeError")
    assert MARCH not in failure.error
    assert not Reading.objects.filter(dispute=dispute).exists()


@pytest.mark.parametrize("question", ["defer", "whole"])
def test_a_question_the_database_refuses_costs_nobody_the_registration(register, question):
    """Which version is in force, or what it says. Once: a log with local variables would ask the query set again."""
    refused = []

    def refuse(execute, sql, params, many, context):
        asks = 'FROM "classifier_warningpolicy"' in sql
        if asks and not refused and ('"document"' in sql) == (question == "whole"):
            refused.append(sql)
            return execute("SELECT 1 / 0", (), many, context)
        return execute(sql, params, many, context)

    policy._compiled.cache_clear()
    with connection.execute_wrapper(refuse):
        dispute = register(narrative=MARCH, people_count=100)
    assert Dispute.objects.filter(pk=dispute.pk, status="registered").exists()
    assert refused
    assert ClassifierFailure.objects.get(dispute=dispute).error.startswith("DataError")


def test_a_chain_that_cannot_be_started_takes_back_the_level_and_is_tried_again(register, now, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("early_warning.services.warnings.escalating.start", lambda *_args, **_more: 1 / 0)
        dispute = register(narrative=MARCH, people_count=100)
    dispute_now = Dispute.objects.get(pk=dispute.pk)
    assert (dispute.warning_level, dispute_now.warning_level) == (0, 0)
    assert dispute.version == dispute_now.version
    assert not DisputeWarning.objects.exists()
    assert reading.read_again(now=now + timedelta(minutes=2)) == 1
    assert DisputeWarning.objects.filter(dispute=dispute).count() == 1


def test_a_failed_text_is_read_again_by_the_sweep_once(broken, register, now):
    dispute = register(narrative=MARCH, people_count=100)
    assert reading.read_again(now=now) == 0  # not yet
    broken.undo()
    later = now + timedelta(minutes=2)
    assert reading.read_again(now=later) == 1
    assert reading.read_again(now=later) == 0
    assert DisputeWarning.objects.filter(dispute=dispute).count() == 1
    assert Escalation.objects.filter(dispute=dispute, notified_at=later).exists()


def test_each_further_failure_waits_longer(broken, register, now):
    register(narrative=MARCH)
    pauses = []
    for _again in range(8):
        failure = ClassifierFailure.objects.get()
        at = failure.retry_at
        assert reading.read_again(now=at) == 0
        failure.refresh_from_db()
        pauses.append(failure.retry_at - at)
    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(hours=1)
    assert failure.attempts == 9


def test_a_failed_report_is_noted_with_its_entry_and_read_later(in_hand, handler, now, monkeypatch):
    dispute = in_hand()
    with monkeypatch.context() as patch:
        patch.setattr(reading, "verdict_of", None)
        take("report_progress", dispute, handler, now, account=MARCH)
    failure = ClassifierFailure.objects.get(dispute=dispute)
    assert (failure.of, failure.entry_seq) == (
        "progress",
        TrailEntry.objects.get(dispute=dispute, step="report_progress").seq,
    )
    reading.read_again(now=now + timedelta(minutes=5))
    assert DisputeWarning.objects.filter(dispute=dispute).exists()


def test_what_reads_as_a_warning_is_not_settled_on_the_spot_and_the_field_says_why(clerk, now):
    with pytest.raises(InvalidInput) as refused:
        registered(clerk, now, narrative=MARCH, people_count=100, settle_on_spot=SpotSettlement(True, "oral"))
    assert "不能当场化解" in str(refused.value.errors["settle_on_spot"][0])
    assert not Dispute.objects.exists()


def test_a_quarrel_is_still_settled_on_the_spot(clerk, now):
    dispute = registered(clerk, now, settle_on_spot=SpotSettlement(True, "oral"))
    assert Reading.objects.get(dispute=dispute).level == 0


def test_danger_in_the_text_is_proposed_and_set_only_by_a_person(register, client_of, coordinator):
    dispute = register(narrative="对方扬言要点燃汽油同归于尽，家属很害怕。")
    assert Reading.objects.get(dispute=dispute).danger
    assert not dispute.danger
    client = client_of(coordinator)
    page = client.get(f"/disputes/{dispute.number}/").content.decode()
    assert "文字中可能有人身危险，请核实" in page
    assert client.post(f"/warnings/danger/{dispute.number}/", {"told": "110"}).status_code == 302
    dispute.refresh_from_db()
    assert dispute.danger
    assert TrailEntry.objects.filter(dispute=dispute, step="danger_reported").exists()
    assert "文字中可能有人身危险" not in client.get(f"/disputes/{dispute.number}/").content.decode()


def test_a_text_that_says_it_happens_now_tells_head_and_police_with_the_secretary(register, police_head):
    dispute = register(narrative=SIEGE_NOW, people_count=60)
    assert Reading.objects.get(dispute=dispute).happening
    assert DisputeWarning.objects.get(dispute=dispute).happening
    told = Escalation.objects.filter(dispute=dispute, town__isnull=False).values_list(
        "addressee__username", flat=True
    )
    assert set(told) == {"t01.secretary", "t01.mayor", "t01.police"}


def test_a_report_that_says_it_happens_now_tells_them_then_with_an_entry_of_its_own(
    in_hand, police_head, handler, now
):
    dispute = in_hand(narrative="六十名村民围攻派出所，砸碎门窗。", people_count=60)
    warning = DisputeWarning.objects.get(dispute=dispute)
    assert not warning.happening
    take("report_progress", dispute, handler, now + timedelta(hours=1), account=SIEGE_NOW)
    warning.refresh_from_db()
    assert (warning.happening, warning.round) == (True, 1)
    entry = TrailEntry.objects.get(dispute=dispute, step="warning_breaks_out")
    assert entry.user_id is None
    rows = Escalation.objects.filter(warning=warning, parallel=True, town__isnull=False)
    assert {row.addressee.username for row in rows} == {"t01.mayor", "t01.police"}
