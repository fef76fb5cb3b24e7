"""A line of an import sheet as a registration: names become codes, faults become messages at their column."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.actor import Actor
from disputes.choices import PartyKind, PartyRole, Source
from disputes.errors import InvalidInput
from disputes.models import DisputeCategory
from disputes.rules.import_sheet import (
    COLUMN_OF_FIELD,
    COLUMNS,
    TITLE_OF,
    Line,
    SheetFault,
    count_of,
    day_of,
    fen_of,
)
from disputes.rules.intake import IntakeFacts, PartyFacts
from disputes.rules.unit_names import names_a_unit
from jurisdictions.choices import PlaceKind
from jurisdictions.models import Place

Messages = list[tuple[str, str]]  # (column title, message)
CELL_FAULTS = {
    SheetFault.EMPTY: gettext_lazy("请填写此项。"),
    SheetFault.NOT_A_DATE: gettext_lazy("日期请写成 2026-11-22 的样子。"),
    SheetFault.NOT_A_NUMBER: gettext_lazy("请填写数字。"),
    SheetFault.FINER_THAN_FEN: gettext_lazy("金额最多写到分，即两位小数。"),
}


class RefusedLine(Exception):
    """The line cannot be registered as it stands; `messages` say why, column by column."""

    def __init__(self, messages: Messages) -> None:
        super().__init__(len(messages))
        self.messages = messages


@dataclass
class Names:
    """What the words of a sheet stand for, looked up once for a whole import."""

    categories: Mapping[str, str]
    places: Mapping[str, str]
    ambiguous: frozenset[str] = field(default_factory=frozenset)


def names_for(by: Actor) -> Names:
    """Categories by name or code; places of the importing post's town or county by code, alias or name."""
    categories = {
        key: row.code
        for row in DisputeCategory.objects.filter(is_active=True)
        for key in (row.code, row.name)
    }
    places: dict[str, str] = {}
    ambiguous: set[str] = set()
    here = by.organization.place.town_code or by.organization.place.code
    for place in Place.objects.within(here).select_related("parent"):
        for key in _names_of(place):
            if places.get(key, place.code) != place.code:
                ambiguous.add(key)
            places[key] = place.code
    return Names(categories, places, frozenset(ambiguous))


def _names_of(place: Place) -> list[str]:
    names = [place.code, place.alias, place.name]
    if place.kind == PlaceKind.VILLAGE and place.parent:
        names.append(f"{place.parent.name}{place.name}")
    return [name for name in names if name]


def facts_of(line: Line, names: Names) -> IntakeFacts:
    """What the line states. Raises RefusedLine with every message that needs no look into the ledger."""
    said, messages = line.cells, list[tuple[str, str]]()
    for column in COLUMNS:
        if column.needed and not said.get(column.name):
            messages.append((column.title, str(CELL_FAULTS[SheetFault.EMPTY])))
    category = _category(said.get("category", ""), names, messages)
    place = _place(said.get("place", ""), names, messages)
    occurred_on = _fine(day_of(said.get("occurred_on", "")), "occurred_on", messages)
    amount = _fine(fen_of(said.get("amount", "")), "amount", messages)
    people = _fine(count_of(said.get("people_count", "")), "people_count", messages)
    if messages:
        raise RefusedLine(messages)
    parties = _parties(said)
    return IntakeFacts(
        title=said["title"],
        narrative=said["narrative"],
        category=category,
        source=Source.IMPORT,
        place=place,
        people_count=max(people or 1, len(parties)) if not said.get("people_count") else people,
        occurred_on=occurred_on,
        amount_fen=amount,
        parties=parties,
    )


def messages_of(error: InvalidInput) -> Messages:
    """The messages of a refused registration, each at the column it is about."""
    found: Messages = []
    for name, messages in error.errors.items():
        title = TITLE_OF.get(COLUMN_OF_FIELD.get(name, name), _("整行"))
        found += [(title, str(message)) for message in messages]
    return found


def _fine(value: Any, name: str, messages: Messages) -> Any:
    if isinstance(value, SheetFault):
        messages.append((TITLE_OF[name], str(CELL_FAULTS[value])))
        return None
    return value


def _category(said: str, names: Names, messages: Messages) -> str:
    if said and said not in names.categories:
        messages.append((TITLE_OF["category"], _("没有“%s”这个类别，请用系统里的类别名称。") % said[:40]))
    return names.categories.get(said, "")


def _place(said: str, names: Names, messages: Messages) -> str:
    if said in names.ambiguous:
        messages.append((TITLE_OF["place"], _("有几个地方都叫“%s”，请写上乡镇。") % said[:40]))
    elif said and said not in names.places:
        messages.append((TITLE_OF["place"], _("在本级辖区内没有找到“%s”。") % said[:40]))
    return names.places.get(said, "")


def _parties(said: Mapping[str, str]) -> tuple[PartyFacts, ...]:
    applicant = PartyFacts(
        PartyRole.APPLICANT,
        _kind_of(said["applicant"]),
        said["applicant"],
        said.get("applicant_phone", ""),
        said.get("applicant_id", ""),
    )
    if not said.get("respondent"):
        return (applicant,)
    respondent = PartyFacts(
        PartyRole.RESPONDENT,
        _kind_of(said["respondent"]),
        said["respondent"],
        said.get("respondent_phone", ""),
    )
    return applicant, respondent


def _kind_of(name: str) -> str:
    """A sheet states names alone; one that only a unit can have is a unit's."""
    return PartyKind.LEGAL if names_a_unit(name) else PartyKind.NATURAL
