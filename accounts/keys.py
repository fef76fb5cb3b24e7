"""Access keys: one integer for each place, unit, post and person. See docs/adr on visibility.

A dispute carries the keys that open it, a user holds the keys of what they are; seeing is the overlap of two
integer arrays, which one GIN index answers. The number is the row's id and its kind, so no table is needed.
"""

KINDS = 4
PLACE, UNIT, POST, PERSON = range(KINDS)


def place_key(place_id: int) -> int:
    return place_id * KINDS + PLACE


def unit_key(organization_id: int) -> int:
    return organization_id * KINDS + UNIT


def post_key(post_id: int) -> int:
    return post_id * KINDS + POST


def person_key(user_id: int) -> int:
    return user_id * KINDS + PERSON


def listing_key(key: int) -> int:
    """The key that lists a restricted matter without opening it, to whoever holds `key`: its complement, below zero."""
    return ~key


def is_named(key: int) -> bool:
    """Whether it is the key of a post or a person: those alone open what is restricted."""
    return key % KINDS in (POST, PERSON)
