"""交办乡镇、转交: the county gives a dispute down to a town; a town gives it to a unit of its own, or over to the town
it belongs to (首问负责: whoever came to the wrong window is not sent away)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from core.clock import end_of_day, shanghai_date
from core.language import in_house_language
from disputes import rights
from disputes.choices import DeadlineKind, HandingKind
from disputes.errors import InvalidInput
from disputes.models import Handing
from disputes.rules import lifecycle
from disputes.rules.step_inputs import Accept, Assign, HandDown, PassTo, Reason
from disputes.selectors import dispatching
from disputes.services import acceptance, access, clocks, handing, notices
from disputes.services.acceptance import require_future, require_limit
from disputes.services.dispatch import assign, county_centre, person_of, take_from_unit, unit_to_order
from disputes.services.intake_checks import managing_centre
from disputes.services.step_runner import Move, StepRun, finish
from jurisdictions.models import Organization

# a town's clocks that end when the county takes the case back; its limit for settling becomes the county's own
OF_THE_TOWN = (
    DeadlineKind.ACCEPT,
    DeadlineKind.DISPATCH,
    DeadlineKind.SIGN_FOR,
    DeadlineKind.REVIEW,
)


def hand_down(run: StepRun, given: HandDown) -> Move:
    """交办乡镇: the town accepts, dispatches and reports the result to the county, which approves it."""
    to = _centre_of(run, given.town)
    if given.resolve_by is not None:
        require_future(run, "resolve_by", given.resolve_by)
    handing.out_of_hands(run)
    due_at = handing.date_for_the_town(run, given.resolve_by)
    county = run.dispute.managing_org
    handing.go_over(run, to, HandingKind.DOWN, due_at=due_at)
    data = {
        "to": to.code,
        "managing": to.code,
        "handed_by": county.code,
        "county_due": due_at.isoformat(),
        "resolve_by": due_at.isoformat(),
    }
    return Move(data=data, texts={"instruction": given.instruction}, access_changed=True)


def recall(run: StepRun, given: Reason) -> Move:
    """收回交办: the county manages it again, with its date. Requests that wait, and a result that nobody has approved
    yet, count for nothing; the town, its unit and person see it as it is now and are told."""
    dispute, town = run.dispute, run.dispute.managing_org
    county = dispute.handed_down_by
    assert county is not None  # asked of the policy
    told = _everybody_of_the_town(run)
    clocks.cancel(dispute, *OF_THE_TOWN, by=run.by, now=run.now)
    if dispute.status == lifecycle.RESULT_SUBMITTED:
        clocks.reopen_after_rejection(dispute, by=run.by, now=run.now)
    dispute.submitted_at = dispute.performance_until = None
    dispute.reported_outcome = ""
    take_from_unit(run)
    data = {"from": town.code, "to": county.code, "managing": county.code, **handing.out_of_hands(run)}
    handing.take_up(dispute, county, step=run.step.id, by=run.by, now=run.now)
    taken_on = dispute.accepted_at is not None
    clocks.restart(
        dispute, DeadlineKind.DISPATCH if taken_on else DeadlineKind.ACCEPT, by=run.by, now=run.now
    )
    _tell_of_recall(run, told)
    if (clock := clocks.running(dispute, DeadlineKind.RESOLVE)) is not None:
        data["resolve_by"] = clock.due_at.isoformat()
    to = lifecycle.ACCEPTED if taken_on else lifecycle.REGISTERED
    return Move(to=to, data=data, texts={"reason": given.reason}, access_changed=True)


def _everybody_of_the_town(run: StepRun) -> list[int]:
    """The town's coordinators, and of the unit that has it everybody who may handle it, its person first."""
    dispute, person, now = run.dispute, run.dispute.responsible_person, run.now
    users = notices.holders(dispute.managing_org_id, "coordinator", now)
    if person is not None:
        users += notices.with_stand_ins([(person.pk, person.user_id)], now)
    if dispute.lead_unit_id is not None and dispute.status != lifecycle.REGISTERED:
        users += notices.holders(dispute.lead_unit_id, "handler", now)
    return [user for user in dict.fromkeys(users) if user != run.by.user_id]


@in_house_language
def _tell_of_recall(run: StepRun, users: list[int]) -> None:
    notices.tell(
        run.dispute,
        users,
        kind="recalled",
        title=_("%s 已由县综治中心收回，乡镇和承办单位不再办理") % run.dispute.display_number,
        key=f"recalled:{run.dispute.pk}:{run.dispute.version}",
        now=run.now,
        elsewhere=notices.NOTICES,
    )


def pass_to(run: StepRun, given: PassTo) -> Move:
    """转交: to a unit of the town's own, accepted in the same act where it was not yet, or over to another town."""
    if bool(given.town) == bool(given.unit):
        message = _("请写明转交给哪个乡镇，或者本镇的哪个单位，只能填一个。")
        raise InvalidInput({"town": [message]})
    if given.unit:
        return _to_unit(run, given.unit, given.instruction, given.resolve_by)
    return _to_town(run, given.town, given.instruction, given.resolve_by)


def _to_unit(run: StepRun, unit: str, instruction: str, resolve_by: date | None) -> Move:
    _require_own(run, unit, resolve_by)
    if run.dispute.status == lifecycle.REGISTERED:
        _accept_first(run)
    move = assign(run, Assign(lead_unit=unit, resolve_by=resolve_by, instruction=instruction))
    return replace(move, to=lifecycle.ASSIGNED)


def _require_own(run: StepRun, code: str, resolve_by: date | None) -> None:
    """Everything assigning asks, before anything is written; and that it lies in the town: a county department is
    assigned to by catalogue, not passed on to."""
    try:
        unit = unit_to_order(run, "unit", code)
        person_of(run, unit, "")
    except InvalidInput as error:
        raise InvalidInput({"unit": [text for said in error.errors.values() for text in said]}) from error
    if not unit.place.code.startswith(run.dispute.managing_org.place.code):
        said = _("只能转交本镇的村（社区）和单位。县级部门请用分流交办或者上报县级。")
        raise InvalidInput({"unit": [said]})
    if resolve_by is not None:
        require_limit(run, resolve_by)


def _accept_first(run: StepRun) -> None:
    """受理 has its own entry, clocks and listeners, whoever takes both steps in one act."""
    step = lifecycle.STEPS["accept"]
    refused = rights.refusal(run.by, step, run.dispute, run.now)
    if refused is not None:
        raise refused
    inner = StepRun(run.dispute, step, run.by, run.now)
    finish(inner, acceptance.accept(inner, Accept()))


def _to_town(run: StepRun, town: str, instruction: str, resolve_by: date | None) -> Move:
    dispute, left = run.dispute, run.dispute.managing_org
    _require_passable(run)
    to = _centre_of(run, town)
    data: dict[str, object] = {"to": to.code, "managing": to.code, **handing.out_of_hands(run)}
    if resolve_by is not None:
        data["resolve_by"] = _name_limit(run, resolve_by)
    handing.go_over(run, to, HandingKind.OVER)
    access.close_to_town(dispute, left, now=run.now)
    _tell_of_passing(run, left, to)
    return Move(to=lifecycle.REGISTERED, data=data, texts={"instruction": instruction}, access_changed=True)


def _require_passable(run: StepRun) -> None:
    """Once: whoever received it so takes it on or asks the county, which says whose it is. Raises InvalidInput."""
    if run.dispute.handed_down_by_id is not None:
        said = _("本件由县综治中心交办，不能转交其他乡镇；认为不应由本镇办理的，请上报县级并说明理由。")
        raise InvalidInput({"town": [said]})
    before = Handing.objects.filter(dispute=run.dispute, kind=HandingKind.OVER).select_related("from_centre")
    passed = before.last()
    if passed is not None:
        said = _("本件已由%s转交过一次，不能再转交其他乡镇；认为不属于本镇的，请上报县级确定由谁办理。")
        raise InvalidInput({"town": [said % passed.from_centre]})


def _name_limit(run: StepRun, day: date) -> str:
    """A date that goes along: never after what the party was told or the sender wants."""
    require_future(run, "resolve_by", day)
    dispute = run.dispute
    clock, theirs = clocks.running(dispute, DeadlineKind.RESOLVE), handing.sender_date(dispute, run.now)
    told = [due for due in (clock.due_at if clock else None, theirs) if due is not None]
    if told and day > shanghai_date(min(told)):
        raise InvalidInput({"resolve_by": [_("不能晚于现在的时限 %s。") % shanghai_date(min(told))]})
    clocks.restart(dispute, DeadlineKind.RESOLVE, by=run.by, now=run.now, due_at=day)
    return end_of_day(day).isoformat()


def _centre_of(run: StepRun, typed: str) -> Organization:
    """The receiving centre of a town of this county, by its code or short code. Raises InvalidInput at `town`."""
    dispute = run.dispute
    rows = dispatching.towns_to_hand_to(dispute, shanghai_date(run.now))
    to = next((row for row in rows if typed in (row.code, row.place.code, row.place.alias)), None)
    if to is None:
        raise InvalidInput({"town": [_("没有找到这个乡镇，请从列表中选择本县的其他乡镇。")]})
    marks = list(dispute.conflict_marks.select_related("organization__place", "user"))
    units = [mark.organization for mark in marks if mark.organization]
    people = [mark.user for mark in marks if mark.user]
    if managing_centre(to, units, people, run.now).pk != to.pk:
        said = _("本件反映的是乡镇及以上的单位或人员，应由县综治中心办理，不能交给乡镇。")
        raise InvalidInput({"town": [said]})
    return to


@in_house_language
def _tell_of_passing(run: StepRun, left: Organization, to: Organization) -> None:
    """The county hears whose it is now, and so does whoever received the visitor."""
    dispute = run.dispute
    title = _("%(number)s 由%(from)s转交%(to)s办理") % {
        "number": dispute.display_number,
        "from": left,
        "to": to,
    }
    handing.tell_county(run, county_centre(left.place), title, kind="passed_over")
    clerk = dispute.registered_by
    users = notices.with_stand_ins([(clerk.pk, clerk.user_id)], run.now)
    notices.tell(
        dispute,
        [user for user in users if user != run.by.user_id],
        kind="passed_over",
        title=title,
        key=f"passed_over.clerk:{dispute.pk}:{dispute.version}",
        now=run.now,
    )
