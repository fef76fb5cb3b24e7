"""What kind of thing a notice is about, in the few words by which people filter and mute. A table; the first match."""

DANGER, ESCALATION, WARNING, TURN = "danger", "escalation", "warning", "turn"
DUE, LATE, REQUEST, REMINDER = "due", "late", "request", "reminder"
MEETING, TWINS, HOUSE, OTHER = "meeting", "twins", "house", "other"
TALK, FOLLOWED = "talk", "followed"

BEGINNINGS = (
    ("danger", DANGER),
    ("warning.escalation", ESCALATION),
    ("warning.phone", ESCALATION),
    ("warning.consent", REQUEST),
    ("warning.", WARNING),
    ("leader.", WARNING),
    ("case_leader", WARNING),
    ("step.", TURN),
    ("person_left", TURN),
    ("passed_over", TURN),
    ("recalled", TURN),
    ("reopened", TURN),
    ("withdrawn", TURN),
    ("instruct", TURN),
    ("not_resolved.", TURN),
    ("deadline.missed", LATE),
    ("deadline.", DUE),
    ("request.", REQUEST),
    ("silence.", REQUEST),
    ("reminder", REMINDER),
    ("coordinated", MEETING),
    ("comment", TALK),
    ("followed.", FOLLOWED),
    ("merged", TWINS),
    ("duplicate.", TWINS),
    ("ledger.", HOUSE),
    ("import_done", HOUSE),
    ("delegation.", HOUSE),
    ("account.", HOUSE),
    ("channel.", HOUSE),
)
NEVER_MUTED = frozenset({DANGER, ESCALATION})
"""Danger to life, and what a leader is asked by the chain of reports: nobody may keep themselves from hearing it."""


def topic_of(kind: str) -> str:
    return next((topic for beginning, topic in BEGINNINGS if kind.startswith(beginning)), OTHER)


def is_muted(topic: str, *, urgent: bool, wishes: frozenset[str]) -> bool:
    """Whether somebody with these wishes is told silently. What is urgent always rings."""
    return topic in wishes and topic not in NEVER_MUTED and not urgent
