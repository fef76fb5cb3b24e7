"""A decision of a meeting is somebody's task: on their home, answered, asked about next time; it may move the case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from accounts.models import Appointment
from coordination.models import CoordinationMeeting
from coordination.selectors.pages import meeting_page
from coordination.services import meetings
from coordination.services.meetings import MeetingFacts
from core.clock import end_of_day
from core.errors import InvalidInput, NotFound, WrongState
from disputes.models import Dispute
from notifications.models import Notice
from safekeeping.services import erasure, verify
from tests.coordination.conftest import Decide
from tests.disputes.conftest import Make
from tests.factories.accounts import actor
from tests.factories.disputes import take

pytestmark = pytest.mark.django_db
Clients = Callable[[Appointment], Client]


def next_meeting(coordinator: Appointment, now: datetime) -> CoordinationMeeting:
    facts = MeetingFacts(
        held_on=now.date(), subject="下一次调度", absent="县水利局（请假）", sent_to="各村、司法所"
    )
    return meetings.call_meeting(facts=facts, by=actor(coordinator), now=now)


def test_a_decision_stands_on_the_home_of_its_person_until_it_is_done(
    decide: Decide, in_hand: Make, other_village: Appointment, handler: Appointment, client_of: Clients
) -> None:
    row = decide(in_hand(), person=other_village.pk)
    link = f"/disputes/coordination/decisions/{row.pk}/report/"
    home = client_of(other_village).get("/").content.decode()
    assert "三日内到现场丈量。" in home
    assert link in home
    assert link not in client_of(handler).get("/").content.decode()
    assert link in client_of(other_village).get(f"/disputes/{row.dispute.number}/").content.decode()
    answer = client_of(other_village).post(link, {"account": "已约好周五丈量。"})
    assert answer.status_code == 302
    assert link in client_of(other_village).get("/").content.decode()
    client_of(other_village).post(link, {"account": "已丈量，双方签字。", "finished": "on"})
    assert link not in client_of(other_village).get("/").content.decode()
    row.refresh_from_db()
    assert (row.feedback, row.done_note) == ("已丈量，双方签字。", "已丈量，双方签字。")
    assert row.done_at is not None
    assert verify.verify_dispute(row.dispute_id).faults == []


def test_feedback_is_in_the_trail_and_told_to_who_took_the_minutes(
    decide: Decide, in_hand: Make, handler: Appointment, coordinator: Appointment, now: datetime
) -> None:
    row = decide(in_hand())
    meetings.report_back(
        decision_id=row.pk, account="已约好周五丈量。", finished=False, by=actor(handler), now=now
    )
    entry = row.dispute.trail.latest("seq")
    assert entry.step == "coordinated"
    assert [text.text for text in entry.texts.all()] == ["已约好周五丈量。"]
    told = Notice.objects.filter(recipient=coordinator.user, dedupe_key__startswith="decision_feedback")
    assert told.count() == 1


def test_only_the_person_answers_once_it_is_not_done_and_with_words(
    decide: Decide, in_hand: Make, handler: Appointment, coordinator: Appointment, now: datetime
) -> None:
    row = decide(in_hand())
    given = {"decision_id": row.pk, "finished": True, "now": now}
    with pytest.raises(NotFound):
        meetings.report_back(account="好。", by=actor(coordinator), **given)
    with pytest.raises(InvalidInput):
        meetings.report_back(account="  ", by=actor(handler), **given)
    meetings.report_back(account="好。", by=actor(handler), **given)
    with pytest.raises(WrongState):
        meetings.report_back(account="再来。", by=actor(handler), **given)


def test_the_next_meeting_asks_about_what_was_not_done_and_says_so_in_its_minutes(
    decide: Decide,
    in_hand: Make,
    meeting: CoordinationMeeting,
    handler: Appointment,
    coordinator: Appointment,
    client_of: Clients,
    now: datetime,
) -> None:
    open_row, done_row = decide(in_hand()), decide(in_hand(), text="另一件。")
    by = actor(coordinator)
    meetings.report_back(
        decision_id=open_row.pk, account="等测量队。", finished=False, by=actor(handler), now=now
    )
    meetings.mark_done(decision_id=done_row.pk, note="办了。", by=by, now=now)
    later = next_meeting(coordinator, now + timedelta(days=7))
    page = meeting_page(later.pk, by, now + timedelta(days=7))
    assert [row.pk for row in page.asked_about] == [open_row.pk]
    assert meeting_page(meeting.pk, by, now).asked_about == []
    meetings.add_cases(meeting_id=later.pk, numbers=[open_row.dispute.number], by=by, now=later.created_at)
    draft = (
        client_of(coordinator).get(f"/disputes/coordination/meetings/{later.pk}/minutes/").content.decode()
    )
    assert "纪〔" not in draft
    meetings.close_meeting(meeting_id=later.pk, by=by, now=now + timedelta(days=7, hours=2))
    minutes = (
        client_of(coordinator).get(f"/disputes/coordination/meetings/{later.pk}/minutes/").content.decode()
    )
    for words in ("等测量队。", "三日内到现场丈量。", "县水利局（请假）", "各村、司法所", "综治中心纪〔"):
        assert words in minutes


def test_a_meeting_gives_the_case_to_another_unit_in_the_same_act(
    decide: Decide, in_hand: Make, village: Appointment, now: datetime
) -> None:
    dispute = in_hand()
    decide(dispute, person=village.pk, lead_unit="t01.v01")
    dispute.refresh_from_db()
    assert (dispute.status, dispute.lead_unit.code) == ("assigned", "t01.v01")
    steps = list(dispute.trail.order_by("seq").values_list("step", flat=True))
    assert steps[-2:] == ["transfer", "coordinated"]
    assert verify.verify_dispute(dispute.pk).faults == []


def test_a_meeting_dispatches_what_has_no_unit_yet_with_its_words_as_instruction(
    decide: Decide, register: Make, coordinator: Appointment, village: Appointment, now: datetime
) -> None:
    dispute = register()
    take("accept", dispute, coordinator, now)
    decide(dispute, person=village.pk, lead_unit="t01.v01")
    assert dispute.assignments.get().instruction == "三日内到现场丈量。"


@pytest.mark.parametrize("day", [date(2026, 3, 20), date(2026, 4, 10)], ids=["earlier", "later"])
def test_a_meeting_sets_the_date_in_the_same_act(decide: Decide, in_hand: Make, day: date) -> None:
    dispute = in_hand()
    decide(dispute, resolve_by=day)
    dispute.refresh_from_db()
    assert dispute.resolve_by == end_of_day(day)
    assert dispute.trail.latest("seq").payload.count("resolve_by") == 1
    assert verify.verify_dispute(dispute.pk).faults == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"resolve_by": date(2026, 3, 2)}, "resolve_by"),
        ({"lead_unit": "t02.v01"}, "lead_unit"),
        ({"lead_unit": "nowhere"}, "lead_unit"),
    ],
)
def test_what_a_meeting_cannot_change_is_said_at_its_field_and_nothing_is_decided(
    decide: Decide, in_hand: Make, given: dict[str, object], field: str
) -> None:
    dispute = in_hand()
    with pytest.raises(InvalidInput) as refused:
        decide(dispute, **given)
    assert set(refused.value.errors) == {field}
    assert not dispute.decisions.exists()
    assert Dispute.objects.get(pk=dispute.pk).lead_unit_id == dispute.lead_unit_id


def test_a_meeting_of_the_town_stays_within_the_countys_date(
    decide: Decide, register: Make, coordinator: Appointment, county_office: Appointment, now: datetime
) -> None:
    dispute = register(by=county_office, source="petition")
    take("accept", dispute, county_office, now)
    take("hand_down", dispute, county_office, now, town="t01", resolve_by=date(2026, 3, 30))
    take("accept", dispute, coordinator, now)
    with pytest.raises(InvalidInput) as refused:
        decide(dispute, resolve_by=date(2026, 3, 31))
    assert set(refused.value.errors) == {"resolve_by"}


def test_a_meeting_of_another_centre_changes_neither(
    in_hand: Make, county_coordinator: Appointment, handler: Appointment, now: datetime
) -> None:
    dispute, by = in_hand(), actor(county_coordinator)
    meeting = meetings.call_meeting(facts=MeetingFacts(held_on=now.date(), subject="县里"), by=by, now=now)
    meetings.add_cases(meeting_id=meeting.pk, numbers=[dispute.number], by=by, now=now)
    asked = {"person": handler.pk, "due_on": date(2026, 3, 9), "text": "三日内到现场丈量。"}
    with pytest.raises(InvalidInput) as refused:
        meetings.decide(
            meeting_id=meeting.pk,
            number=dispute.number,
            resolve_by=date(2026, 3, 20),
            by=by,
            now=now,
            **asked,
        )
    assert set(refused.value.errors) == {"resolve_by"}


def test_feedback_is_erased_with_the_other_texts(
    decide: Decide,
    in_hand: Make,
    handler: Appointment,
    coordinator: Appointment,
    county_office: Appointment,
    now: datetime,
) -> None:
    row = decide(in_hand())
    meetings.report_back(decision_id=row.pk, account="等测量队。", finished=True, by=actor(handler), now=now)
    take("withdraw", row.dispute, coordinator, now, reason="不再要求。")
    take("close", row.dispute, coordinator, now)
    erasure.erase_on_request(number=row.dispute.number, reason="本人要求。", by=actor(county_office), now=now)
    row.refresh_from_db()
    assert (row.text, row.feedback, row.done_note) == ("", "", "")
