"""What a verification read, what is wrong, and what must be known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from audit.comparing import Compared
from safekeeping.rules.faults import Fault, Remark

KEPT_FAULTS = 200
KEPT_REMARKS = 100


@dataclass
class Findings:
    """Of many faults and remarks the first are kept."""

    entries: int = 0
    texts: int = 0
    withheld: int = 0
    rows: int = 0
    taken_over: int = 0  # rows whose first record is an upgrade's
    seals: int = 0
    unsealed: int = 0
    sealed_until: date | None = None
    fault_count: int = 0
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def add(self, faults: Iterable[Fault]) -> None:
        for fault in faults:
            self.fault_count += 1
            if len(self.faults) < KEPT_FAULTS:
                self.faults.append(fault)

    def remark(self, remarks: Iterable[Remark]) -> None:
        self.remarks += list(remarks)[: max(0, KEPT_REMARKS - len(self.remarks))]

    def count_rows(self, compared: Compared) -> None:
        self.rows += compared.rows
        self.taken_over += compared.taken_over
