"""A few disputes played through the real services; the generator multiplies their rows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from demo.build.playing import Cast, flag_missed
from demo.county import Town, county
from disputes.rules.intake import IntakeFacts, PartyFacts, SpotSettlement
from disputes.services import intake, steps

# hours after the one before, last part of the account, step, data
Move = tuple[float, str, str, dict[str, Any]]
START = 300  # days before now at which prototypes are registered
PROGRESS = {"account": "双方已见面一次，分歧缩小，约定下周再谈。"}
RESULT = {"outcome": "written_agreement", "account": "双方达成书面协议，当场履行。"}

TAKEN_ON: list[Move] = [
    (3, "coordinator", "accept", {}),
    (2, "coordinator", "assign", {"lead_unit": "justice"}),
]
SIGNED: list[Move] = [*TAKEN_ON, (2, "justice", "sign_for", {})]
SETTLED: list[Move] = [
    *SIGNED,
    (90, "justice", "submit_result", RESULT),
    (5, "coordinator", "approve_result", {"outcome": "settled"}),
]


@dataclass(frozen=True)
class Shape:
    """A way through the lifecycle with 5 to 8 ledger entries. `share` of the old or of the recent disputes."""

    name: str
    is_old: bool
    share: float
    moves: tuple[Move, ...]
    missed_after_days: int = 0
    on_the_spot: bool = False


SHAPES: tuple[Shape, ...] = (
    Shape("closed", True, 0.75, ((30, "coordinator", "close", {}),), on_the_spot=True),
    Shape("archived", True, 0.25, (
        (3, "coordinator", "accept", {}),
        (4, "coordinator", "withdraw", {"reason": "双方自行和解，申请人撤回申请。"}),
        (30, "coordinator", "close", {}),
        (90, "coordinator", "archive", {}),
    )),
    Shape("in_progress", False, 0.40, (*SIGNED, (60, "justice", "report_progress", PROGRESS))),
    Shape("assigned", False, 0.15, (
        *SIGNED, (20, "coordinator", "transfer", {"lead_unit": "mediation", "reason": "改由调委会办理更合适。"}),
    )),
    Shape("submitted", False, 0.15, (*SIGNED, (90, "justice", "submit_result", RESULT))),
    Shape("settled", False, 0.20, tuple(SETTLED)),
    Shape("late", False, 0.10, (*SIGNED, (60, "justice", "report_progress", PROGRESS)), missed_after_days=40),
)  # fmt: skip


def play_all(now: datetime) -> dict[tuple[str, str], int]:
    """(shape, town) → the dispute's id."""
    cast = Cast()
    return {
        (shape.name, town.alias): _play(shape, town, cast, now) for shape in SHAPES for town in county().towns
    }


def _play(shape: Shape, town: Town, cast: Cast, now: datetime) -> int:
    at = (now - timedelta(days=START)).replace(hour=1, minute=5, second=7, microsecond=0)
    facts = IntakeFacts(
        title=f"原型 {shape.name}",
        narrative="生成器按此复制。",
        category="neighbour",
        source="walk_in",
        place=town.villages[0].code,
        people_count=2,
        occurred_on=at.date(),
        amount_fen=480_000,
        parties=(
            PartyFacts("applicant", "natural", "原型甲"),
            PartyFacts("respondent", "natural", "原型乙"),
        ),
        settle_on_spot=SpotSettlement(agreed=True, way="oral") if shape.on_the_spot else None,
    )
    dispute, _code = intake.register(facts=facts, by=cast[f"{town.alias}.clerk"], now=at)
    for hours, who, step, data in shape.moves:
        at += timedelta(hours=hours)
        given = data | {"lead_unit": f"{town.alias}.{data['lead_unit']}"} if "lead_unit" in data else data
        by = cast[f"{town.alias}.{who}"]
        dispute = steps.take(step, number=dispute.number, data=given, by=by, now=at)
    if shape.missed_after_days:
        flag_missed(dispute, at + timedelta(days=shape.missed_after_days))
    return dispute.pk
