"""Score a policy on labelled narratives: `python -m classifier.rules.scoring FILE… [--errors]`."""

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from classifier.rules.default import default_document
from classifier.rules.policy import Policy
from classifier.rules.reading import classify
from classifier.rules.verdict import Verdict

LEVELS = (1, 2, 3, 0)
UNSAID = -1


@dataclass(frozen=True, slots=True)
class Example:
    """A narrative and what people say of it. `happening` is None, `level` -1 where nobody said."""

    id: int
    text: str
    people_count: int | None
    level: int
    danger: bool
    happening: bool | None

    @classmethod
    def of(cls, row: dict[str, Any]) -> Self:
        text = row.get("text") or row["narrative"]
        level, danger = row.get("level", UNSAID), row.get("danger", False)
        return cls(row["id"], text, row.get("people_count"), level, danger, row.get("happening"))


@dataclass(frozen=True, slots=True)
class Outcome:
    example: Example
    verdict: Verdict


@dataclass(frozen=True)
class Score:
    outcomes: tuple[Outcome, ...]

    @property
    def exact(self) -> float:
        return self._share(each.example.level == each.verdict.level for each in self.outcomes)

    @property
    def danger(self) -> float:
        return self._share(each.example.danger == each.verdict.danger for each in self.outcomes)

    @property
    def events(self) -> Counter[tuple[bool | None, bool]]:
        """How often an event (labelled, proposed) as happening now came."""
        return Counter((each.example.happening, each.verdict.happening) for each in self.outcomes)

    @property
    def confusion(self) -> Counter[tuple[int, int]]:
        """How often each (labelled, proposed) pair came."""
        return Counter((each.example.level, each.verdict.level) for each in self.outcomes)

    @property
    def worst(self) -> list[Outcome]:
        """Level 1 proposed as 3 or none: the error that costs most."""
        return [each for each in self.outcomes if each.example.level == 1 and each.verdict.level in (0, 3)]

    @property
    def false_alarms(self) -> list[Outcome]:
        """Ordinary disputes proposed as level 1."""
        return [each for each in self.outcomes if each.example.level == 0 and each.verdict.level == 1]

    @property
    def wrong(self) -> list[Outcome]:
        return [
            each
            for each in self.outcomes
            if (each.example.level, each.example.danger) != (each.verdict.level, each.verdict.danger)
        ]

    def _share(self, right: Iterable[bool]) -> float:
        return sum(right) / len(self.outcomes) if self.outcomes else 1.0


def load(path: Path) -> list[Example]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Example.of(json.loads(line)) for line in lines if line.strip()]


def score(examples: Iterable[Example], policy: Policy) -> Score:
    return Score(
        tuple(
            Outcome(each, classify(each.text, people_count=each.people_count, policy=policy))
            for each in examples
        )
    )


def table(result: Score) -> str:
    """The confusion table in Markdown: rows are labels, columns proposals."""
    rows = ["| labelled \\ proposed | 1 | 2 | 3 | 0 | exact |", "|---|---|---|---|---|---|"]
    for labelled in LEVELS:
        cells = [result.confusion[labelled, proposed] for proposed in LEVELS]
        right = result.confusion[labelled, labelled]
        rows.append(f"| {labelled} | {' | '.join(map(str, cells))} | {right} of {sum(cells)} |")
    return "\n".join(rows)


def summary(result: Score) -> str:
    return (
        f"{len(result.outcomes)} narratives: level exact {result.exact:.1%}, danger {result.danger:.1%}, "
        f"level 1 proposed as 3 or 0: {len(result.worst)}, ordinary proposed as 1: {len(result.false_alarms)}"
    )


def events_summary(result: Score) -> str:
    """Of narratives labelled only with whether their event happens now."""
    told, calm = result.events[True, True], result.events[False, False]
    missed, false = result.events[True, False], result.events[False, True]
    return (
        f"{told + calm + missed + false} narratives: right {told + calm}, "
        f"happening and not proposed {missed}, proposed and not happening {false}"
    )


def _error(outcome: Outcome) -> str:
    example, verdict = outcome.example, outcome.verdict
    marks = " ".join(f"{each.indicator}={each.text}" for each in verdict.evidence)
    return (
        f"{example.id}: {example.level}{'!' if example.danger else ''} → {verdict.level}"
        f"{'!' if verdict.danger else ''} {verdict.rule} [{marks}]\n    ({example.people_count}) {example.text}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--errors", action="store_true", help="show every wrong proposal")
    options = parser.parse_args()
    policy = Policy.from_document(default_document())
    for path in options.files:
        result = score(load(path), policy)
        if result.outcomes[0].example.level == UNSAID:
            print(path.name, events_summary(result), sep="\n")
            continue
        print(path.name, summary(result), table(result), sep="\n")
        if options.errors:
            print(*map(_error, result.wrong), sep="\n")


if __name__ == "__main__":
    main()
