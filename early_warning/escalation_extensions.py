"""What early warning adds to the API of disputes."""

from disputes import extensions
from early_warning.api import escalations


def connect() -> None:
    extensions.register("api", "warning", escalations.warning_parts)
