"""调度会 (统一调度, §5): a meeting, the cases it goes through, and what it decides for each of them.

Lock order: the dispute's row first, then the meeting's. A closed meeting takes no more cases or decisions;
what it decided can still be marked as done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from accounts.models import Appointment
from accounts.permissions import Permission
from accounts.rights import require
from coordination.models import CoordinationDecision, CoordinationMeeting, MeetingCase
from coordination.services import changes
from core.actor import Actor
from core.clock import shanghai_date
from core.language import in_house_language
from core.transactions import retried
from disputes import public
from disputes.conflicts import Conflicts
from disputes.disclosure import known_now
from disputes.errors import InvalidInput, NotFound, WrongState
from disputes.models import Dispute
from disputes.selectors import dispatching
from disputes.services import notices

STEP = "coordinated"
OF_A_DECISION = ("meeting__created_by", "dispute", "unit", "person__user", "person__post__organization")
LONGEST_TEXT = 1_000
LONGEST_NOTE = 500
MOST_CASES = 100
FURTHEST = timedelta(days=366)  # a sanity bound of the form, not a legal limit


@dataclass(frozen=True)
class MeetingFacts:
    """What the form of a meeting asks."""

    held_on: date
    subject: str
    chaired_by: str = ""
    attendees: str = ""
    absent: str = ""
    sent_to: str = ""


@retried
def call_meeting(*, facts: MeetingFacts, by: Actor, now: datetime) -> CoordinationMeeting:
    """召开: enters a meeting of the centre acted for; one held lately may be entered afterwards."""
    require(by, Permission.COORDINATE)
    if not facts.subject.strip():
        raise InvalidInput({"subject": [_("请填写议题。")]})
    if abs(facts.held_on - shanghai_date(now)) > FURTHEST:
        raise InvalidInput({"held_on": [_("会议日期应在前后一年之内，请核对。")]})
    return CoordinationMeeting.objects.create(
        organization=by.organization,
        held_on=facts.held_on,
        subject=facts.subject.strip(),
        chaired_by=facts.chaired_by.strip(),
        attendees=facts.attendees.strip(),
        absent=facts.absent.strip(),
        sent_to=facts.sent_to.strip(),
        created_by=by.acting,
        created_at=now,
    )


@retried
def add_cases(*, meeting_id: int, numbers: Sequence[str], by: Actor, now: datetime) -> int:
    """Puts open cases within sight on the agenda; answers how many were new. Unknown numbers are named."""
    require(by, Permission.COORDINATE)
    meeting = _open_meeting(meeting_id, by)
    wanted = list(dict.fromkeys(number.strip() for number in numbers if number.strip()))
    if not wanted:
        raise InvalidInput({"numbers": [_("请填写或选择至少一件纠纷。")]})
    if len(wanted) + meeting.cases.count() > MOST_CASES:
        raise InvalidInput({"numbers": [_("一次会议最多列入 %d 件，请分次召开。") % MOST_CASES]})
    in_sight = known_now(Dispute.objects.visible_to(by), by)
    found = {row.number: row for row in in_sight.filter(number__in=wanted)}
    _require_all_open(wanted, found)
    known = set(meeting.cases.values_list("dispute_id", flat=True))
    new = [found[number] for number in wanted if found[number].pk not in known]
    MeetingCase.objects.bulk_create(
        [MeetingCase(meeting=meeting, dispute=row, added_by=by.acting, added_at=now) for row in new],
        ignore_conflicts=True,
    )
    return len(new)


@retried
def remove_case(*, meeting_id: int, number: str, by: Actor) -> None:
    """Takes a case off the agenda, as long as nothing was decided about it."""
    require(by, Permission.COORDINATE)
    meeting = _open_meeting(meeting_id, by)
    dispute = visible(number, by)
    if meeting.decisions.filter(dispute=dispute).exists():
        raise WrongState(_("本次会议已对该纠纷作出决定，不能再移出。"))
    meeting.cases.filter(dispute=dispute).delete()


@retried
def decide(
    *,
    meeting_id: int,
    number: str,
    person: int | None,
    due_on: date,
    text: str,
    lead_unit: str = "",
    resolve_by: date | None = None,
    by: Actor,
    now: datetime,
) -> CoordinationDecision:
    """调度决定: who (an appointment; its unit follows) does what by when. Writes the trail, tells the person.

    In the same act it may give the case to another unit and set its date. The person and the unit may see the case
    from then on. Locks the dispute's row, then the meeting's.
    """
    require(by, Permission.COORDINATE)
    dispute = locked(number, by)
    public.require_present(by, dispute)
    meeting = _open_meeting(meeting_id, by)
    if not meeting.cases.filter(dispute=dispute).exists():
        raise NotFound(_("该纠纷不在本次会议的议程中。"))
    if not dispute.is_open:
        raise WrongState(_("该纠纷已经办结，不能再作调度决定。"))
    holder = _checked(dispute, person=person, due_on=due_on, text=text, by=by, now=now)
    due_at = changes.change(
        dispute, lead_unit=lead_unit, resolve_by=resolve_by, text=text.strip(), by=by, now=now
    )
    dispute = locked(number, by)  # as the steps have left it
    row = CoordinationDecision.objects.create(
        meeting=meeting,
        dispute=dispute,
        unit=holder.post.organization,
        person=holder,
        due_on=due_on,
        text=text.strip(),
    )
    data: dict[str, object] = {"due_on": due_on.isoformat()}
    if due_at is not None:
        data["resolve_by"] = due_at.isoformat()
    with public.working_on(dispute, by=by, now=now) as work:
        work.open_to_helper(row.unit, holder)
        _note(row, work, data, {"decision": row.text})
    _tell(row, dispute, by=by, now=now)
    return row


@retried
def mark_done(*, decision_id: int, note: str, by: Actor, now: datetime) -> CoordinationDecision:
    """完成: with a note how; also after the meeting is closed or the case has ended."""
    require(by, Permission.COORDINATE)
    row = decision_in_sight(decision_id, by)
    dispute = locked(row.dispute.number, by)
    row = CoordinationDecision.objects.select_for_update(of=("self",)).select_related("unit").get(pk=row.pk)
    if row.done_at is not None:
        raise WrongState(_("这项决定已经标明完成，请刷新页面。"))
    note = note.strip()
    if not note:
        raise InvalidInput({"note": [_("请写明完成情况。")]})
    if len(note) > LONGEST_NOTE:
        raise InvalidInput({"note": [_("完成情况不超过 %d 个字。") % LONGEST_NOTE]})
    row.done_at, row.done_note = now, note
    row.save(update_fields=["done_at", "done_note"])
    with public.working_on(dispute, by=by, now=now) as work:
        _note(row, work, {"done": True}, {"note": note})
    return row


@retried
def report_back(
    *, decision_id: int, account: str, finished: bool, by: Actor, now: datetime
) -> CoordinationDecision:
    """反馈: what the person did about the decision; `finished` marks it as done. Locks the dispute's row.

    Raises NotFound for others than the person, WrongState once it is done, InvalidInput at `account`.
    """
    row = own_decision(decision_id, by)
    dispute = locked(row.dispute.number, by)
    row = (
        CoordinationDecision.objects.select_for_update(of=("self",))
        .select_related(*OF_A_DECISION)
        .get(pk=row.pk)
    )
    if row.done_at is not None:
        raise WrongState(_("这项决定已经标明完成，请刷新页面。"))
    account = account.strip()
    if not account:
        raise InvalidInput({"account": [_("请写明办理情况。")]})
    if len(account) > LONGEST_NOTE:
        raise InvalidInput({"account": [_("办理情况不超过 %d 个字。") % LONGEST_NOTE]})
    row.feedback, row.feedback_at = account, now
    if finished:
        row.done_at, row.done_note = now, account
    row.save(update_fields=["feedback", "feedback_at", "done_at", "done_note"])
    told: dict[str, object] = {"done": True} if finished else {"feedback": True}
    with public.working_on(dispute, by=by, now=now) as work:
        _note(row, work, told, {"note": account})
    _tell_meeting(row, dispute, by=by, now=now)
    return row


@retried
def close_meeting(*, meeting_id: int, by: Actor, now: datetime) -> CoordinationMeeting:
    """散会: the minutes are final from here on."""
    require(by, Permission.COORDINATE)
    meeting = _open_meeting(meeting_id, by)
    if not meeting.cases.exists():
        raise WrongState(_("议程中还没有纠纷，请先列入要研究的纠纷。"))
    meeting.closed_at = now
    meeting.save(update_fields=["closed_at"])
    return meeting


def decision_in_sight(decision_id: int, by: Actor) -> CoordinationDecision:
    """A decision of the centre's own meetings on a case within sight, else NotFound."""
    rows = CoordinationDecision.objects.filter(meeting__organization=by.organization, pk=decision_id)
    in_sight = rows.filter(dispute__in=Dispute.objects.visible_to(by).values("pk"))
    found = in_sight.select_related(*OF_A_DECISION).first()
    if found is None:
        raise NotFound(_("没有找到这项调度决定，或您无权查看。"))
    return found


def own_decision(decision_id: int, by: Actor) -> CoordinationDecision:
    """A decision that the post acted in has to carry out, on a case within sight. Raises NotFound."""
    rows = CoordinationDecision.objects.filter(pk=decision_id, person_id=by.appointment_id)
    found = rows.filter(dispute__in=Dispute.objects.visible_to(by).values("pk"))
    row = found.select_related(*OF_A_DECISION).first()
    if row is None:
        raise NotFound(_("没有找到这项调度决定，或不由您办理。"))
    return row


def visible(number: str, by: Actor) -> Dispute:
    """The dispute, to be looked at; NotFound out of sight."""
    dispute: Dispute = Dispute.objects.select_related("managing_org__place").get_visible(by, number)
    return dispute


def locked(number: str, by: Actor) -> Dispute:
    """The same under its row lock."""
    rows = Dispute.objects.select_related("managing_org__place").select_for_update(of=("self",))
    dispute: Dispute = rows.get_visible(by, number)
    return dispute


def _open_meeting(meeting_id: int, by: Actor) -> CoordinationMeeting:
    """The centre's own meeting under its lock, not yet closed."""
    rows = CoordinationMeeting.objects.filter(organization=by.organization, pk=meeting_id)
    meeting = rows.select_for_update(of=("self",)).first()
    if meeting is None:
        raise NotFound(_("没有找到这次调度会。"))
    if meeting.closed_at is not None:
        raise WrongState(_("会议已经结束，会议纪要不能再改。如需继续研究，请另开一次调度会。"))
    return meeting


def _require_all_open(wanted: list[str], found: dict[str, Dispute]) -> None:
    problems = [_("没有找到 %s，或您无权查看。") % number for number in wanted if number not in found]
    ended = [number for number in wanted if number in found and not found[number].is_open]
    problems += [_("%s 已经办结，不能列入。") % number for number in ended]
    if problems:
        raise InvalidInput({"numbers": problems})


def _checked(
    dispute: Dispute, *, person: int | None, due_on: date, text: str, by: Actor, now: datetime
) -> Appointment:
    """The appointment named, with everything a decision needs in order. Raises InvalidInput by field."""
    errors: dict[str, list[object]] = {}
    today = shanghai_date(now)
    if not text.strip():
        errors["text"] = [_("请写明决定事项。")]
    elif len(text.strip()) > LONGEST_TEXT:
        errors["text"] = [_("决定事项不超过 %d 个字。") % LONGEST_TEXT]
    if not today <= due_on <= today + FURTHEST:
        errors["due_on"] = [_("完成日期不能早于今天，也不能晚于一年之后。")]
    holder = dispatching.people_within_reach(dispute, by.organization, today).filter(pk=person).first()
    if holder is None or Conflicts([dispute], now).bars(dispute, holder.user_id):
        errors["person"] = [_("请从列表中选择责任人；应当回避的和不在调度范围内的人员不能选。")]
    if errors or holder is None:
        raise InvalidInput(errors)
    return holder


def _note(
    row: CoordinationDecision, work: public.Work, data: dict[str, object], texts: dict[str, str]
) -> None:
    about = {"meeting": row.meeting_id, "decision": row.pk, "unit": row.unit.code, "person": row.person_id}
    work.note(STEP, data=about | data, texts=texts)


@in_house_language
def _tell(row: CoordinationDecision, dispute: Dispute, *, by: Actor, now: datetime) -> None:
    if row.person.user_id == by.user_id:
        return
    title = _("%(number)s 调度会决定由您办理，请于 %(day)s 前完成") % {
        "number": dispute.display_number,
        "day": f"{row.due_on:%Y-%m-%d}",
    }
    recipients = [row.person.user_id]
    notices.tell(dispute, recipients, kind="coordinated", title=title, key=f"decision:{row.pk}", now=now)


@in_house_language
def _tell_meeting(row: CoordinationDecision, dispute: Dispute, *, by: Actor, now: datetime) -> None:
    """Who took the minutes hears what became of the decision."""
    keeper = row.meeting.created_by.user_id
    words = _("%s 的调度决定已完成，请核对") if row.done_at else _("%s 的调度决定有反馈")
    notices.tell(
        dispute,
        [keeper] if keeper != by.user_id else [],
        kind="coordinated",
        title=words % dispute.display_number,
        key=f"decision_feedback:{row.pk}:{now.isoformat()}",
        now=now,
    )
