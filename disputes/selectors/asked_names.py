"""The name a search token stands for, for who asked and for an hour; given out by `services/query_names`."""

from datetime import timedelta

from django.core import signing

from core.actor import Actor

SALT = "disputes.query_names"
VALID = timedelta(hours=1)


def hash_in(token: str, *, by: Actor) -> str | None:
    """The name's keyed hash; None when the token is broken, too old or another user's."""
    read = _read(token, by)
    return read[0] if read else None


def label_in(token: str, *, by: Actor) -> str:
    """The masked name, for the chip."""
    read = _read(token, by)
    return read[1] if read else ""


def _read(token: str, by: Actor) -> tuple[str, str] | None:
    try:
        user_id, digest, label = signing.loads(token, salt=SALT, max_age=VALID)
    except (signing.BadSignature, ValueError):
        return None
    return (digest, label) if user_id == by.user_id else None
