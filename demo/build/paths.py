"""The ways a dispute can go, each a sequence of steps with who takes them. See disputes/rules/lifecycle.py."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from core.clock import shanghai_date
from demo.accounts import SECOND_POSTS, name_of
from demo.build.course import Course, workdays_before
from demo.build.elsewhere import left_elsewhere
from demo.build.said import INSTRUCTIONS, ORDER, QUESTION
from demo.departments import DEPARTMENT_OF, TOWN_UNIT_OF
from demo.skeletons import accounts
from demo.stories import Story
from disputes.rules.refusals import excluded_by

Path = Callable[[Course], None]
VILLAGE_MATTERS = {"neighbour", "house_homestead", "land_forest", "village_affairs", "family", "production"}
RESULT_DAYS = {"wage_arrears": 15, "labour_other": 15, "traffic": 10}
ROUTES = ["litigation", "legal_aid"]
PROCEEDINGS = "proceedings"
SOLE_HANDLER = ("mediation", "mediator")
COLLEAGUES = {post.split(":")[0]: username for username, post in SECOND_POSTS.items()}
TAKEN_BACK = 4  # of so many returns one
ARCHIVED = 0.5  # of what is closed


def limit_days(story: Story) -> int:
    """About how long the case may take; where a step must come in time, it is counted from this."""
    if story.facts.source == "petition":
        return 60
    return RESULT_DAYS.get(story.facts.category, 30)


def unit_for(course: Course) -> str:
    """The unit it is given to: the one wished for, the village where it is a village's matter, else the town's."""
    story = course.story
    if course.unit:
        return course.unit
    if course.by_county:
        return DEPARTMENT_OF[story.facts.category]
    in_village = story.facts.category in VILLAGE_MATTERS and not story.skeleton.group
    if (
        in_village
        and not story.facts.accused_units
        and not story.facts.restricted
        and course.rnd.random() < 0.7
    ):
        return story.village.alias
    return f"{story.town.alias}.{TOWN_UNIT_OF.get(story.facts.category, 'mediation')}"


def handler_of(unit: str) -> str:
    """The account that handles for a unit: towns' own units are named like their accounts."""
    if unit.endswith(".mediation"):
        return unit.replace(*SOLE_HANDLER)
    return unit if "." in unit else f"{unit}.handler"


def accepted(course: Course) -> None:
    late = course.slow and course.rnd.random() < 0.3
    course.then(
        "accept",
        course.centre,
        (60, 90) if late else (1, 20),
        note=course.words("accept_note") or None,
        level=0 if course.quiet else None,
    )


def assigned(course: Course) -> str:
    accepted(course)
    return given(course)


def given(course: Course) -> str:
    unit = unit_for(course)
    course.unit = unit
    asked = INSTRUCTIONS[course.story.index % len(INSTRUCTIONS)]
    course.then("assign", course.centre, (0.4, 6), lead_unit=unit, instruction=asked)
    return handler_of(unit)


def in_hand(course: Course) -> str:
    who = assigned(course)
    late = course.slow and course.rnd.random() < 0.4
    course.then("sign_for", who, (40, 70) if late else (0.5, 7))
    begun(course, who)
    handed_on(course, who)
    return who


def begun(course: Course, who: str) -> None:
    """The police state from when the law counts their ten days: here the loss was fixed when they signed."""
    if course.story.facts.category == "traffic" and "police" in course.unit:
        course.then("begin_mediation", who, (1, 6), ground="loss", on=course.day(0))


def handed_on(course: Course, who: str) -> None:
    """改派: in the one unit with two mediators, every other case goes to the second of them."""
    colleague = COLLEAGUES.get(course.unit, "")
    if colleague and course.story.index % 2 and not course.story.facts.restricted:
        course.then("change_person", who, (1, 9), person=colleague)


def worked_on(course: Course, who: str) -> None:
    """One or two progress reports within the limit, later where the unit is slow."""
    days = limit_days(course.story) * (1.5 if course.slow else 0.5)
    for _report in range(course.rnd.choice((1, 1, 1, 2))):
        course.then(
            "report_progress", who, (days * 24 * 0.15, days * 24 * 0.5), account=course.words("progress")
        )
    if course.story.index % 9 == 0:  # of so many cases the centre asks about one
        words = QUESTION.format(name=name_of(who))
        course.then("comment", course.centre, (0.2, 2), text=words, people=[who])


def resulted(course: Course, who: str, *, later: int = 0) -> None:
    way = course.rnd.choice(("written", "written", "oral"))
    data: dict[str, Any] = {"outcome": f"{way}_agreement", "account": course.words(way)}
    if later:
        data["performance_until"] = course.day(later)
    course.then("submit_result", who, (12, 90), **data)


def approved(course: Course, outcome: str = "settled") -> None:
    course.then(
        "approve_result", course.centre, (1, 20), outcome=outcome, note=course.words("approve_note") or None
    )


def revisited(course: Course) -> None:
    happy = course.rnd.random() < 0.88
    account = course.words("revisit_satisfied" if happy else "revisit_unsatisfied")
    way = course.rnd.choice(("phone", "phone", "visit"))
    course.then("revisit", course.clerk, (40, 190), way=way, satisfied=happy, account=account)


def put_away(course: Course) -> None:
    revisited(course)
    course.then("close", course.centre, (2, 50))
    if course.rnd.random() < ARCHIVED:
        course.then("archive", course.centre, (100, 700))


def finished(course: Course, who: str) -> None:
    """From the first progress report to the archive."""
    worked_on(course, who)
    resulted(course, who)
    approved(course)
    put_away(course)


def signed_and_finished(course: Course, who: str, hours: tuple[float, float] = (0.5, 7)) -> None:
    course.then("sign_for", who, hours)
    finished(course, who)


def taken_up(course: Course) -> None:
    """Beyond the town: the county centre takes over."""
    accepted(course)
    course.then("report_up", course.centre, (2, 20), reason=course.words("report_up"))
    course.then("accept_report", "county.office", (1, 5))
    course.by_county = True


def plain(course: Course) -> None:
    """登记 → 受理 → 分流 → 签收 → 进展 → 报结 → 审结 → 回访 → 销号 → 归档."""
    who = in_hand(course)
    finished(course, who)


def spot(course: Course) -> None:
    """当场化解: registered, accepted, assigned and settled in one; a revisit is optional."""
    if course.rnd.random() < 0.4:
        account = course.words("revisit_satisfied")
        course.then("revisit", course.centre, (40, 200), way="phone", satisfied=True, account=account)
    course.then("close", course.centre, (20, 120))
    if course.rnd.random() < ARCHIVED:
        course.then("archive", course.centre, (100, 700))


def extended(course: Course) -> None:
    who = in_hand(course)
    days = limit_days(course.story)
    course.then("report_progress", who, (days * 4, days * 8), account=course.words("progress"))
    more, reason = course.rnd.choice((10, 15, 20)), course.words("extension")
    expiry = shanghai_date(course.story.registered_at + timedelta(days=days))
    last, hours = workdays_before(expiry, 2), (days * 4, days * 6)
    if course.in_time("request_extension", who, hours, last, days=more, reason=reason):
        granted = course.rnd.random() < 0.8
        reason = course.words("extension_granted" if granted else "extension_refused")
        course.then("decide_extension", course.centre, (1, 8), granted=granted, reason=reason)
    finished(course, who)


def suspended(course: Course) -> None:
    who = in_hand(course)
    course.then("suspend", who, (48, 120), reason=course.words("suspend"), until=course.day(40))
    course.then("resume", who, (24 * 15, 24 * 30))
    finished(course, who)


def redone(course: Course) -> None:
    who = in_hand(course)
    worked_on(course, who)
    resulted(course, who)
    course.then("reject_result", course.centre, (2, 20), reason=course.words("reject"))
    course.then("report_progress", who, (12, 40), account=course.words("progress"))
    resulted(course, who)
    approved(course)
    put_away(course)


def transferred(course: Course) -> None:
    in_hand(course)
    before, there = course.unit, f"{course.story.town.alias}.{course.rnd.choice(('justice', 'mediation'))}"
    if there == before:
        there = f"{course.story.town.alias}.petition"
    course.unit = there
    course.then("transfer", course.centre, (24, 90), lead_unit=there, reason=course.words("transfer"))
    who = handler_of(there)
    signed_and_finished(course, who)


def performing(course: Course) -> None:
    """An agreement that is paid in parts: settled with open obligations."""
    who = in_hand(course)
    worked_on(course, who)
    resulted(course, who, later=course.rnd.choice((60, 90, 120)))
    approved(course)
    course.then("report_progress", who, (24 * 20, 24 * 30), account="第一期款项已按约支付，有收条。")
    course.then("report_progress", who, (24 * 100, 24 * 110), account="协议全部履行完毕。")
    put_away(course)


def not_resolved(course: Course) -> None:
    """An honest ending: refused or no agreement, other routes told."""
    who = in_hand(course)
    worked_on(course, who)
    outcome = course.rnd.choice(("refused", "no_agreement"))
    course.then("submit_result", who, (12, 90), outcome=outcome, account=course.words("failed"))
    approved(course, "not_resolved")
    left_elsewhere(course)
    account = course.words("revisit_unsatisfied")
    course.then("revisit", course.clerk, (20, 90), way="phone", satisfied=False, account=account)
    course.then("close", course.centre, (4, 60))


def routed(course: Course) -> None:
    """On its way to arbitration, court or review; followed until the result."""
    who = in_hand(course)
    worked_on(course, who)
    course.then("submit_result", who, (12, 90), outcome="routed", account=course.words("failed"))
    approved(course, "routed")
    course.then(
        "report_progress", who, (24 * 20, 24 * 40), account="已了解到案件进入法定程序，尚未作出结果。"
    )
    course.then(
        "submit_result",
        who,
        (24 * 40, 24 * 60),
        outcome="decision",
        account="法定程序已作出结果，双方均未再提出异议。",
    )
    approved(course)
    put_away(course)


def transferred_out(course: Course) -> None:
    who = in_hand(course)
    if not course.story.facts.restricted:
        secretary = f"{course.story.town.alias}.secretary"
        course.then("instruct", secretary, (1, 6), instruction=ORDER)
    course.then("submit_result", who, (24, 120), outcome="transferred_out", account=course.words("failed"))
    approved(course, "routed")
    course.then("close", course.centre, (24, 120))


def declined(course: Course) -> None:
    reason = course.words("decline")
    shut = excluded_by(reason)
    routes = [PROCEEDINGS if route in shut else route for route in ROUTES]
    course.then("decline", course.centre, (3, 22), reason=reason, routes=routes)


def withdrawn(course: Course) -> None:
    who = assigned(course)
    if course.rnd.random() < 0.5:
        course.then("sign_for", who, (0.5, 7))
    course.then("withdraw", course.centre, (24, 160), reason=course.words("withdraw"))
    course.then("close", course.centre, (24, 90))


def reopened(course: Course) -> None:
    who = in_hand(course)
    worked_on(course, who)
    resulted(course, who)
    approved(course)
    revisited(course)
    course.then("close", course.centre, (2, 50))
    course.then("reopen", course.centre, (24 * 15, 24 * 40), reason=course.words("reopen"))
    who = given(course)
    signed_and_finished(course, who)


def returned(course: Course) -> None:
    """Handed back with a reason; consented to more often than not, then given to another unit; or thought better of."""
    who = assigned(course)
    ground = course.rnd.choice(("not_competent", "other_competent", "other_place"))
    reason = accounts()["returns"][ground]
    course.then("request_return", who, (1, 6), ground=ground, reason=reason)
    if course.story.index % TAKEN_BACK == 0:
        course.then("take_back", who, (0.5, 3))
        signed_and_finished(course, who)
        return
    granted = course.rnd.random() < 0.7
    words = course.words("return_granted" if granted else "return_refused")
    course.then("decide_return", course.centre, (0.5, 4), granted=granted, reason=words)
    if granted:
        town = course.story.town.alias
        course.unit = f"{town}.justice" if course.unit != f"{town}.justice" else f"{town}.mediation"
        who = given(course)
    signed_and_finished(course, who, hours=(0.5, 6))


def reported_up(course: Course) -> None:
    """The county centre gives it to a department."""
    taken_up(course)
    course.unit = course.unit if "." not in course.unit else ""
    who = given(course)
    signed_and_finished(course, who)


def finally_given(course: Course) -> None:
    """Two returns; the county centre's word is final."""
    taken_up(course)
    wanted = DEPARTMENT_OF[course.story.facts.category]
    for unit in (wanted, "justice" if wanted != "justice" else "civil"):
        course.then("assign", "county.office", (0.4, 4), lead_unit=unit)
        reason = accounts()["returns"]["other_competent"]
        course.then("request_return", f"{unit}.handler", (1, 5), ground="other_competent", reason=reason)
        course.then(
            "decide_return", "county.office", (0.5, 4), granted=True, reason=course.words("return_granted")
        )
    course.unit = wanted
    who = given(course)
    signed_and_finished(course, who, hours=(0.5, 6))
