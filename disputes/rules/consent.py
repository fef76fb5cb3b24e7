"""告知单位: a matter inside a unit is told to that unit only where those who brought it agree. Pure.

By §8 its head answers for it; who complained about their employer stands in its power and is asked first. Where nobody
said yes the answer is no, and the town's leaders lead it.
"""

INSIDE = "inside"


def is_asked(unit_relation: str) -> bool:
    """Only inside a unit is a matter given to the one it is about."""
    return unit_relation == INSIDE


def settled(stated: bool | None, unit_relation: str, *, knows: bool = False) -> bool | None:
    """What is kept of the answer: None where it is not asked. `knows`: the unit itself brought the matter."""
    return (bool(stated) or knows) if is_asked(unit_relation) else None


def corrected(
    stated: bool | None, unit_relation: str, before: bool | None, *, as_before: bool, knows: bool = False
) -> bool | None:
    """The answer after a correction, `stated` being None where it says nothing of it.

    `as_before`: it was and is a matter inside the same unit; then the answer stands, also that nobody asked when it was
    registered (`before` None). A yes was given for one unit and does not pass to another.
    """
    if stated is None and as_before:
        return True if knows else before
    return settled(stated, unit_relation, knows=knows)


def stricter(one: bool | None, other: bool | None) -> bool | None:
    """Of two matters about the same unit that become one: a no holds for both."""
    answers = [answer for answer in (one, other) if answer is not None]
    return all(answers) if answers else None
