"""A request can be taken back by who asked, and ends with what overtakes it; whom it waited for is told."""

from datetime import timedelta

import pytest

from calendars.models import Deadline
from calendars.services.sweep import sweep
from core.errors import NotFound, NotPermitted, WrongState
from disputes.presenters import entries
from disputes.services import clocks
from notifications.models import Notice
from tests.factories.disputes import take

pytestmark = pytest.mark.django_db


def told(username: str, words: str) -> int:
    return Notice.objects.filter(recipient__username=username, title__contains=words).count()


@pytest.fixture
def extending(in_progress, village, monday):
    return take("request_extension", in_progress, village, monday + timedelta(days=3), days=10, reason="测量")


def running_kinds(dispute) -> set[str]:
    return set(Deadline.objects.of("dispute", dispute.pk).unmet().values_list("kind", flat=True))


def test_the_unit_takes_back_its_extension_and_the_centre_is_told(extending, village, coordinator, monday):
    due = extending.resolve_by
    with pytest.raises(NotPermitted):
        take("take_back", extending, coordinator, monday + timedelta(days=3))
    free = take("take_back", extending, village, monday + timedelta(days=3))

    assert (free.pending, free.pending_org, free.waiting_org) == ("", None, free.lead_unit)
    assert free.resolve_by == due
    assert running_kinds(free) == {"resolve"}
    assert told("t01.coordinator", "延期申请已终止") == 1
    request = free.requests.get()
    assert request.voided_at is not None
    assert request.granted is None


def test_a_return_taken_back_leaves_the_unit_and_its_clock(assigned, village, coordinator, monday):
    take("request_return", assigned, village, monday, ground="not_competent", reason="非本村事务")
    free = take("take_back", assigned, village, monday + timedelta(hours=1))

    assert running_kinds(free) == {"resolve", "sign_for"}
    assert take("sign_for", free, village, monday + timedelta(hours=2)).status == "in_progress"
    assert told("t01.coordinator", "退回申请已终止") == 1


@pytest.mark.parametrize(("reported", "kind"), [("new", "accept"), ("accepted", "dispatch")])
def test_a_report_taken_back_was_none_and_the_towns_clock_runs_on(
    reported, kind, request, coordinator, monday
):
    dispute = request.getfixturevalue(reported)
    due = clocks.running(dispute, kind).due_at
    take("report_up", dispute, coordinator, monday + timedelta(hours=1), reason="需要县里处理")
    free = take("take_back", dispute, coordinator, monday + timedelta(hours=5))

    assert clocks.running(free, kind).due_at == due
    assert "report_accept" not in running_kinds(free)
    assert told("county.office", "上报县级申请已终止") == 1
    sweep(monday + timedelta(days=5))
    assert Deadline.objects.filter(subject_id=free.pk, kind=kind, missed_at__isnull=False).count() == 1


def test_nothing_pending_nothing_to_take_back(in_progress, village, monday):
    with pytest.raises(WrongState, match="没有等待决定的申请"):
        take("take_back", in_progress, village, monday)


def test_another_village_takes_nothing_back(extending, other_village, monday):
    with pytest.raises((NotFound, NotPermitted)):
        take("take_back", extending, other_village, monday + timedelta(days=3))


def test_parties_settle_while_an_extension_waits_and_the_request_ends(
    extending, village, coordinator, monday
):
    done = take(
        "submit_result",
        extending,
        village,
        monday + timedelta(days=4),
        outcome="oral_agreement",
        account="和好",
    )

    assert (done.status, done.pending) == ("result_submitted", "")
    assert running_kinds(done) == {"review"}
    assert done.requests.get().voided_at is not None
    assert told("t01.coordinator", "延期申请已终止") == 1
    entry = entries(list(done.trail.filter(step="submit_result").prefetch_related("texts")))[0]
    assert "延期申请随之终止" in entry.note


def test_a_result_waits_while_a_return_is_asked_for_and_the_refusal_says_so(in_progress, village, monday):
    later = monday + timedelta(hours=3)
    take("request_return", in_progress, village, later, ground="not_competent", reason="非本村事务")
    with pytest.raises(WrongState, match="先撤回申请"):
        take("submit_result", in_progress, village, later, outcome="oral_agreement", account="和好")


def test_an_extension_not_decided_by_its_rule_is_told_again_and_stays(
    extending, village, coordinator, monday
):
    sweep(monday + timedelta(days=5))  # asked on Thursday, to be decided on Friday
    extending.refresh_from_db()

    assert extending.pending == "extension"
    assert extending.trail.filter(step="decider_reminded").count() == 1
    assert told("t01.coordinator", "超过规定期限未批") == 1
    assert not take(
        "decide_extension", extending, coordinator, monday + timedelta(days=6), granted=True, reason="同意"
    ).pending


def test_page_and_api_offer_it_to_who_asked_and_to_nobody_else(
    in_progress, village, coordinator, monday, client_of, api_client_of
):
    now = in_progress.resolve_by - timedelta(days=20)
    take("request_extension", in_progress, village, now, days=10, reason="测量")
    page = f"/disputes/{in_progress.number}/"
    assert "撤回申请" in client_of(village).get(page).content.decode()
    assert "撤回申请" not in client_of(coordinator).get(page).content.decode()
    assert "申请作废" in client_of(village).get(f"{page}steps/take_back/").content.decode()

    answer = api_client_of(village).post(
        f"/api/v1/disputes/{in_progress.number}/steps/take_back/", {}, content_type="application/json"
    )
    assert answer.status_code == 200
    in_progress.refresh_from_db()
    assert in_progress.pending == ""
