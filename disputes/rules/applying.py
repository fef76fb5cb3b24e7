"""Whether somebody applied: only then is an applicant asked for, and only then is there somebody to hand a paper to.

One row for each source, with the reason. Whoever is in a matter that nobody applied for stands in it as `party`.
"""

APPLICANT, REPRESENTATIVE = "applicant", "representative"

ASKED: dict[str, bool] = {
    "walk_in": True,  # stood at the counter
    "phone": True,  # was on the line and can be asked
    "online": True,  # filled in the form
    "leader_reception": True,  # sat before the leader
    "letter": False,  # may be anonymous, and is taken all the same
    "hotline": False,  # the hotline may keep back who called
    "petition": False,  # the petition office may keep back who wrote (信访工作条例 art. 30)
    "police": False,  # handed on by an office: both sides are known, nobody applied here
    "court": False,  # the plaintiff applied to the court
    "department": False,  # handed on by an office
    "village": False,  # the village reports what it sees
    "own_initiative": False,  # found by the officers themselves
    "screening": False,  # found by the officers themselves
    "import": False,  # an old ledger names who is in it, seldom who applied
}


def asks_applicant(source: str) -> bool:
    """Whether a registration from this source must name who applied; an unknown source has its own message."""
    return ASKED.get(source, False)
