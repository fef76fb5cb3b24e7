"""The keyed hashes a party is found by. What says nothing has none, so that it never meets anybody's."""

from core import crypto
from disputes.rules import identity


def of_name(name: str) -> str:
    """Always one: the search by exact name finds 张某 too. Whether it tells anybody apart is asked elsewhere."""
    return crypto.search_hash("name", name)


def of_id_number(number: str) -> str:
    key = identity.id_key(number)
    return crypto.search_hash("id_number", key) if key else ""


def of_phone(phone: str) -> str:
    key = identity.phone_key(phone)
    return crypto.search_hash("phone", key) if key else ""
