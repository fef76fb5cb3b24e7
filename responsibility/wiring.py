"""Where responsible leaders, case leaders and letters meet disputes. Called once from `ready()`.

Registrations and steps are heard in `early_warning/wiring.py`: one handler names the leader before it reads the text.
"""

from core import navigation
from disputes import extensions
from disputes.extensions import IntakePart
from responsibility import wording_trail
from responsibility.forms import intake_form
from responsibility.navigation import entries
from responsibility.selectors import leader_parts
from responsibility.services import naming


def connect() -> None:
    wording_trail.connect()
    extensions.register_beginning("responsibility", naming.begin)
    extensions.register("page", "leaders", leader_parts.page_parts, order=20)
    extensions.register("step", "letters", leader_parts.step_parts)
    extensions.register("api", "responsibility", leader_parts.api_parts)
    extensions.register_intake(
        naming.INTAKE_PART, IntakePart("responsibility/intake_responsibility.html", form=intake_form)
    )
    navigation.register(entries)
