"""Which words of a dispute decide its level. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from classifier.rules import Policy, Verdict, classify

BRIEF = 40  # characters: a narrative that only points elsewhere ("详见附件") leaves the facts to the title


def verdict_of(policy: Policy, text: str, title: str, people_count: int | None) -> Verdict:
    """The narrative decides. Only where it says next to nothing is the title heard; its evidence says so."""
    verdict = classify(text, people_count=people_count, policy=policy)
    if verdict.level or len(text) > BRIEF or not title or title in text:
        return verdict
    heard = classify(title, people_count=people_count, policy=policy)
    danger = heard.danger or verdict.danger
    told = tuple(replace(row, in_title=True) for row in heard.evidence)
    return Verdict(heard.level, danger, (*verdict.evidence, *told), heard.rule, heard.happening)


def taken_together(verdicts: Iterable[Verdict]) -> Verdict:
    """What several texts of one dispute come to: the gravest level, each mark that any of them sets. No spans."""
    heard = list(verdicts)
    gravest = max(heard, key=lambda verdict: rank(verdict.level))
    return Verdict(
        gravest.level,
        any(verdict.danger for verdict in heard),
        (),
        gravest.rule,
        any(verdict.happening for verdict in heard),
    )


def rank(level: int) -> int:
    """How serious: level 1 is the highest, 0 is none."""
    return 4 - level if level else 0
