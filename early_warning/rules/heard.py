"""Which words of a dispute decide its level. Pure."""

from early_warning.rules.classifier import Policy, Verdict, classify

BRIEF = 40  # characters: a narrative that only points elsewhere ("详见附件") leaves the facts to the title


def verdict_of(policy: Policy, text: str, title: str, people_count: int) -> Verdict:
    """The narrative decides. Only where it says next to nothing is the title heard, without spans."""
    verdict = classify(text, people_count=people_count, policy=policy)
    if verdict.level or len(text) > BRIEF or not title or title in text:
        return verdict
    heard = classify(title, people_count=people_count, policy=policy)
    return Verdict(heard.level, heard.danger or verdict.danger, verdict.evidence, heard.rule)


def rank(level: int) -> int:
    """How serious: level 1 is the highest, 0 is none."""
    return 4 - level if level else 0
