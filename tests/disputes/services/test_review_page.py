"""The review page shows what was reported and has the fitting finding chosen; what contradicts it says why."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import Appointment
from disputes.choices import Outcome
from disputes.models import Attachment, Dispute
from tests.factories.disputes import take

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Appointment], Client]
ACCOUNT = "双方到现场看过，同意恢复原沟。"
# reported → what a reviewer who agrees finds, and what cannot be found: written by hand from the county's rule
FITS = {
    "written_agreement": ("settled", {"not_resolved", "routed"}),
    "oral_agreement": ("settled", {"not_resolved", "routed"}),
    "decision": ("settled", {"not_resolved", "routed"}),
    "refused": ("not_resolved", {"settled"}),
    "no_agreement": ("not_resolved", {"settled"}),
    "routed": ("routed", {"settled"}),
    "transferred_out": ("routed", {"settled"}),
}


def page_of(browser: Client, dispute: Dispute, step: str = "approve_result") -> str:
    answer = browser.get(f"/disputes/{dispute.number}/steps/{step}/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def findings(page: str) -> dict[str, str]:
    """The attributes of each radio button by its value."""
    radios = re.findall(r'<input type="radio" name="outcome"([^>]*)>', page)
    return {str(re.search(r'value="(\w+)"', one)[1]): one for one in radios}  # type: ignore[index]


def test_the_table_knows_every_outcome() -> None:
    assert set(FITS) == set(Outcome.values)


@pytest.mark.parametrize("outcome", FITS)
def test_the_finding_that_fits_is_chosen_and_sent_with_one_click(
    outcome: str,
    in_progress: Dispute,
    village: Appointment,
    coordinator: Appointment,
    client_of: ClientOf,
    monday: datetime,
) -> None:
    now = monday + timedelta(days=5)
    take("submit_result", in_progress, village, now, outcome=outcome, account=ACCOUNT)
    page = page_of(client_of(coordinator), in_progress)
    fits, contradictory = FITS[outcome]
    radios = findings(page)
    assert [value for value, said in radios.items() if "checked" in said] == [fits]
    assert {value for value, said in radios.items() if "disabled" in said} == contradictory
    assert page.count("不一致，不能选") == len(contradictory)
    shown = page.split('id="reported"', 1)[1].split("<form", 1)[0]
    assert str(Outcome(outcome).label) in shown
    assert ACCOUNT in shown
    in_progress.refresh_from_db()
    sent = {"outcome": fits, "version": in_progress.version}
    answer = client_of(coordinator).post(f"/disputes/{in_progress.number}/steps/approve_result/", sent)
    assert answer.status_code == 302


def test_a_contradiction_sent_all_the_same_is_refused_at_its_field(
    submitted: Dispute, coordinator: Appointment, client_of: ClientOf
) -> None:
    sent = {"outcome": "not_resolved", "version": submitted.version}
    answer = client_of(coordinator).post(f"/disputes/{submitted.number}/steps/approve_result/", sent)
    assert answer.status_code == 422
    assert "不一致，请核对或退回重办" in answer.content.decode()


def test_the_papers_stand_beside_it_and_a_missing_agreement_is_asked_for(
    in_progress: Dispute,
    village: Appointment,
    coordinator: Appointment,
    client_of: ClientOf,
    monday: datetime,
) -> None:
    now = monday + timedelta(days=5)
    take("submit_result", in_progress, village, now, outcome="written_agreement", account=ACCOUNT)
    browser = client_of(coordinator)
    assert "还没有上传协议等材料" in page_of(browser, in_progress)
    Attachment.objects.create(
        dispute=in_progress, name="调解协议书.pdf", content_type="application/pdf", size=9, sha256="0" * 64,
        uploaded_by=village, uploaded_at=now,
    )  # fmt: skip
    page = page_of(browser, in_progress)
    assert "调解协议书.pdf" in page
    assert "还没有上传协议等材料" not in page
    assert "调解协议书.pdf" in page_of(browser, in_progress, "reject_result")
    assert f"/disputes/{in_progress.number}/papers/conclusion/" in page


def test_other_steps_show_no_report(new: Dispute, coordinator: Appointment, client_of: ClientOf) -> None:
    page: Any = page_of(client_of(coordinator), new, "accept")
    assert 'id="reported"' not in page
