"""处理未果: what must follow before a dispute that ended without result may be closed. Pure.

What could not be resolved goes to the principal leader (§7, §8); where a mediation fails the parties are told of the
lawful routes that are left (人民调解法 art. 26).
"""

from dataclasses import dataclass

ROUTES, REVISIT, ANSWER, AGAIN = "routes", "revisit", "answer", "again"
ELSEWHERE = "elsewhere"  # a leader's answer: the parties go another lawful way, so it may be closed; AGAIN is the other


@dataclass(frozen=True)
class Followed:
    """What has followed since it was found not resolved. `answer` is the principal leader's: empty, AGAIN or ELSEWHERE;
    `chosen` that the party has chosen one of the routes told."""

    told: bool
    revisited: bool
    chosen: bool
    answer: str


def missing(since: Followed) -> tuple[str, ...]:
    """What still stands in the way of closing, in the order in which people go about it; empty when nothing does.

    AGAIN stands for a leader who wants it taken on once more: then only the party's own choice ends it.
    """
    found = [ROUTES] if not since.told else []
    found += [REVISIT] if not since.revisited else []
    if not since.chosen and since.answer != ELSEWHERE:
        found.append(AGAIN if since.answer == AGAIN else ANSWER)
    return tuple(found)
