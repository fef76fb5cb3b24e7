"""How each field of a step is asked. Declared once in the step's row, it gives the field of the form
(`disputes/forms/step_fields.py`) and that of the API's body (`disputes/api/step_bodies.py`); whether it must be
answered says the lifecycle table."""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from disputes.choices import ReviewOutcome
from disputes.rules.intake import NARRATIVE_LIMIT, REASON_LIMIT

Choices = Sequence[tuple[str, Any]]
CODE_LIMIT, PERSON_LIMIT = 40, 150  # characters of a unit's code, of a person's login


@dataclass(frozen=True)
class Field:
    """What it is called and how it is explained; of some kinds the form knows that itself."""

    label: Any = ""
    help_text: Any = ""


@dataclass(frozen=True)
class Words(Field):
    """Lines of text. `mentions`: people may be named in it."""

    _: KW_ONLY
    limit: int = REASON_LIMIT
    mentions: bool = False


@dataclass(frozen=True)
class Line(Field):
    _: KW_ONLY
    limit: int = CODE_LIMIT


@dataclass(frozen=True)
class Day(Field):
    """A date of the calendar, without a time."""


@dataclass(frozen=True)
class Whole(Field):
    """A whole number. `most_typed` bounds what is typed on the page; what the rules bound they refuse everywhere."""

    _: KW_ONLY
    least: int = 1
    most: int | None = None
    most_typed: int | None = None


@dataclass(frozen=True)
class Hidden(Whole):
    """The id of a row the form is about."""


@dataclass(frozen=True)
class FromAbove(Whole):
    """A number only an upper app understands: it draws the field (`extensions.register_step_field`)."""


@dataclass(frozen=True)
class Choice(Field):
    """One of a few, all of them in sight."""

    _: KW_ONLY
    choices: Choices


@dataclass(frozen=True)
class LaterChoice(Choice):
    """One of a few, or none yet, called `none`."""

    none: Any = ""


@dataclass(frozen=True)
class Several(Choice):
    """One or more of a few."""


@dataclass(frozen=True)
class Finding(Choice):
    """What the reviewer finds; what agrees with the report is chosen already."""

    choices: Choices = tuple(ReviewOutcome.choices)


@dataclass(frozen=True)
class Truth(Field):
    """Yes or no; `choices` are their words, and those of leaving it open where that is possible."""

    _: KW_ONLY
    choices: Choices


@dataclass(frozen=True)
class FewKnow(Truth):
    """Whether few should know, asked where the text asks it."""

    choices: Choices = (("false", _("不需要限制")), ("true", _("限制知悉")))


@dataclass(frozen=True)
class Unit(Line):
    """The responsible unit, by code, with one suggested."""


@dataclass(frozen=True)
class OwnUnit(Line):
    """A unit of the managing centre's own place."""


@dataclass(frozen=True)
class Town(Line):
    """A town to hand it to, by its code or alias."""


@dataclass(frozen=True)
class Person(Line):
    """Somebody of the unit that has it, by login."""

    limit: int = PERSON_LIMIT


@dataclass(frozen=True)
class AnyPerson(Person):
    """Somebody of a unit that is chosen in the same form."""


@dataclass(frozen=True)
class Codes(Line):
    """Several codes."""


@dataclass(frozen=True)
class Units(Codes):
    """Units that help, by code."""


@dataclass(frozen=True)
class People(Codes):
    """People named in a text, by login."""

    limit: int = PERSON_LIMIT


@dataclass(frozen=True)
class Changes(Field):
    """What is put right of the matter, by name. The form of such a step is its own (`disputes/forms/mending.py`)."""


@dataclass(frozen=True)
class NewParty(Field):
    """A party as at registration."""


@dataclass(frozen=True)
class PartyChanges(Field):
    """What is put right of a party, by name."""


REASON = Words(_("理由"))
NOTE = Words(_("意见"))
OPINION = Words(_("拟办意见"))
RESOLVE_BY = Day(_("化解时限"), _("不填则按规定期限计算。"))
LEVEL = FromAbove(least=0, most=3)
REASON_OF_LEVEL = Words(_("改变级别的理由"), _("与初判一致的不用填。"))
LEAD_UNIT = Unit(_("责任单位"))
PERSON = Person(_("责任人"))
YES_NO: Choices = (("true", _("同意")), ("false", _("不同意")))
GRANTED = Truth(_("决定"), choices=YES_NO)


def account(label: Any) -> Words:
    """A report in one's own words, as long as a narrative."""
    return Words(label, limit=NARRATIVE_LIMIT)
