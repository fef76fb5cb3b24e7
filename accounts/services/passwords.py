"""One-time passwords: shown once to the administrator, changed at the next login."""

import secrets

LETTERS = "abcdefghjkmnpqrstuvwxyz"  # none that could be read as another
DIGITS = "23456789"
GROUPS, LONG = 4, 4


def one_time_password() -> str:
    """Four groups that can be read out on the phone, about 70 bits."""
    groups = ["".join(secrets.choice(LETTERS) for _ in range(LONG - 1)) for _ in range(GROUPS)]
    return "-".join(group + secrets.choice(DIGITS) for group in groups)
