"""The page of a dispute and the ledger leave a line when they are printed; letters name copies and enclosures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from accounts.models import Appointment
from audit.choices import Action
from audit.models import AccessEvent
from audit.presenters import present
from coordination.models import CoordinationMeeting, ReviewItem, WeeklyReview
from coordination.services import meetings
from disputes.models import Attachment, Dispute
from disputes.selectors.papers import printed_before
from tests.disputes.conftest import Make
from tests.disputes.papers.test_house_papers import _clock, assigned, paper  # noqa: F401  # fixtures
from tests.factories.accounts import actor
from tests.factories.disputes import take

pytestmark = pytest.mark.django_db
Clients = Callable[[Appointment], Client]
DAY = timedelta(days=1)


def printed() -> list[AccessEvent]:
    return list(AccessEvent.objects.filter(action=Action.PRINTED).order_by("pk"))


def test_printing_the_page_of_a_dispute_is_written_down(
    register: Make, handler: Appointment, coordinator: Appointment, client_of: Clients, now: datetime
) -> None:
    dispute, browser = register(), client_of(coordinator)
    address = f"/disputes/{dispute.number}/printed/"
    assert f'data-printed="{address}"' in browser.get(f"/disputes/{dispute.number}/").content.decode()
    assert browser.get(address).status_code == 405
    assert browser.post(address).status_code == 204
    (line,) = printed()
    assert (line.user_id, line.target_type, line.target_label) == (
        coordinator.user_id,
        "dispute",
        dispute.number,
    )
    assert line.details == {"page": "dispute"}
    assert present(line).words == f"打印了纠纷 {dispute.number}的页面"
    assert printed_before(dispute, line.at + DAY) == set()  # it is none of the papers that are handed out


def test_what_is_not_in_sight_was_not_printed(
    register: Make, outsider: Appointment, county_office: Appointment, client_of: Clients
) -> None:
    seen, few = register(), register(restricted=True)
    assert client_of(outsider).post(f"/disputes/{seen.number}/printed/").status_code == 404
    assert client_of(county_office).post(f"/disputes/{few.number}/printed/").status_code == 403
    assert Client().post(f"/disputes/{seen.number}/printed/").status_code == 302
    assert printed() == []


def test_printing_the_ledger_is_written_down_with_its_filter(
    register: Make, coordinator: Appointment, client_of: Clients
) -> None:
    register()
    browser = client_of(coordinator)
    assert 'data-printed="/disputes/printed/"' in browser.get("/disputes/").content.decode()
    query = "status=registered&sort=due&name=abc&cursor=x&unknown=1"
    assert browser.post("/disputes/printed/", {"query": query}).status_code == 204
    assert browser.post("/disputes/printed/").status_code == 204
    first, second = printed()
    assert first.details == {"page": "ledger", "query": {"status": "registered", "sort": "due"}}
    assert second.details["query"] == {}
    assert present(first).words == "打印了台账 status=registered&sort=due的页面"


# --- 抄送, 附件


def with_file(dispute: Dispute, by: Appointment, at: datetime, name: str) -> None:
    Attachment.objects.create(
        dispute=dispute,
        name=name,
        content_type="application/pdf",
        size=1,
        sha256=name[:1] * 64,
        uploaded_by=by,
        uploaded_at=at,
    )


def test_an_order_names_who_has_a_copy_and_what_was_there_to_send(
    register: Make, coordinator: Appointment, client_of: Clients, now: datetime
) -> None:
    dispute = register()
    with_file(dispute, coordinator, now - DAY, "张建国宅基地证.pdf")
    with_file(dispute, coordinator, now - DAY, "现场照片.jpg")
    with_file(dispute, coordinator, now + DAY, "后补材料.pdf")
    take("accept", dispute, coordinator, now)
    take("assign", dispute, coordinator, now, lead_unit="t01.justice", co_units=["t01.v01", "t01.police"])
    text = paper(client_of(coordinator), dispute, "dispatch_order")
    helpers = dispute.assignments.get().co_units.all()
    assert f"抄送：{'、'.join(str(one) for one in helpers)}" in text
    assert "附件：1. 张" in text
    assert "2. 现场照片.jpg" in text
    assert "张建国" not in text
    assert "后补材料" not in text


def test_without_copies_and_files_there_are_no_such_lines(
    assigned: Dispute,  # noqa: F811
    coordinator: Appointment,
    client_of: Clients,
    now: datetime,
) -> None:
    take("transfer", assigned, coordinator, now, lead_unit="t01.v01", reason="改由村里办理。")
    for kind in ("dispatch_order", "handing_over"):
        text = paper(client_of(coordinator), assigned, kind)
        assert "抄送" not in text
        assert "附件" not in text


def test_the_county_has_a_copy_of_what_a_town_passes_over(
    register: Make, coordinator: Appointment, county_office: Appointment, client_of: Clients, now: datetime
) -> None:
    dispute = register()
    take("pass_to", dispute, coordinator, now, town="t02", instruction="属贵镇。")
    text = paper(client_of(coordinator), dispute, "handing_over")
    assert f"抄送：{county_office.post.organization.name}" in text


def test_the_minutes_carry_what_the_weekly_review_found(
    in_hand: Make, coordinator: Appointment, client_of: Clients, now: datetime
) -> None:
    dispute, other = in_hand(), in_hand()
    facts = meetings.MeetingFacts(held_on=now.date(), subject="三月调度", chaired_by="张书记")
    meeting = meetings.call_meeting(facts=facts, by=actor(coordinator), now=now)
    numbers = [dispute.number, other.number]
    meetings.add_cases(meeting_id=meeting.pk, numbers=numbers, by=actor(coordinator), now=now)
    review = WeeklyReview.objects.create(
        organization=coordinator.post.organization, week_start=now.date(), created_at=now
    )
    for at, opinion in ((now - DAY, "先看。"), (now, "建议由包村干部牵头丈量。")):
        row, _made = ReviewItem.objects.get_or_create(review=review, dispute=dispute)
        row.opinion, row.reviewed_by, row.reviewed_at = opinion, coordinator, at
        row.save()
    page = client_of(coordinator).get(f"/disputes/coordination/meetings/{meeting.pk}/minutes/")
    text = page.content.decode()
    assert text.count("研判意见") == 1
    assert "研判意见（2026-03-02）：建议由包村干部牵头丈量。" in text
    assert CoordinationMeeting.objects.count() == 1
