"""处理未果 does not end unseen: what closing needs, who is named, and that no other door leads out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import Appointment
from core.errors import InvalidInput, NotPermitted, WrongState
from disputes.models import Dispute, NotResolved
from disputes.services import clocks
from safekeeping.services import verify
from tests.disputes.conftest import Make
from tests.disputes.not_resolved.conftest import CALLED, ENOUGH, TOLD, Fail
from tests.factories.disputes import take

pytestmark = pytest.mark.django_db
People = dict[str, Appointment]
DAY = timedelta(days=1)
STEPS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "routes": ("tell_routes", "t01.clerk", TOLD),
    "revisit": ("revisit", "t01.clerk", CALLED),
    "leader": ("answer_not_resolved", "t01.mayor", ENOUGH),
    "party": ("tell_routes", "t01.clerk", TOLD | {"chosen": "litigation"}),
}
ALL_COMBINATIONS = [
    ((), "routes revisit answer"),
    (("routes",), "revisit answer"),
    (("revisit",), "routes answer"),
    (("leader",), "routes revisit"),
    (("routes", "revisit"), "answer"),
    (("routes", "leader"), "revisit"),
    (("revisit", "leader"), "routes"),
    (("routes", "revisit", "leader"), ""),
    (("party",), "revisit"),
    (("party", "revisit"), ""),
]
SAID = {
    "routes": "由综治中心登记“告知途径”",
    "revisit": "由承办人以外的人员办理“回访”",
    "answer": "青石镇政府行政主要负责人的答复，或者当事人选择的途径",
}


@pytest.mark.parametrize(("done", "gone"), ALL_COMBINATIONS)
def test_closing_says_what_is_missing_and_who_does_it(
    failed: Dispute, people: People, found: datetime, done: tuple[str, ...], gone: str
) -> None:
    now = found + DAY
    for name in done:
        step, by, data = STEPS[name]
        take(step, failed, people[by], now, **data)
    if not gone:
        assert take("close", failed, people["t01.coordinator"], now).status == "closed"
        return
    with pytest.raises(WrongState) as refused:
        take("close", failed, people["t01.coordinator"], now)
    for name, said in SAID.items():
        assert (said in str(refused.value)) is (name in gone.split()), (name, str(refused.value))
    failed.refresh_from_db()
    assert failed.status == "not_resolved"


def test_a_leader_who_wants_it_tried_again_keeps_it_open(
    failed: Dispute, people: People, found: datetime
) -> None:
    now, coordinator = found + DAY, people["t01.coordinator"]
    take("tell_routes", failed, people["t01.clerk"], now, **TOLD)
    take("revisit", failed, people["t01.clerk"], now, **CALLED)
    again = {"decision": "again", "instruction": "我来主持一次，请司法所再约双方。"}
    take("answer_not_resolved", failed, people["t01.mayor"], now, **again)
    assert clocks.running(failed, "dispatch") is not None
    with pytest.raises(WrongState, match="主要领导要求继续化解"):
        take("close", failed, coordinator, now)
    take("assign", failed, coordinator, now, lead_unit="t01.justice")
    row = NotResolved.objects.get(dispute=failed)
    assert (row.ended_at, row.ended_by_step) == (now, "assign")
    assert clocks.running(failed, "revisit") is None


def test_what_followed_an_earlier_finding_does_not_count_for_the_next(
    failed: Dispute, people: People, found: datetime
) -> None:
    now, coordinator, handler = found + DAY, people["t01.coordinator"], people["t01.justice"]
    for step, by, data in STEPS.values():
        take(step, failed, people[by], now, **data)
    take("assign", failed, coordinator, now, lead_unit="t01.justice")
    take("sign_for", failed, handler, now)
    take("submit_result", failed, handler, now + DAY, outcome="refused", account="对方拒绝再谈。")
    take("approve_result", failed, coordinator, now + 2 * DAY, outcome="not_resolved")
    with pytest.raises(WrongState) as refused:
        take("close", failed, coordinator, now + 2 * DAY)
    assert all(said in str(refused.value) for said in SAID.values())
    assert NotResolved.objects.filter(dispute=failed).count() == 2


def test_nor_for_a_finding_after_reopening(failed: Dispute, people: People, found: datetime) -> None:
    now, coordinator, handler = found + DAY, people["t01.coordinator"], people["t01.justice"]
    for step, by, data in STEPS.values():
        take(step, failed, people[by], now, **data)
    take("close", failed, coordinator, now)
    take("reopen", failed, coordinator, now + DAY, reason="对方愿意再谈")
    take("assign", failed, coordinator, now + DAY, lead_unit="t01.justice")
    take("sign_for", failed, handler, now + DAY)
    take("submit_result", failed, handler, now + 2 * DAY, outcome="refused", account="又谈崩了。")
    take("approve_result", failed, coordinator, now + 3 * DAY, outcome="not_resolved")
    with pytest.raises(WrongState) as refused:
        take("close", failed, coordinator, now + 3 * DAY)
    assert all(said in str(refused.value) for said in SAID.values())


def test_a_revisit_while_it_ran_elsewhere_is_none_of_the_result(
    in_hand: Make, people: People, now: datetime
) -> None:
    """Kind: a revisit before the result stands for one after it, whatever the result."""
    coordinator, handler = people["t01.coordinator"], people["t01.justice"]
    for outcome, reported in (("not_resolved", "refused"), ("settled", "decision")):
        dispute = in_hand()
        take("submit_result", dispute, handler, now + DAY, outcome="routed", account="已申请仲裁。")
        take("approve_result", dispute, coordinator, now + DAY, outcome="routed")
        take("revisit", dispute, people["t01.clerk"], now + 2 * DAY, **CALLED)
        take("submit_result", dispute, handler, now + 9 * DAY, outcome=reported, account="仲裁结束。")
        done = take("approve_result", dispute, coordinator, now + 9 * DAY, outcome=outcome)
        assert done.revisited_at is None
        with pytest.raises(WrongState, match="回访"):
            take("close", dispute, coordinator, now + 10 * DAY)


def test_tries_that_reached_nobody_for_an_earlier_result_waive_nothing(
    failed: Dispute, people: People, found: datetime
) -> None:
    now, coordinator, handler = found + DAY, people["t01.coordinator"], people["t01.justice"]
    for _attempt in range(2):
        take("revisit", failed, people["t01.clerk"], now, way="phone", account="无人接听")
    take("assign", failed, coordinator, now, lead_unit="t01.justice")
    take("sign_for", failed, handler, now)
    take("submit_result", failed, handler, now + DAY, outcome="refused", account="拒绝。")
    take("approve_result", failed, coordinator, now + 2 * DAY, outcome="not_resolved")
    with pytest.raises(InvalidInput) as refused:
        take("revisit", failed, people["t01.clerk"], now + 2 * DAY, way="waived", account="联系不上")
    assert list(refused.value.errors) == ["way"]


@pytest.mark.parametrize("step", ["merge", "withdraw", "archive", "decline"])
def test_no_other_step_makes_it_vanish(
    failed: Dispute, register: Make, people: People, found: datetime, step: str
) -> None:
    data = {
        "merge": {"into": register().number},
        "withdraw": {"reason": "当事人不再要求"},
        "decline": {"reason": "不属于受理范围", "routes": ["litigation"]},
    }.get(step, {})
    with pytest.raises(WrongState):
        take(step, failed, people["t01.coordinator"], found, **data)


def test_the_database_keeps_it_too(failed: Dispute, people: People, found: datetime) -> None:
    """Whoever writes the row: every other state, and closed as long as one of the three is missing."""

    def written(status: str) -> bool:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE disputes_dispute SET status = %s, closed_at = now(), merged_into_id = NULL"
                    " WHERE id = %s",
                    [status, failed.pk],
                )
                transaction.set_rollback(True)
        except IntegrityError:
            return False
        return True

    now = found + DAY
    for status in ("withdrawn", "archived", "declined", "settled", "reopened", "in_progress", "closed"):
        assert not written(status), status
    for name in ("routes", "revisit"):
        step, by, data = STEPS[name]
        take(step, failed, people[by], now, **data)
        assert not written("closed"), name
    take("answer_not_resolved", failed, people["t01.mayor"], now, **ENOUGH)
    assert written("closed")
    take("answer_not_resolved", failed, people["t01.mayor"], now, **ENOUGH | {"decision": "again"})
    assert not written("closed")
    assert written("accepted")


def test_rows_that_say_half_are_refused_by_the_database(failed: Dispute) -> None:
    row = NotResolved.objects.get(dispute=failed)
    wrong: list[dict[str, Any]] = [
        {"routes": ["litigation"]},
        {"told_on": date(2026, 3, 8), "told_at": row.found_at, "told_way": "phone"},
        {"answer": "elsewhere"},
        {"ended_at": row.found_at},
        {"chosen": "litigation"},
        TOLD_WHOLE | {"chosen": "review"},
        TOLD_WHOLE | {"told_on": date(2026, 3, 6)},
    ]
    for values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            NotResolved.objects.filter(pk=row.pk).update(**{"told_at": None} | values)


TOLD_WHOLE: dict[str, Any] = {
    "routes": ["litigation"],
    "told_on": date(2026, 3, 8),
    "told_way": "phone",
    "told_at": datetime.fromisoformat("2026-03-08T10:00:00+08:00"),
}


def test_of_what_was_handed_down_the_town_owes_it_after_the_countys_approval(
    fail: Fail, people: People, now: datetime, found: datetime, register: Make
) -> None:
    coordinator, office, handler = people["t01.coordinator"], people["county.office"], people["t01.justice"]
    dispute = register()
    take("report_up", dispute, coordinator, now, reason="需要县里协调")
    take("accept_report", dispute, office, now)
    take("hand_down", dispute, office, now, town="t01")
    take("accept", dispute, coordinator, now)
    take("assign", dispute, coordinator, now, lead_unit="t01.justice")
    take("sign_for", dispute, handler, now)
    take("submit_result", dispute, handler, found - DAY, outcome="refused", account="拒绝调解。")
    asked = take("approve_result", dispute, coordinator, found, outcome="not_resolved")
    assert asked.status == "result_submitted"
    assert not NotResolved.objects.filter(dispute=dispute).exists()
    take("approve_result", dispute, office, found, outcome="not_resolved")
    with pytest.raises(WrongState, match="告知当事人其他途径"):
        take("close", dispute, coordinator, found)
    with pytest.raises(NotPermitted):
        take("tell_routes", dispute, office, found, **TOLD)
    for step, by, data in STEPS.values():
        take(step, dispute, people[by], found, **data)
    assert take("close", dispute, coordinator, found).status == "closed"


def test_taken_up_by_the_county_it_goes_on_and_its_finding_is_over(
    failed: Dispute, people: People, found: datetime
) -> None:
    take("tell_routes", failed, people["t01.clerk"], found, **TOLD)
    asked = take("report_up", failed, people["t01.coordinator"], found, reason="镇里谈不拢")
    assert (asked.status, asked.pending) == ("not_resolved", "report_up")
    with pytest.raises(WrongState):
        take("close", failed, people["t01.coordinator"], found)
    take("take_back", failed, people["t01.coordinator"], found)
    assert NotResolved.objects.get(dispute=failed).ended_at is None
    take("report_up", failed, people["t01.coordinator"], found, reason="镇里谈不拢")
    take("accept_report", failed, people["county.office"], found)
    assert NotResolved.objects.get(dispute=failed).ended_by_step == "accept_report"


def test_the_ledger_stays_whole(failed: Dispute, people: People, found: datetime) -> None:
    for step, by, data in STEPS.values():
        take(step, failed, people[by], found, **data)
    take("close", failed, people["t01.coordinator"], found)
    assert verify.verify().fault_count == 0
