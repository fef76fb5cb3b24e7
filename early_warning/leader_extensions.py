"""What §8 puts on the pages and into the answers of disputes."""

from typing import Any

from django.http import QueryDict

from core import clock
from core.actor import Actor
from disputes import extensions
from disputes.extensions import IntakePart
from early_warning import leader_policies as policies
from early_warning.forms.leaders import IntakeLeaderForm
from early_warning.selectors import leader_parts
from early_warning.services.responsibility import INTAKE_PART


def connect() -> None:
    extensions.register("page", "leaders", leader_parts.page_parts)
    extensions.register("step", "letters", leader_parts.step_parts)
    extensions.register("api", "responsibility", leader_parts.api_parts)
    part = IntakePart("early_warning/intake_responsibility.html", form=intake_form)
    extensions.register_intake(INTAKE_PART, part)


def intake_form(
    data: QueryDict | None, prefix: str, initial: dict[str, Any], by: Actor
) -> IntakeLeaderForm | None:
    if not policies.may_state_leader(by):
        return None
    today = clock.shanghai_date(clock.now())
    return IntakeLeaderForm(data, prefix=prefix, initial=initial, by=by, today=today)
