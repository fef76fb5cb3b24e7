"""Staff check the query code of a receipt: right or wrong, what state, every look recorded, guesses limited."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import Appointment
from audit.models import AccessEvent
from disputes.errors import NotPermitted, WrongState
from disputes.models import Dispute
from disputes.services import intake, query_codes
from tests.factories.accounts import actor
from tests.factories.disputes import QUARREL, registered, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
PAGE = "/disputes/code/"


@pytest.fixture
def receipt(clerk: Appointment, monday: datetime) -> tuple[Dispute, str]:
    return intake.register(facts=QUARREL, by=actor(clerk), now=monday)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**8:08d}"


def test_the_right_code_tells_the_state_also_at_another_desk(
    receipt: tuple[Dispute, str], coordinator: Appointment, outsider: Appointment, monday: datetime
) -> None:
    dispute, code = receipt
    take("accept", dispute, coordinator, monday)
    for number in (dispute.number, dispute.display_number):
        answer = query_codes.check(number=number, code=f" {code} ", by=actor(outsider), now=monday)
        assert answer.right
        assert answer.goes_on is not None
        assert answer.goes_on.status == "accepted"


def test_a_wrong_code_and_a_number_that_is_not_there_say_the_same(
    receipt: tuple[Dispute, str], clerk: Appointment, monday: datetime
) -> None:
    dispute, code = receipt
    by = actor(clerk)
    no = query_codes.Answer(right=False)
    assert query_codes.check(number=dispute.number, code=wrong(code), by=by, now=monday) == no
    assert query_codes.check(number="t01-2026-009999", code=code, by=by, now=monday) == no


def test_what_was_merged_tells_where_it_goes_on(
    receipt: tuple[Dispute, str], clerk: Appointment, coordinator: Appointment, monday: datetime
) -> None:
    dispute, code = receipt
    other = registered(clerk, monday)
    take("merge", dispute, coordinator, monday, into=other.number)
    answer = query_codes.check(number=dispute.number, code=code, by=actor(clerk), now=monday)
    assert answer.goes_on == other


def test_who_must_keep_out_is_told_nothing(
    clerk: Appointment, coordinator: Appointment, monday: datetime
) -> None:
    facts = replace(QUARREL, accused_people=("t01.coordinator",))
    dispute, code = intake.register(facts=facts, by=actor(clerk), now=monday)
    assert not query_codes.check(number=dispute.number, code=code, by=actor(coordinator), now=monday).right
    assert query_codes.check(number=dispute.number, code=code, by=actor(clerk), now=monday).right


def test_guesses_are_limited_by_reader_and_by_dispute(
    receipt: tuple[Dispute, str],
    clerk: Appointment,
    coordinator: Appointment,
    outsider: Appointment,
    monday: datetime,
) -> None:
    dispute, code = receipt
    for _index in range(query_codes.MOST_WRONG):
        query_codes.check(number=dispute.number, code=wrong(code), by=actor(outsider), now=monday)
    with pytest.raises(WrongState):  # the guesser, whatever number
        query_codes.check(number="t01-2026-009999", code=code, by=actor(outsider), now=monday)
    with pytest.raises(WrongState):  # the dispute, whoever asks
        query_codes.check(number=dispute.number, code=code, by=actor(clerk), now=monday)
    later = monday + query_codes.WITHIN + timedelta(seconds=1)
    assert query_codes.check(number=dispute.number, code=code, by=actor(clerk), now=later).right


def test_every_check_is_recorded_without_the_code(
    receipt: tuple[Dispute, str], clerk: Appointment, monday: datetime
) -> None:
    dispute, code = receipt
    for typed in (code, wrong(code)):
        query_codes.check(number=dispute.number, code=typed, by=actor(clerk), now=monday)
    lines = AccessEvent.objects.filter(action="code_checked").order_by("pk")
    assert [(row.target_id, row.details) for row in lines] == [
        (str(dispute.pk), {"right": True}),
        (str(dispute.pk), {"right": False}),
    ]


def test_only_who_registers_may(receipt: tuple[Dispute, str], police: Appointment, monday: datetime) -> None:
    dispute, code = receipt
    with pytest.raises(NotPermitted):
        query_codes.check(number=dispute.number, code=code, by=actor(police), now=monday)


def test_the_search_box_leads_to_the_page_and_no_address_carries_the_code(
    receipt: tuple[Dispute, str], outsider: Appointment, client_of: Any
) -> None:
    dispute, code = receipt
    client = client_of(outsider)
    answer = client.get("/disputes/", {"q": f"{dispute.display_number} {code}"})
    assert answer["Location"] == PAGE
    page = client.get(PAGE).content.decode()
    assert dispute.display_number in page
    assert code in page
    told = client.post(PAGE, {"number": dispute.number, "code": code}).content.decode()
    assert "编号和查询码相符" in told
    assert "待受理" in told
    assert dispute.title not in told
    no = client.post(PAGE, {"number": dispute.number, "code": wrong(code)}).content.decode()
    assert "不相符" in no
    assert client.post(PAGE, {"number": "", "code": ""}).status_code == 422


def test_the_receipt_sends_the_citizen_to_the_desk(
    receipt: tuple[Dispute, str], clerk: Appointment, client_of: Any
) -> None:
    """No page lets a citizen ask by himself yet; the receipt does not say so."""
    dispute, _code = receipt
    paper = client_of(clerk).get(f"/disputes/{dispute.number}/papers/receipt/").content.decode()
    assert "凭编号和查询码可以" not in paper
    assert "请工作人员核对编号和查询码后告知" in paper
