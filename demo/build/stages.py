"""Where some disputes are to stand on the day of loading, so that every account finds something to do."""

from collections.abc import Iterator
from dataclasses import dataclass

from demo.build import paths
from demo.build.paths import RESULT_DAYS, Path
from demo.county import county
from demo.departments import DEPARTMENT_OF, DEPARTMENTS
from demo.skeletons import Skeleton
from demo.stories import Window

Days = tuple[float, float]


@dataclass(frozen=True)
class Stage:
    """How far it has come, with which unit, and how long ago it was registered. `every`: in each n-th town only."""

    path: Path | None
    last_step: str
    unit: str
    ages: Days
    every: int = 1
    whole_month: bool = False  # only categories with the ordinary limit


@dataclass(frozen=True)
class Wanted:
    """A stage in a town, with the code of the unit it is with; `kind` narrows the skeletons."""

    stage: Stage
    town: str
    unit: str = ""
    kind: str = ""
    level: int = 0  # only skeletons that tell of a warning of that level

    def fits(self, skeleton: Skeleton) -> bool:
        """Complaints, restricted cases and those of two villages are left to chance."""
        if self.level:
            return skeleton.level == self.level and not skeleton.restricted and not skeleton.accused
        if skeleton.accused or skeleton.restricted or skeleton.category == "medical" or skeleton.parties:
            return False
        if (
            skeleton.danger
            or skeleton.source
            or (self.stage.whole_month and skeleton.category in RESULT_DAYS)
        ):
            return False
        if self.kind == "unit01":
            return skeleton.unit == "unit01"
        return not self.kind or self.kind in _departments_of(skeleton.category)

    @property
    def window(self) -> Window:
        return Window(self.town, self.stage.ages, self.fits, any_hour=self.level > 0)


TOWN_STAGES: tuple[Stage, ...] = (
    Stage(None, "", "", (0, 1)),
    Stage(paths.plain, "accept", "", (0.8, 1.8), every=2),
    Stage(paths.returned, "request_return", "hrss", (0.8, 2), every=3),
    Stage(paths.reported_up, "report_up", "", (0.8, 2), every=3),
    Stage(paths.plain, "assign", "v01", (1, 2)),
    Stage(paths.plain, "assign", "police", (1, 3)),
    Stage(paths.plain, "sign_for", "justice", (3, 12)),
    Stage(paths.plain, "sign_for", "tribunal", (3, 14)),
    Stage(paths.plain, "submit_result", "mediation", (8, 13), every=2, whole_month=True),
    Stage(paths.plain, "report_progress", "mediation", (8, 26), whole_month=True),
    Stage(paths.plain, "report_progress", "petition", (9, 27), whole_month=True),
    Stage(paths.extended, "request_extension", "v02", (16, 22), every=3, whole_month=True),
    Stage(paths.plain, "approve_result", "v01", (11, 18), whole_month=True),
    Stage(paths.performing, "approve_result", "justice", (20, 70), every=2, whole_month=True),
)
LATE_STAGES: tuple[Stage, ...] = (
    Stage(None, "", "", (5, 8), every=4),
    Stage(paths.plain, "accept", "", (6, 9), every=4),
    Stage(paths.plain, "assign", "v03", (6, 10), every=4),
    Stage(paths.plain, "sign_for", "enforcement", (34, 50), every=3),
    Stage(paths.plain, "report_progress", "agri", (38, 60), every=4),
    Stage(paths.plain, "approve_result", "nr", (30, 45), every=6),
)
RARE_STAGES: tuple[Stage, ...] = (
    Stage(paths.withdrawn, "withdraw", "", (4, 12)),
    Stage(paths.transferred_out, "approve_result", "", (6, 14)),
    Stage(paths.not_resolved, "approve_result", "", (10, 20)),
    Stage(paths.suspended, "suspend", "", (8, 25)),
    Stage(paths.suspended, "suspend", "", (8, 25)),
    Stage(paths.routed, "approve_result", "", (15, 30)),
    Stage(paths.reopened, "reopen", "", (45, 60)),
)
DEPARTMENT_STAGES: tuple[Stage, ...] = (
    Stage(paths.reported_up, "assign", "", (2, 4)),
    Stage(paths.reported_up, "sign_for", "", (4, 12)),
    Stage(paths.reported_up, "report_progress", "", (12, 25), whole_month=True),
)
LIVE_WARNINGS: tuple[tuple[str, int, Days], ...] = (  # so that every level has some in different states
    ("t01", 1, (0.05, 0.4)),
    ("t01", 2, (0.1, 1)),
    ("t01", 3, (0.1, 1.5)),
    ("t05", 1, (0.3, 1.2)),
    ("t11", 1, (0.6, 1.6)),
    ("t03", 2, (0.5, 2)),
    ("t09", 2, (1, 3)),
    ("t02", 3, (1, 4)),
    ("t07", 3, (2, 6)),
    ("t12", 3, (0.2, 1)),
)
UNIT_STAGE = Stage(paths.plain, "sign_for", "", (3, 9))
NO_CATEGORY_OF_ITS_OWN = {"union": "labour_other", "veterans": "other", "transport": "traffic"}


def all_wanted() -> Iterator[Wanted]:
    towns = [town.alias for town in county().towns]
    yield Wanted(UNIT_STAGE, "t01", "unit01", "unit01")
    for number, department in enumerate(row for row in DEPARTMENTS if not row.is_vertical):
        stage = DEPARTMENT_STAGES[number % len(DEPARTMENT_STAGES)]
        own = {category for category, alias in DEPARTMENT_OF.items() if alias == department.alias}
        if own <= set(RESULT_DAYS):
            stage = DEPARTMENT_STAGES[1]
        yield Wanted(stage, towns[number % len(towns)], department.alias, department.alias)
    for number, stage in enumerate(RARE_STAGES):
        yield Wanted(stage, towns[(5 * number + 3) % len(towns)])
    for row, stage in enumerate((*TOWN_STAGES, *LATE_STAGES)):
        for number, town in enumerate(towns):
            if (number + row) % stage.every == 0:
                yield Wanted(stage, town, f"{town}.{stage.unit}" if stage.unit else "")
    for number, (town, level, ages) in enumerate(LIVE_WARNINGS):
        in_hand = level in {1, 2} or number % 2  # taken on at once
        stage = Stage(paths.plain, "sign_for", "", ages) if in_hand else Stage(None, "", "", ages)
        yield Wanted(stage, town, f"{town}.justice" if stage.path else "", level=level)


def _departments_of(category: str) -> set[str]:
    return {DEPARTMENT_OF[category], *(k for k, v in NO_CATEGORY_OF_ITS_OWN.items() if v == category)}
