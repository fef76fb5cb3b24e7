"""What §8 puts on the pages and into the answers of disputes."""

from disputes import extensions
from disputes.extensions import IntakePart
from early_warning.selectors import leader_parts


def connect() -> None:
    extensions.register("page", "leaders", leader_parts.page_parts)
    extensions.register("step", "letters", leader_parts.step_parts)
    extensions.register("api", "responsibility", leader_parts.api_parts)
    extensions.register_intake("responsibility", IntakePart("early_warning/intake_responsibility.html"))
