"""The papers of the county as one table: who may print one, when it arises, and how it is numbered."""

from dataclasses import dataclass
from enum import StrEnum


class For(StrEnum):
    """Whom a paper is for."""

    PARTY = "party"  # a sheet for each who applied
    HOUSE = "house"  # between units, or for the file: one sheet for each time it arose
    ELSEWHERE = "elsewhere"  # printed by another page; here for its number


@dataclass(frozen=True)
class PaperKind:
    """A row. `mark` stands in its number; who holds one of `permissions` prints it; `steps` are the trail entries
    each of which gives occasion to one."""

    id: str
    mark: str
    whom: For
    permissions: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    by_receiver: bool = False  # issued by who received the matter, else by the centre that manages it


PAPERS: dict[str, PaperKind] = {
    kind.id: kind
    for kind in (
        PaperKind("receipt", "登", For.PARTY, ("register",), by_receiver=True),
        PaperKind("acceptance", "受", For.PARTY, ("register",)),
        PaperKind("refusal", "不受", For.PARTY, ("register",)),
        PaperKind("not_resolved", "未", For.PARTY, ("register", "revisit")),
        PaperKind("delivery", "送", For.PARTY, ("register", "dispatch")),
        PaperKind(
            "dispatch_order",
            "交",
            For.HOUSE,
            ("dispatch", "handle"),
            ("assign", "transfer", "pass_to", "hand_down"),
        ),
        PaperKind("urging", "催", For.HOUSE, ("dispatch",), ("reminded", "deadline_missed")),
        PaperKind("handing_over", "移", For.HOUSE, ("dispatch",), ("transfer", "approve_result", "pass_to")),
        PaperKind(
            "extension", "延", For.HOUSE, ("dispatch", "handle", "decide_again"), ("request_extension",)
        ),
        PaperKind("return", "退", For.HOUSE, ("dispatch", "handle"), ("request_return",)),
        PaperKind("conclusion", "结", For.HOUSE, ("dispatch", "handle", "close"), ("submit_result",)),
        PaperKind("revisit", "访", For.HOUSE, ("revisit", "dispatch"), ("revisit",)),
        PaperKind("warning", "警", For.ELSEWHERE),
        PaperKind("letter", "函", For.ELSEWHERE),
        PaperKind("minutes", "纪", For.ELSEWHERE),
    )
}


# a step that gives occasion to a paper only where it leads there: out of the county, to a unit, to another town
LEADING_TO = {
    ("handing_over", "approve_result"): "transferred_out",
    ("dispatch_order", "pass_to"): "assigned",
    ("handing_over", "pass_to"): "registered",
}


def number_of(mark: str, kind: str, year: int, serial: int) -> str:
    """青综治登〔2026〕62号 (GB/T 9704): the unit's 机关代字, year and serial, no 第, no leading zeros."""
    return f"{mark}{PAPERS[kind].mark}〔{year}〕{serial}号"


def gives_occasion(kind: PaperKind, step: str, status_to: str) -> bool:
    """Whether such an entry of the trail gives occasion to such a paper."""
    if step not in kind.steps:
        return False
    wanted = LEADING_TO.get((kind.id, step))
    return wanted is None or status_to == wanted
