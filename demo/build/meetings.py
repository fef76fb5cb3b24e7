"""调度会 of the demo county: some held lately, with what they decided, and some called for the days to come."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from coordination.models import CoordinationMeeting
from coordination.services import meetings
from coordination.services.meetings import MeetingFacts
from core.actor import Actor
from core.clock import SHANGHAI, shanghai_date
from demo.build.course import SATURDAY
from demo.build.playing import Cast
from disputes.models import Dispute
from disputes.selectors import dispatching

MOST_CASES = 3
AFTERNOON, MORNING = time(15, 0), time(10, 0)


@dataclass(frozen=True)
class Called:
    """By whom, so many days from the day of loading."""

    by: str
    chair: str
    days: int
    subject: str
    attendees: str


TOWN = "镇党委副书记、综治中心、派出所、司法所、信访办及相关村负责人"
COUNTY = "县综治中心、县委政法委、相关县直部门分管负责人，相关乡镇综治中心主任"
CALLED: tuple[Called, ...] = (
    Called("county.office", "county.deputy", -6, "跨部门疑难纠纷调度", COUNTY),
    Called("t01.coordinator", "t01.deputy", -4, "近期未化解纠纷集中调度", TOWN),
    Called("t01.coordinator", "t01.deputy", 2, "临期纠纷调度", TOWN),
    Called("county.office", "county.deputy", 5, "岁末年初欠薪、征迁类纠纷调度", COUNTY),
)
DECISIONS = (
    "由{unit}牵头，三日内上门走访双方，拿出调解方案报综治中心；需要其他单位配合的，当日提出。",
    "{unit}会同村（社区）调解员联合调解，一周内召集双方面谈一次；谈不拢的，告知仲裁、诉讼途径并协助申请法律援助。",
    "由{unit}逐项核对双方证据，形成书面意见；到期仍无进展的，提请下次调度会研究。",
)
DONE = "已上门走访双方并报送调解方案，双方同意继续协商。"


@transaction.atomic
def hold(now: datetime) -> None:
    """Through the services, each at its own time. A second call changes nothing."""
    if CoordinationMeeting.objects.exists():
        return
    cast = Cast()
    for called in CALLED:
        _hold(called, cast[called.by], now)


def _hold(called: Called, by: Actor, now: datetime) -> None:
    held_at = _working_time(now + timedelta(days=called.days), AFTERNOON)
    called_at = min(held_at - timedelta(days=1), now)
    cases = _cases(by, min(held_at, now))
    if not cases:
        return
    facts = MeetingFacts(
        held_on=shanghai_date(held_at),
        subject=called.subject,
        chaired_by=User.objects.get(username=called.chair).name,
        attendees=called.attendees,
    )
    meeting = meetings.call_meeting(facts=facts, by=by, now=called_at)
    numbers = [case.number for case in cases]
    meetings.add_cases(meeting_id=meeting.pk, numbers=numbers, by=by, now=called_at)
    if held_at < now:
        _decide(meeting, cases, by, held_at, now)


def _cases(by: Actor, before: datetime) -> list[Dispute]:
    """Open, with a unit, and nothing written about them since: trails stay in the order of time."""
    rows = Dispute.objects.visible_to(by).open().filter(lead_unit__isnull=False, confidentiality="normal")
    quiet = rows.filter(managing_org=by.organization).annotate(last_at=Max("trail__at"))
    found = quiet.filter(last_at__lt=before).select_related("lead_unit", "responsible_person")
    return list(found.order_by("-people_count", "pk")[:MOST_CASES])


def _decide(
    meeting: CoordinationMeeting, cases: list[Dispute], by: Actor, at: datetime, now: datetime
) -> None:
    """One decision for each case, by the person who has it; the first is done the next morning."""
    made = []
    for number, (case, words) in enumerate(zip(cases, DECISIONS, strict=False)):
        people = dispatching.people_within_reach(case, by.organization, shanghai_date(at))
        if people.filter(pk=case.responsible_person_id).exists():
            made.append(
                meetings.decide(
                    meeting_id=meeting.pk,
                    number=case.number,
                    person=case.responsible_person_id,
                    due_on=shanghai_date(at + timedelta(days=3 + 4 * number)),
                    text=words.format(unit=case.lead_unit),
                    by=by,
                    now=at,
                )
            )
    meetings.close_meeting(meeting_id=meeting.pk, by=by, now=at + timedelta(hours=1))
    done_at = _working_time(at + timedelta(days=1), MORNING)
    if made and at < done_at < now:
        meetings.mark_done(decision_id=made[0].pk, note=DONE, by=by, now=done_at)


def _working_time(moment: datetime, at: time) -> datetime:
    """That time of the day, or of the Friday before a weekend."""
    day = shanghai_date(moment)
    while day.weekday() >= SATURDAY:
        day -= timedelta(days=1)
    return datetime.combine(day, at, SHANGHAI)
