"""Who gave a case back sees it as it was then: state, people, papers, figures; at every door, filters included."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Appointment
from core.errors import NotPermitted
from disputes.api import representation
from disputes.disclosure import disclosure
from disputes.models import Dispute
from disputes.selectors import ledger, ledger_export
from disputes.selectors.filters import LedgerFilter
from disputes.services import attachments, danger, steps
from tests.factories.accounts import actor
from tests.factories.disputes import registered, take

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
LATER = ("石桥村委会", "迟来的鉴定", "双方另行达成协议", "已化解", "超出预计")


@pytest.fixture
def given_back(
    in_progress: Dispute,
    coordinator: Appointment,
    village: Appointment,
    other_village: Appointment,
    monday: datetime,
) -> Dispute:
    """Village one had it until Wednesday; since then village two has settled it, with a paper and a danger mark."""
    day = timedelta(days=1)
    attachments.add_to_dispute(
        number=in_progress.number, upload=paper("早先的材料"), by=actor(village), now=monday + day
    )
    take("request_return", in_progress, village, monday + day, ground="not_competent", reason="非本村事务")
    take("decide_return", in_progress, coordinator, monday + 2 * day, granted=True, reason="同意")
    now = monday + 3 * day
    take("assign", in_progress, coordinator, now, lead_unit="t01.v02", resolve_by=date(2026, 4, 20))
    take("sign_for", in_progress, other_village, now + timedelta(hours=1))
    attachments.add_to_dispute(
        number=in_progress.number, upload=paper("迟来的鉴定"), by=actor(other_village), now=now + day
    )
    danger.mark(dispute_id=in_progress.pk, told="110", by=actor(other_village), now=now + day)
    given: dict[str, Any] = {"outcome": "oral_agreement", "account": "双方另行达成协议。"}
    take("submit_result", in_progress, other_village, now + 2 * day, **given)
    take("approve_result", in_progress, coordinator, now + 3 * day, outcome="settled")
    in_progress.refresh_from_db()
    return in_progress


def paper(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.pdf", PDF)


def test_they_add_no_papers_to_it(
    given_back: Dispute,
    village: Appointment,
    other_village: Appointment,
    client_of: Callable[[Appointment], Client],
    monday: datetime,
) -> None:
    """It would stand in a file they no longer see, not even what they added themselves."""
    before = given_back.attachments.count()
    with pytest.raises(NotPermitted, match="已不由贵单位办理"):
        attachments.add_to_dispute(
            number=given_back.number,
            upload=paper("又找到的"),
            by=actor(village),
            now=monday + timedelta(days=9),
        )
    sent = client_of(village).post(
        f"/disputes/{given_back.number}/attachments/", {"files": paper("又找到的")}
    )
    assert sent.status_code == 403
    assert given_back.attachments.count() == before
    offered = f'action="/disputes/{given_back.number}/attachments/"'
    assert offered not in client_of(village).get(f"/disputes/{given_back.number}/").content.decode()
    assert offered in client_of(other_village).get(f"/disputes/{given_back.number}/").content.decode()


def seen(by: Appointment) -> Any:
    return Dispute.objects.visible_to(actor(by))


def test_the_page_tells_nothing_later(
    given_back: Dispute, village: Appointment, client_of: Callable[[Appointment], Client]
) -> None:
    page = client_of(village).get(f"/disputes/{given_back.number}/").content.decode()
    assert "早先的材料" in page
    assert "待分流" in page
    assert [word for word in LATER if word in page] == []
    assert "先报 110" not in page


def test_the_api_tells_what_held_then(given_back: Dispute, village: Appointment, monday: datetime) -> None:
    told = representation.full(given_back, actor(village))
    expected = {
        "status": "accepted",
        "lead_unit": None,
        "responsible_person": None,
        "waiting": None,
        "next_due_at": None,
        "settled_at": None,
        "outcome": None,
        "result": None,
        "danger": False,
        "pending": None,
        "warning": {"level": 0},
        "responsibility": None,
        "deadline": None,
        "steps": [],
    }
    assert {name: told[name] for name in expected} == expected
    (row,) = representation.brief([given_back], actor(village))
    assert {name: row[name] for name in expected if name in row} == {
        name: value for name, value in expected.items() if name in row
    }


def test_list_row_and_export_tell_what_held_then(given_back: Dispute, village: Appointment) -> None:
    (row,) = ledger.ledger_rows(list(seen(village).for_ledger()), actor(village))
    assert (row.dispute.get_status_display(), row.dispute.lead_unit, row.dispute.danger) == (
        "待分流",
        None,
        False,
    )
    (batch,) = ledger_export.batches(seen(village), sort=ledger.NEWEST, by=actor(village))
    assert [word for word in LATER if word in "".join(batch[0])] == []


@pytest.mark.parametrize(
    "query",
    [
        {"status": "settled"},
        {"status": "open"},
        {"danger": "true"},
        {"lead_unit": "t01.v02"},
        {"settled_from": "2026-01-01"},
        {"on_time": "true"},
        {"pending": "false"},
        {"overdue": "false"},
        {"level": "0"},
    ],
)
def test_no_filter_tells_the_present_state(
    given_back: Dispute, village: Appointment, monday: datetime, query: dict[str, str]
) -> None:
    found = LedgerFilter(query, seen(village), by=actor(village), now=monday + timedelta(days=9))
    assert list(found.qs) == []
    named = LedgerFilter({"q": given_back.number}, seen(village), by=actor(village), now=monday)
    assert list(named.qs) == [given_back]


def test_a_refused_step_does_not_tell_the_present_state(
    given_back: Dispute, village: Appointment, monday: datetime
) -> None:
    for version in (1, None):
        given: dict[str, Any] = {"number": given_back.number, "data": {}, "version": version}
        with pytest.raises(NotPermitted) as caught:
            steps.take("sign_for", **given, by=actor(village), now=monday + timedelta(days=9))
        assert "化解" not in str(caught.value)


def test_the_unit_that_has_it_and_the_centre_see_the_present(
    given_back: Dispute, other_village: Appointment, coordinator: Appointment
) -> None:
    for who in (other_village, coordinator):
        assert representation.full(given_back, actor(who))["status"] == "settled"


def test_what_was_handed_in_then_is_still_told(
    submitted: Dispute, coordinator: Appointment, village: Appointment, monday: datetime
) -> None:
    day = timedelta(days=1)
    take("reject_result", submitted, coordinator, monday + 6 * day, reason="再做工作")
    take("submit_result", submitted, village, monday + 7 * day, outcome="refused", account="一方不愿调解。")
    take("approve_result", submitted, coordinator, monday + 8 * day, outcome="not_resolved")
    take("assign", submitted, coordinator, monday + 9 * day, lead_unit="t01.v02")
    submitted.refresh_from_db()
    told = representation.full(submitted, actor(village))
    # the moment of handing over belongs to it: to whom it went is known, what follows is not
    assert (told["status"], told["outcome"], told["result"]) == ("assigned", "refused", "一方不愿调解。")
    assert told["lead_unit"] == "t01.v02"


def test_a_helping_unit_and_an_earlier_person_see_nothing_later_either(
    accepted: Dispute,
    coordinator: Appointment,
    village: Appointment,
    other_village: Appointment,
    mediator: Appointment,
    monday: datetime,
) -> None:
    take("assign", accepted, coordinator, monday, lead_unit="t01.v01", co_units=["t01.v02"])
    later = monday + timedelta(days=1)
    take("transfer", accepted, coordinator, later, lead_unit="t01.mediation", reason="由调委会办理")
    for who in (village, other_village):
        assert disclosure(actor(who), accepted).trail_until == later


def test_who_becomes_helper_after_giving_back_sees_all_again(
    accepted: Dispute, coordinator: Appointment, village: Appointment, monday: datetime
) -> None:
    take("assign", accepted, coordinator, monday, lead_unit="t01.v01")
    take("withdraw", accepted, coordinator, monday + timedelta(hours=1), reason="和好")
    take("reopen", accepted, coordinator, monday + timedelta(hours=2), reason="又争")
    assert disclosure(actor(village), accepted).trail_until is not None
    now = monday + timedelta(hours=3)
    take("assign", accepted, coordinator, now, lead_unit="t01.mediation", co_units=["t01.v01"])
    assert disclosure(actor(village), accepted).trail_until is None


def test_rows_given_back_cost_the_same_for_one_and_for_many(
    clerk: Appointment,
    coordinator: Appointment,
    village: Appointment,
    monday: datetime,
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(6):
        dispute = take("accept", registered(clerk, monday), coordinator, monday)
        take("assign", dispute, coordinator, monday, lead_unit="t01.v01")
        then = monday + timedelta(days=1, minutes=number)
        take("transfer", dispute, coordinator, then, lead_unit="t01.v02", reason="属二村")
    rows = list(seen(village).for_ledger())
    with django_assert_max_num_queries(8):
        assert len(ledger.ledger_rows(rows, actor(village))) == 6


def test_the_page_says_that_others_have_it_now_not_that_it_ended(
    accepted: Dispute,
    coordinator: Appointment,
    village: Appointment,
    other_village: Appointment,
    monday: datetime,
    client_of: Callable[[Appointment], Client],
) -> None:
    take("assign", accepted, coordinator, monday, lead_unit="t01.v01")
    take("transfer", accepted, coordinator, monday, lead_unit="t01.v02", reason="属邻村")
    page = client_of(village).get(f"/disputes/{accepted.number}/").content.decode()
    assert "本件已不由贵单位办理，这里是移交时的样子" in page
    assert "本件已经结束" not in page
    assert "没有正在计算的时限" not in page
    assert (
        "没有正在计算的时限"
        not in client_of(other_village).get(f"/disputes/{accepted.number}/").content.decode()
    )
