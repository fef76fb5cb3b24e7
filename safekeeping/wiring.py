"""What safekeeping does at the doors of the apps below it. Called once from `ready()`."""

from core import navigation
from disputes.services import export
from safekeeping import wording_trail
from safekeeping.navigation import entries
from safekeeping.services import seal_notices


def connect() -> None:
    wording_trail.connect()
    export.register_foot(seal_notices.last_line)
    navigation.register(entries)
