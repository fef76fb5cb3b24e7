"""What follows a dispute that was not resolved, until it may be closed. See disputes/rules/not_resolved.py."""

from typing import Any

from demo.build.course import Course
from disputes.rules.refusals import ground_in
from disputes.rules.routes import left_after

CHOSEN = 0.5  # of what is not resolved
ENOUGH = "已多次组织调解，同意引导当事人依法通过其他途径解决，告知、回访到位后再销号。"


def left_elsewhere(course: Course) -> None:
    """The parties are told where else to turn; they choose later, or the principal leader agrees (§8)."""
    facts = course.story.facts
    told: dict[str, Any] = {
        "routes": list(left_after(facts.category, facts.source, ground_in(facts.narrative))),
        "on": course.day(0),
        "way": course.rnd.choice(("in_person", "paper")),
    }
    course.then("tell_routes", course.clerk, (2, 30), **told)
    if facts.restricted or course.rnd.random() < CHOSEN:
        course.then("tell_routes", course.clerk, (24, 90), **told, chosen=told["routes"][0])
    else:
        leader = "county.secretary" if course.by_county else f"{course.story.town.alias}.secretary"
        course.then("answer_not_resolved", leader, (3, 40), decision="elsewhere", instruction=ENOUGH)
