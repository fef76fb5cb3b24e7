"""What early warning adds to the API, the ledger file and the step forms of disputes."""

from disputes import extensions
from early_warning.api import escalations
from early_warning.forms.levels import level_fields
from early_warning.selectors import level_states


def connect() -> None:
    extensions.register("api", "warning", escalations.warning_parts)
    extensions.register("export", "warning", level_states.export_parts)
    extensions.register_step_field("level", level_fields)
