"""Which dispute goes which way: some by what every account needs to find, the others by chance."""

import random
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from demo.build import paths
from demo.build.course import Course, Cut, Move
from demo.build.paths import Path
from demo.departments import DEPARTMENT_OF, DEPARTMENTS
from demo.stories import SEED, Story
from disputes.rules.intake import IntakeFacts, SpotSettlement

PACES = (1.0, 0.6, 0.3, 0.12, 0.04, 0.01)
MERGES = 8
FINAL_WORDS = 3


@dataclass(frozen=True)
class Stage:
    """How far a dispute is to have come, and with which unit of the town."""

    path: Path | None
    last_step: str = ""
    unit: str = ""


# Newest first: what each town's accounts find waiting for them.
TOWN_STAGES: tuple[Stage, ...] = (
    Stage(None),
    Stage(paths.returned, "request_return", "hrss"),
    Stage(paths.reported_up, "report_up"),
    Stage(paths.plain, "accept"),
    Stage(paths.plain, "assign", "v01"),
    Stage(paths.plain, "assign", "police"),
    Stage(paths.plain, "sign_for", "justice"),
    Stage(paths.plain, "sign_for", "tribunal"),
    Stage(paths.plain, "submit_result"),
    Stage(paths.plain, "report_progress", "mediation"),
    Stage(paths.extended, "request_extension", "v02"),
    Stage(paths.plain, "report_progress", "petition"),
    Stage(paths.plain, "approve_result", "v01"),
    Stage(paths.performing, "approve_result"),
)
DEPARTMENT_STAGES = ("assign", "sign_for", "report_progress", "sign_for")
# States that last a short while only, so that one of each is there; (stage, how many newer ones to pass over).
RARE_STAGES: tuple[tuple[Stage, int], ...] = (
    (Stage(paths.withdrawn, "withdraw"), 60),
    (Stage(paths.transferred_out, "approve_result"), 70),
    (Stage(paths.not_resolved, "approve_result"), 150),
    (Stage(paths.not_resolved, "approve_result"), 160),
    (Stage(paths.suspended, "suspend"), 120),
    (Stage(paths.suspended, "suspend"), 130),
    (Stage(paths.routed, "approve_result"), 170),
    (Stage(paths.reopened, "reopen"), 225),
    (Stage(None), 90),
    (Stage(paths.plain, "accept"), 100),
    (Stage(paths.plain, "assign", "v03"), 110),
)
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


def all_plans(stories: list[Story], now: datetime) -> list[Plan]:
    """In the order of registration; merges come as disputes of their own."""
    wanted = _wanted(stories)
    plans = []
    for number, story in enumerate(stories):
        rnd = random.Random(f"{SEED}-{number}")
        stage = wanted.get(story.index)
        plans.append(_to_stage(story, stage, now, rnd) if stage else _by_chance(story, now, rnd))
    plans += _merges(plans, now)
    return sorted(plans, key=lambda plan: plan.story.registered_at)


def _wanted(stories: list[Story]) -> dict[int, Stage]:
    """Story index → stage, so that every account of the README finds something to do."""
    newest = list(reversed(stories))
    found: dict[int, Stage] = {}
    _first_fitting(
        newest, found, lambda story: story.skeleton.unit == "unit01", Stage(paths.plain, "sign_for", "unit01")
    )
    for number, department in enumerate(row for row in DEPARTMENTS if not row.is_vertical):
        stage = Stage(paths.reported_up, DEPARTMENT_STAGES[number % len(DEPARTMENT_STAGES)], department.alias)
        _for_department(newest, found, stage)
    for stage, newer in RARE_STAGES:
        _first_fitting(
            newest[newer:], found, lambda story: not _is_special(story) and not story.skeleton.level, stage
        )
    for town in dict.fromkeys(story.town.alias for story in stories):
        mine = [s for s in newest if s.town.alias == town and s.index not in found and not _is_special(s)]
        found |= {story.index: stage for story, stage in zip(mine, TOWN_STAGES, strict=False)}
    return found


def _is_special(story: Story) -> bool:
    """Left to chance: complaints, restricted cases and what goes to the county."""
    facts = story.facts
    return bool(facts.accused_units or facts.towns or facts.restricted or facts.source in COUNTY_SOURCES)


def _for_department(newest: list[Story], found: dict[int, Stage], stage: Stage) -> None:
    own = [story for story in newest if DEPARTMENT_OF[story.facts.category] == stage.unit]
    _first_fitting([*own, *newest[20:]], found, lambda story: not _is_special(story), stage)


def _first_fitting(stories: Iterable[Story], found: dict[int, Stage], fits, stage: Stage) -> None:  # type: ignore[no-untyped-def]  # a local question
    for story in stories:
        if story.index not in found and fits(story):
            found[story.index] = stage
            return


def _to_stage(story: Story, stage: Stage, now: datetime, rnd: random.Random) -> Plan:
    """As fast as it must go to have come there by now."""
    plan = Plan(story, registrar_of(story), story.facts)
    if stage.path is None:
        return plan
    state = rnd.getstate()
    for pace in PACES:
        rnd.setstate(state)
        course = Course(story, now, rnd, pace, stage.last_step, unit=_unit_code(story, stage.unit))
        plan.moves = _written(stage.path, course)
        if any(move.step == stage.last_step for move in plan.moves):
            break
    return plan


def _unit_code(story: Story, suffix: str) -> str:
    """A town's own unit by its suffix; departments and enterprises have codes of their own."""
    own = {stage.unit for stage in (*TOWN_STAGES, *(stage for stage, _newer in RARE_STAGES))}
    return f"{story.town.alias}.{suffix}" if suffix in own and suffix else suffix


def _written(path: Path, course: Course) -> list[Move]:
    with suppress(Cut):
        path(course)
    return course.moves


def _by_chance(story: Story, now: datetime, rnd: random.Random) -> Plan:
    path = _path_of(story, rnd)
    registrar = registrar_of(story)
    facts = story.facts
    course = Course(story, now, rnd, by_county=registrar == "county.office", slow=rnd.random() < 0.12)
    if path is paths.spot:
        account = course.words("settled_on_spot")
        facts = replace(facts, settle_on_spot=SpotSettlement(True, rnd.choice(("oral", "written")), account))
        registrar = f"{story.town.alias}.clerk"
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
    path = rnd.choices([path for path, _weight in BY_CHANCE], [weight for _path, weight in BY_CHANCE])[0]
    serious = level or facts.danger or facts.restricted or facts.accused_units or story.skeleton.group
    if serious and path in EARLY_ENDS:
        return paths.plain
    fits = path not in TOWN_ONLY or not (facts.restricted or facts.source in COUNTY_SOURCES)
    return path if fits else paths.plain


TOWN_ONLY = {paths.reported_up, paths.returned, paths.transferred, paths.spot}


def registrar_of(story: Story) -> str:
    """The county centre what comes to it, a village what it found itself, a mediator at times, else the clerk."""
    if story.facts.source in COUNTY_SOURCES and not story.facts.accused_units:
        return "county.office"
    if story.facts.source == "village" and not story.facts.accused_units:
        return story.village.alias
    return f"{story.town.alias}.mediator" if story.index % 17 == 0 else f"{story.town.alias}.clerk"


def _merges(plans: list[Plan], now: datetime) -> list[Plan]:
    """The same matter, reported once more by telephone, merged into the case that is in hand."""
    hosts = [plan for plan in plans if _can_be_host(plan, now)]
    found = []
    for plan in hosts[:: max(1, len(hosts) // MERGES)][:MERGES]:
        story, town = plan.story, plan.story.town.alias
        at = story.registered_at + timedelta(hours=26)
        facts = replace(story.facts, source="hotline", narrative=f"热线工单：{story.facts.narrative}")
        twin = replace(story, registered_at=at, facts=facts, index=10_000 + story.index)
        merge = Move(at + timedelta(hours=3), f"{town}.coordinator", "merge", into=story.index)
        found.append(Plan(twin, f"{town}.clerk", facts, [merge]))
    return found


def _can_be_host(plan: Plan, now: datetime) -> bool:
    """In the town's hands when the second call comes, and still there."""
    at = plan.story.registered_at + timedelta(hours=30)
    steps = {move.step for move in plan.moves}
    quiet = not steps & {"report_up", "decline", "withdraw", "submit_result", "request_return"}
    return quiet and "sign_for" in steps and at < now and plan.registrar != "county.office"
