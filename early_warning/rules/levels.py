"""Which changes of a level wait for somebody's consent. Level 1 is the highest, 0 means no warning."""

NONE = 0
CONSENT_FOR = frozenset({1, 2})


def is_higher(level: int, than: int) -> bool:
    """Whether `level` is more serious; any level is more serious than none."""
    return level != NONE and (than == NONE or level < than)


def higher(one: int, other: int) -> int:
    return one if is_higher(one, other) else other


def needs_reason(proposed: int, answered: int) -> bool:
    """Whoever says what was proposed needs no words of their own; whoever says something else does."""
    return proposed != answered


def needs_consent(level_from: int, level_to: int) -> bool:
    """Lowering or lifting level 1 or 2 needs the addressee's consent; raising never waits."""
    return level_from in CONSENT_FOR and is_higher(level_from, level_to)
