"""Classify: normalise, find, take back what traps take back, combine by the table, show the evidence."""

from collections.abc import Iterable
from dataclasses import dataclass

from classifier.rules.crowds import Crowds
from classifier.rules.hits import Hit, find_hits
from classifier.rules.policy import Combination, Policy
from classifier.rules.text import Narrative
from classifier.rules.verdict import Evidence, Verdict

MOST_EVIDENCE = 40
MOST_SAID_OF_NOW = 5
GRAVEST = 1
HEAD_COUNT = "head_count"


@dataclass(frozen=True, slots=True)
class Decision:
    rule: Combination
    hits: tuple[Hit, ...]


def classify(text: str, *, people_count: int | None, policy: Policy) -> Verdict:
    """The level the policy gives a narrative, its marks of danger and of going on now, and the words that say so.

    `people_count` is what the form says; it can make a group, never a level.
    """
    narrative = Narrative.of(text)
    standing = [hit for hit in find_hits(narrative, policy, people_count) if not hit.trap]
    crowds = Crowds(narrative, policy, people_count)
    decision = _decide(standing, crowds, policy)
    dangers = [hit for hit in standing if hit.indicator in _danger_ids(policy)]
    now = _going_on(standing, decision, narrative, policy)
    return Verdict(
        level=decision.rule.level if decision else 0,
        danger=bool(dangers),
        evidence=_evidence(narrative, crowds, decision, [*dangers, *now[:MOST_SAID_OF_NOW]]),
        rule=decision.rule.id if decision else "",
        happening=bool(now),
    )


def _danger_ids(policy: Policy) -> frozenset[str]:
    return frozenset(indicator.id for indicator in policy.indicators if indicator.danger)


def _going_on(
    standing: list[Hit], decision: Decision | None, narrative: Narrative, policy: Policy
) -> list[Hit]:
    """The words that say of a level 1 that it goes on now: in a sentence of its evidence, or in one beside it."""
    if decision is None or decision.rule.level != GRAVEST:
        return []
    ongoing = frozenset(indicator.id for indicator in policy.indicators if indicator.ongoing)
    told = {narrative.sentence_number(hit.start) for hit in decision.hits}
    near = {number + beside for number in told for beside in (-1, 0, 1)}
    return [
        hit for hit in standing if hit.indicator in ongoing and narrative.sentence_number(hit.start) in near
    ]


def _decide(standing: list[Hit], crowds: Crowds, policy: Policy) -> Decision | None:
    for rule in policy.rules:
        hits = _fulfilled(rule, standing, crowds)
        if hits:
            return Decision(rule, hits)
    return None


def _fulfilled(rule: Combination, standing: list[Hit], crowds: Crowds) -> tuple[Hit, ...]:
    """The hits that together satisfy the rule, or none."""
    wanted = frozenset().union(*rule.needs)
    relevant = [hit for hit in standing if hit.indicator in wanted]
    for together in _gatherings(rule, relevant, crowds.narrative):
        complete = all(any(hit.indicator in need for hit in together) for need in rule.needs)
        if complete and any(crowds.holds(rule.people, hit) for hit in together):
            return tuple(together)
    return ()


def _gatherings(rule: Combination, hits: list[Hit], narrative: Narrative) -> Iterable[list[Hit]]:
    """The hits split as the rule wants them together: in the whole text, one sentence or one clause."""
    if rule.together == "text":
        return [hits] if hits else []
    unit = narrative.sentence if rule.together == "sentence" else narrative.clause
    gathered: dict[tuple[int, int], list[Hit]] = {}
    for hit in hits:
        gathered.setdefault(unit(hit.start), []).append(hit)
    return gathered.values()


def _evidence(
    narrative: Narrative, crowds: Crowds, decision: Decision | None, marked: list[Hit]
) -> tuple[Evidence, ...]:
    hits = list(decision.hits if decision else ())
    marks = {(hit.start, hit.end, hit.indicator) for hit in (*hits[:MOST_EVIDENCE], *marked[:MOST_EVIDENCE])}
    for hit in hits[:MOST_EVIDENCE]:
        count = crowds.speaks_of(hit)
        if count is not None:
            marks.add((count.start, count.end, HEAD_COUNT))
    return tuple(_shown(narrative, *mark) for mark in sorted(marks)[:MOST_EVIDENCE])


def _shown(narrative: Narrative, start: int, end: int, indicator: str) -> Evidence:
    first, last = narrative.source_span(start, end)
    return Evidence(indicator, narrative.original[first:last], first, last)
