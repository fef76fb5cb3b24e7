"""What coordination does at the doors of the apps below it. Called once from `ready()`."""

from coordination import wording_trail
from coordination.navigation import entries
from coordination.selectors import decisions
from coordination.services.erasing import erase_texts
from core import navigation
from disputes import extensions, public
from safekeeping.services import erasure


def connect() -> None:
    wording_trail.connect()
    extensions.register("beneath", "decisions", decisions.page_parts, there=decisions.decided_about)
    public.register_awaited(decisions.awaited)
    erasure.register(erase_texts)
    navigation.register(entries)
