"""Which dispute goes which way: some by what every account needs to find, the others by chance."""

import random
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache

from classifier.rules import Policy, classify, default_document
from classifier.rules.level_of_text import verdict_of
from classifier.selectors.policy import compiled
from demo.accounts import SECOND_POSTS
from demo.build import centres, paths
from demo.build.course import Course, Cut, Move
from demo.build.paths import Path
from demo.build.stages import Wanted, all_wanted
from demo.stories import COUNT, SEED, Story, all_stories
from disputes.rules.intake import IntakeFacts, SpotSettlement

PACES = (1.0, 0.6, 0.3, 0.12, 0.04, 0.01)
MERGES = 8
ANSWERED = timedelta(weeks=6)
HANDED_DOWN, PASSED_ON = 2, 9  # of so many that could go that way one does


BY_CHANCE: tuple[tuple[Path, int], ...] = (
    (paths.plain, 40),
    (paths.spot, 24),
    (paths.extended, 6),
    (paths.performing, 5),
    (paths.reported_up, 5),
    (paths.not_resolved, 5),
    (paths.declined, 4),
    (paths.redone, 4),
    (paths.returned, 4),
    (paths.routed, 4),
    (paths.withdrawn, 3),
    (paths.suspended, 3),
    (paths.transferred, 3),
    (paths.reopened, 2),
    (paths.transferred_out, 2),
)
EARLY_ENDS = {paths.spot, paths.declined, paths.withdrawn, paths.transferred_out, paths.not_resolved}
COUNTY_SOURCES = {"petition", "leader_reception"}


@dataclass
class Plan:
    """A dispute with who registers it and every step taken until the day of loading."""

    story: Story
    registrar: str
    facts: IntakeFacts
    moves: list[Move] = field(default_factory=list)


def all_plans(now: datetime, count: int = COUNT) -> list[Plan]:
    """In the order of registration; second reports come as disputes of their own."""
    wanted = list(all_wanted())
    stories = all_stories(now, count, [one.window for one in wanted])
    plans = []
    for story in stories:
        rnd = random.Random(f"{SEED}-{story.index}")
        asked = wanted[story.index] if story.index < len(wanted) else None
        plans.append(_to_stage(story, asked, now, rnd) if asked else _by_chance(story, now, rnd))
    plans += _merges(plans, now)
    return sorted(plans, key=lambda plan: plan.story.registered_at)


def _to_stage(story: Story, asked: Wanted, now: datetime, rnd: random.Random) -> Plan:
    """As fast as it must go to have come there by now."""
    stage, plan = asked.stage, Plan(story, registrar_of(story), story.facts)
    if stage.path is None:
        return plan
    state = rnd.getstate()
    for pace in PACES:
        rnd.setstate(state)
        course = Course(story, now, rnd, pace, stage.last_step, unit=asked.unit, quiet=_is_quiet(story, now))
        plan.moves = _written(stage.path, course)
        if plan.moves and plan.moves[-1].step == stage.last_step:
            break
    return plan


def _written(path: Path, course: Course) -> list[Move]:
    with suppress(Cut):
        path(course)
    return course.moves


def _by_chance(story: Story, now: datetime, rnd: random.Random) -> Plan:
    path = _path_of(story, rnd)
    registrar = registrar_of(story)
    facts = story.facts
    course = Course(story, now, rnd, by_county=_goes_to_county(story), slow=rnd.random() < 0.12)
    course.quiet = _is_quiet(story, now)
    if path is paths.spot:
        account = course.words("settled_on_spot")
        facts = replace(facts, settle_on_spot=SpotSettlement(True, rnd.choice(("oral", "written")), account))
        registrar = f"{story.town.alias}.clerk"
    if path is centres.passed_on:
        registrar = f"{centres.window_of(story)}.clerk"
    return Plan(story, registrar, facts, _written(path, course))


def _path_of(story: Story, rnd: random.Random) -> Path:
    facts, level = story.facts, story.skeleton.level
    if facts.towns and story.index % 4 == 0:
        return paths.finally_given
    if (
        (facts.towns or len(facts.sectors) > 1)
        and facts.source not in COUNTY_SOURCES
        and not facts.restricted
    ):
        return paths.reported_up
    if facts.source in COUNTY_SOURCES and story.index % HANDED_DOWN == 0 and not _is_delicate(facts):
        return centres.handed_down
    path = rnd.choices([path for path, _weight in BY_CHANCE], [weight for _path, weight in BY_CHANCE])[0]
    if path is paths.spot and _would_warn(facts):
        return paths.plain
    serious = level or story.skeleton.group or _is_delicate(facts)
    if path is paths.plain and not serious and registrar_of(story).endswith(".clerk"):
        return centres.passed_on if story.index % PASSED_ON == 0 else path
    if serious and path in EARLY_ENDS:
        return paths.plain
    fits = path not in TOWN_ONLY or not (facts.restricted or facts.source in COUNTY_SOURCES)
    return path if fits else paths.plain


def _is_delicate(facts: IntakeFacts) -> bool:
    """A few people's business from the first hour: it stays where it is."""
    return bool(facts.danger or facts.restricted or facts.accused_units or facts.accused_people)


@cache
def _policy() -> Policy:
    return compiled(default_document())


def _would_warn(facts: IntakeFacts) -> bool:
    """What may need a warning is not settled on the spot; the form would refuse it."""
    return classify(facts.narrative, people_count=facts.people_count, policy=_policy()).level > 0


def _is_quiet(story: Story, now: datetime) -> bool:
    """Of the last weeks, and read as the product reads it: what was accepted earlier was accepted without an answer."""
    facts = story.facts
    if story.registered_at < now - ANSWERED:
        return False
    return not verdict_of(_policy(), facts.narrative, facts.title, facts.people_count).level


TOWN_ONLY = {paths.reported_up, paths.returned, paths.transferred, paths.spot}


def registrar_of(story: Story) -> str:
    """The county centre what comes to it, a village what it found itself, a mediator at times, else the clerk."""
    if story.facts.source in COUNTY_SOURCES and not story.facts.accused_units:
        return "county.office"
    if story.facts.source == "village" and not story.facts.accused_units:
        return story.village.alias
    return f"{story.town.alias}.mediator" if story.index % 17 == 0 else f"{story.town.alias}.clerk"


def _goes_to_county(story: Story) -> bool:
    """What it registers itself, and complaints about somebody who also holds a post of the town."""
    return registrar_of(story) == "county.office" or bool(set(story.facts.accused_people) & set(SECOND_POSTS))


def _merges(plans: list[Plan], now: datetime) -> list[Plan]:
    """The same matter, reported once more by telephone, merged into the case that is in hand."""
    hosts = [plan for plan in plans if _can_be_host(plan, now)]
    found = []
    for plan in hosts[:: max(1, len(hosts) // MERGES)][:MERGES]:
        story, town = plan.story, plan.story.town.alias
        at = _last_of(plan) + timedelta(hours=26)  # nothing is written into the host's past
        facts = replace(story.facts, source="hotline", narrative=f"热线工单：{story.facts.narrative}")
        twin = replace(story, registered_at=at, facts=facts, index=10_000 + story.index)
        merge = Move(at + timedelta(hours=3), f"{town}.coordinator", "merge", into=story.index)
        found.append(Plan(twin, f"{town}.clerk", facts, [merge]))
    return found


def _last_of(plan: Plan) -> datetime:
    return plan.moves[-1].at if plan.moves else plan.story.registered_at


def _can_be_host(plan: Plan, now: datetime) -> bool:
    """In the town's hands when the second call comes, and still there; no warning whose past it would change."""
    at = _last_of(plan) + timedelta(hours=30)
    steps = {move.step for move in plan.moves}
    quiet = not steps & {"report_up", "decline", "withdraw", "submit_result", "request_return"}
    in_hand = quiet and "sign_for" in steps and at < now
    return in_hand and not _goes_to_county(plan.story) and not plan.story.skeleton.level
