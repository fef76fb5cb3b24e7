"""Short ways to ask the shipped policy."""

from functools import cache

from classifier.rules import Policy, Verdict, classify, default_document


@cache
def shipped_policy() -> Policy:
    return Policy.from_document(default_document())


def verdict(text: str, people_count: int | None = None) -> Verdict:
    return classify(text, people_count=people_count, policy=shipped_policy())


def level(text: str, people_count: int | None = None) -> int:
    return verdict(text, people_count).level


def danger(text: str, people_count: int | None = None) -> bool:
    return verdict(text, people_count).danger


def indicators(text: str, people_count: int | None = None) -> set[str]:
    return {each.indicator for each in verdict(text, people_count).evidence}
