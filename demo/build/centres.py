"""The ways that lead from one centre to another: down from the county, or over to the right town."""

from demo.build.course import Course
from demo.build.paths import approved, finished, in_hand, put_away, resulted, worked_on
from demo.county import county
from demo.stories import Story


def handed_down(course: Course) -> None:
    """What came to the county goes down to the town; the county has the last word on the result."""
    course.then(
        "hand_down",
        "county.office",
        (0.5, 6),
        town=course.story.town.alias,
        instruction="请调查核实后依法处理，办理结果报县综治中心。",
    )
    course.by_county = False
    who = in_hand(course)
    worked_on(course, who)
    resulted(course, who)
    approved(course)
    course.by_county = True
    approved(course)
    course.by_county = False
    put_away(course)


def passed_on(course: Course) -> None:
    """Registered where the visitor came, in another town, and passed on to the right one in one act."""
    window = f"{window_of(course.story)}.coordinator"
    course.then("pass_to", window, (0.2, 3), town=course.story.town.alias)
    who = in_hand(course)
    finished(course, who)


def window_of(story: Story) -> str:
    """The short code of the town whose window was the wrong one: the next in the county."""
    towns = [town.alias for town in county().towns]
    return towns[(towns.index(story.town.alias) + 1) % len(towns)]
