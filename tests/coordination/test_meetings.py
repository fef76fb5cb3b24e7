from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from accounts.models import Appointment
from coordination.models import CoordinationMeeting
from coordination.services import meetings
from core.errors import InvalidInput, NotFound, NotPermitted, WrongState
from disputes.disclosure import Disclosure
from disputes.models import Dispute
from disputes.selectors.detail import timeline
from notifications.models import Notice
from safekeeping.services import verify
from tests.coordination.conftest import Decide
from tests.disputes.conftest import Make
from tests.factories.accounts import actor
from tests.factories.disputes import take


def test_a_decision_is_in_the_trail_and_the_person_is_told(
    decide: Decide, in_hand: Make, handler: Appointment
) -> None:
    dispute = in_hand()
    row = decide(dispute)
    assert (row.unit.code, row.person) == ("t01.justice", handler)
    entry = timeline(dispute, Disclosure())[0]
    assert (entry.title, entry.text) == ("调度决定", "三日内到现场丈量。")
    assert "2026-03-09 前完成" in entry.note
    told = Notice.objects.filter(dedupe_key=f"decision:{row.pk}")
    assert {notice.recipient_id for notice in told} == {handler.user_id}
    assert verify.verify().faults == []


def test_who_is_named_by_a_meeting_may_see_the_case(
    decide: Decide, in_hand: Make, other_village: Appointment
) -> None:
    dispute = in_hand()
    assert not Dispute.objects.visible_to(actor(other_village)).filter(pk=dispute.pk).exists()
    decide(dispute, person=other_village.pk)
    assert Dispute.objects.visible_to(actor(other_village)).filter(pk=dispute.pk).exists()


def test_a_decision_changes_neither_unit_nor_date_nor_state(decide: Decide, in_hand: Make) -> None:
    dispute = in_hand()
    decide(dispute)
    after = Dispute.objects.get(pk=dispute.pk)
    assert (after.status, after.lead_unit_id, after.resolve_by, after.version) == (
        dispute.status,
        dispute.lead_unit_id,
        dispute.resolve_by,
        dispute.version,
    )


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "长" * 1_001}, "text"),
        ({"due_on": date(2026, 3, 1)}, "due_on"),
        ({"due_on": date(2036, 3, 1)}, "due_on"),
        ({"person": None}, "person"),
        ({"person": 0}, "person"),
    ],
)
def test_bad_input_is_named_at_its_field(
    decide: Decide, in_hand: Make, given: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        decide(in_hand(), **given)
    assert set(refused.value.errors) == {field}


def test_a_town_cannot_name_people_of_another_town_or_of_the_county(
    decide: Decide, in_hand: Make, outsider: Appointment, department_handler: Appointment
) -> None:
    dispute = in_hand()
    for person in (outsider, department_handler):
        with pytest.raises(InvalidInput):
            decide(dispute, person=person.pk)


def test_who_must_keep_out_cannot_be_named(decide: Decide, in_hand: Make, village: Appointment) -> None:
    dispute = in_hand()
    dispute.barred_keys = [village.post.organization_id * 4 + 1]
    dispute.save(update_fields=["barred_keys"])
    with pytest.raises(InvalidInput) as refused:
        decide(dispute, person=village.pk)
    assert "person" in refused.value.errors


def test_only_posts_that_coordinate_may(
    meeting: CoordinationMeeting, in_hand: Make, clerk: Appointment, handler: Appointment, now: datetime
) -> None:
    numbers = [in_hand().number]
    for person in (clerk, handler):
        with pytest.raises(NotPermitted):
            meetings.add_cases(meeting_id=meeting.pk, numbers=numbers, by=actor(person), now=now)


def test_another_centre_does_not_find_the_meeting_or_its_decisions(
    decide: Decide, in_hand: Make, outside_coordinator: Appointment, now: datetime
) -> None:
    row = decide(in_hand())
    by = actor(outside_coordinator)
    with pytest.raises(NotFound):
        meetings.close_meeting(meeting_id=row.meeting_id, by=by, now=now)
    with pytest.raises(NotFound):
        meetings.mark_done(decision_id=row.pk, note="完成", by=by, now=now)


def test_cases_out_of_sight_or_ended_do_not_get_on_the_agenda(
    meeting: CoordinationMeeting,
    register: Make,
    coordinator: Appointment,
    outsider: Appointment,
    now: datetime,
) -> None:
    hidden = register(by=outsider, place="t02.v01")
    ended = take("withdraw", register(), coordinator, now, reason="双方和好")
    with pytest.raises(InvalidInput) as refused:
        meetings.add_cases(
            meeting_id=meeting.pk,
            numbers=[hidden.number, ended.number, "x-1"],
            by=actor(coordinator),
            now=now,
        )
    assert len(refused.value.errors["numbers"]) == 3
    assert not meeting.cases.exists()


def test_adding_a_case_twice_changes_nothing(
    meeting: CoordinationMeeting, in_hand: Make, coordinator: Appointment, now: datetime
) -> None:
    number = in_hand().number
    by = actor(coordinator)
    added = [
        meetings.add_cases(meeting_id=meeting.pk, numbers=[number, number], by=by, now=now) for _ in "ab"
    ]
    assert added == [1, 0]


def test_a_case_leaves_the_agenda_only_while_nothing_is_decided(
    meeting: CoordinationMeeting, decide: Decide, in_hand: Make, coordinator: Appointment, now: datetime
) -> None:
    kept, dropped, by = in_hand(), in_hand(), actor(coordinator)
    decide(kept)
    meetings.add_cases(meeting_id=meeting.pk, numbers=[dropped.number], by=by, now=now)
    meetings.remove_case(meeting_id=meeting.pk, number=dropped.number, by=by)
    with pytest.raises(WrongState):
        meetings.remove_case(meeting_id=meeting.pk, number=kept.number, by=by)
    assert [case.dispute_id for case in meeting.cases.all()] == [kept.pk]


def test_after_closing_the_minutes_stand_but_work_can_be_marked_done(
    decide: Decide, in_hand: Make, coordinator: Appointment, now: datetime
) -> None:
    dispute, by = in_hand(), actor(coordinator)
    row = decide(dispute)
    meetings.close_meeting(meeting_id=row.meeting_id, by=by, now=now)
    with pytest.raises(WrongState):
        decide(dispute)
    later = now + timedelta(days=2)
    assert (
        meetings.mark_done(decision_id=row.pk, note="已丈量，双方认可。", by=by, now=later).done_at == later
    )
    with pytest.raises(WrongState):
        meetings.mark_done(decision_id=row.pk, note="再次", by=by, now=later)
    assert next(entry.note for entry in timeline(dispute, Disclosure())[:2]).endswith("已完成")


def test_an_empty_meeting_cannot_be_closed(
    meeting: CoordinationMeeting, coordinator: Appointment, now: datetime
) -> None:
    with pytest.raises(WrongState):
        meetings.close_meeting(meeting_id=meeting.pk, by=actor(coordinator), now=now)


def test_a_unit_that_is_a_party_does_not_read_what_a_meeting_decided(decide: Decide, in_hand: Make) -> None:
    dispute = in_hand()
    decide(dispute)
    steps = [entry.title for entry in timeline(dispute, Disclosure(level=False))]
    assert "调度决定" not in steps
