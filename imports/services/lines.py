"""A line of an import sheet as a registration: names become codes, faults become messages at their column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core.actor import Actor
from core.clock import end_of_day
from disputes.choices import PartyKind, PartyRole, Source
from disputes.errors import InvalidInput
from disputes.models import DisputeCategory
from disputes.rules.intake import IntakeFacts, PartyFacts
from disputes.rules.origin import OriginFacts
from disputes.rules.unit_names import names_a_unit
from imports.rules.cells import CellFault, Doubt, Said, Ways, count_of, day_of, fen_of, spoilt, truth_of
from imports.rules.headings import TITLE_OF, unsaid
from imports.rules.sheet import OLD_NUMBER_LIMIT, Line
from imports.wording import CELL_FAULTS
from jurisdictions.choices import PlaceKind
from jurisdictions.models import Place
from jurisdictions.rules.place_csv import place_name

Messages = list[tuple[str, str]]  # (column title, message)
EXACT = (
    "old_number",
    "origin_number",
    "applicant_phone",
    "applicant_id",
    "respondent_phone",
)  # every figure counts
ENDINGS = re.compile(r"(矛盾|纠纷|争议|案件|类)+$")
ROLES = {
    "applicant": PartyRole.APPLICANT,
    "respondent": PartyRole.RESPONDENT,
    "party": PartyRole.PARTY,
}
COLUMN_OF_FIELD = {  # fields of a registration → the column a message about them belongs to
    "amount_fen": "amount",
    "parties": "applicant",
    "parties.0.phone": "applicant_phone",
    "parties.0.id_number": "applicant_id",
    "parties.1.phone": "respondent_phone",
    **{f"origin.{name}": f"origin_{name}" for name in ("sender", "number", "received_on", "due_at")},
}


class RefusedLine(Exception):
    """The line cannot be registered as it stands; `messages` say why, column by column."""

    def __init__(self, messages: Messages) -> None:
        super().__init__(len(messages))
        self.messages = messages


@dataclass
class Names:
    """What the words of a sheet stand for, looked up once for a whole import."""

    categories: Mapping[str, str]  # by code and by plain name
    places: Mapping[str, str]
    ambiguous: frozenset[str] = field(default_factory=frozenset)

    def category(self, said: str, ways: Ways) -> str:
        """The code; empty for a word nobody knows."""
        return self.categories.get(plain_category(said)) or ways.categories.get(said, "")


def plain_category(said: str) -> str:
    """邻里纠纷 is 邻里; without regard to width and blanks."""
    whole = re.sub(r"\s+", "", unicodedata.normalize("NFKC", said))
    return ENDINGS.sub("", whole) or whole


def names_for(by: Actor) -> Names:
    """Categories by name or code; places of the importing post's town or county by code, alias or name."""
    categories = {
        key: row.code
        for row in DisputeCategory.objects.filter(is_active=True)
        for key in (row.code, plain_category(row.name))
    }
    places: dict[str, str] = {}
    ambiguous: set[str] = set()
    here = by.organization.place.town_code or by.organization.place.code
    for place in Place.objects.within(here).select_related("parent__parent"):
        for key in _names_of(place):
            if places.get(key, place.code) != place.code:
                ambiguous.add(key)
            places[key] = place.code
    return Names(categories, places, frozenset(ambiguous))


def _names_of(place: Place) -> list[str]:
    """石桥村, 青石镇石桥村, 岚溪县青石镇石桥村."""
    names, whole, above = [place.code, place.alias, place.name], place.name, place.parent
    while above is not None:
        whole, above = f"{above.name}{whole}", above.parent if above.kind != PlaceKind.COUNTY else None
        names.append(whole)
    return [name for name in names if name]


def facts_of(line: Line, names: Names, ways: Ways) -> IntakeFacts:
    """What the line states. Raises RefusedLine with every message that needs no look into the ledger."""
    said = line.cells
    if line.is_no_case:
        raise RefusedLine([(_("整行"), _("这一行没有标题、事由和申请人，不像一件纠纷。"))])
    messages = _faults_of_texts(said)
    category = _category(said.get("category", ""), names, ways, messages)
    place = _place(said.get("place", ""), names, messages)
    meant = {name: _fine(read, name, messages) for name, read in readings(line, ways)}
    if messages:
        raise RefusedLine(messages)
    parties = _parties(said)
    people = meant["people_count"]
    return IntakeFacts(
        title=said["title"],
        narrative=said["narrative"],
        category=category,
        source=Source.IMPORT,
        place=place,
        people_count=len(parties) if people is None else people,
        occurred_on=meant["occurred_on"],
        amount_fen=meant["amount"],
        parties=parties,
        origin=_origin(said, meant),
    )


def _origin(said: Mapping[str, str], meant: Mapping[str, Any]) -> OriginFacts:
    due = meant["origin_due_at"]
    return OriginFacts(
        sender=said.get("origin_sender", ""),
        number=said.get("origin_number", ""),
        received_on=meant["origin_received_on"],
        due_at=None if due is None else end_of_day(due),
        answer_wanted=bool(meant["origin_answer_wanted"]),
        ledger_number=said.get("old_number", ""),
    )


def readings(line: Line, ways: Ways) -> Iterator[tuple[str, Said]]:
    """What the cells with days and figures mean."""
    said = line.cells
    yield "occurred_on", day_of(said.get("occurred_on", ""), ways)
    yield "amount", fen_of(said.get("amount", ""), ways, line.unit)
    yield "people_count", count_of(said.get("people_count", ""))
    for name in ("origin_received_on", "origin_due_at"):
        yield name, day_of(said.get(name, ""), ways)
    yield "origin_answer_wanted", truth_of(said.get("origin_answer_wanted", ""))


def doubts_of(line: Line, ways: Ways) -> Iterator[tuple[str, Doubt, Said]]:
    """The cells that were read although they do not quite say it, by column."""
    for name, read in readings(line, ways):
        if read.doubt is not None:
            yield name, read.doubt, read


def messages_of(error: InvalidInput, line: Line) -> Messages:
    """The messages of a refused registration of that line, each at the column it is about."""
    found: Messages = []
    named = {f"parties.{at}.name": name for at, name in enumerate(people_in(line.cells))}
    for name, messages in error.errors.items():
        column = named.get(name) or COLUMN_OF_FIELD.get(name, name)
        title = TITLE_OF.get(column, _("整行"))
        found += [(title, str(message)) for message in messages]
    return found


def _faults_of_texts(said: Mapping[str, str]) -> Messages:
    stated = [name for name, text in said.items() if text]
    messages = [(TITLE_OF[name], str(CELL_FAULTS[CellFault.EMPTY])) for name in unsaid(stated)]
    for name, text in said.items():
        fault = spoilt(text)
        if fault is CellFault.FORMULA_ERROR or (fault is CellFault.LOST_DIGITS and name in EXACT):
            messages.append((TITLE_OF[name], str(CELL_FAULTS[fault])))
    if said.get("respondent_phone") and not said.get("respondent"):
        messages.append((TITLE_OF["respondent"], _("写了被申请人电话，请同时写明被申请人。")))
    if len(said.get("old_number", "")) > OLD_NUMBER_LIMIT:
        messages.append((TITLE_OF["old_number"], str(CELL_FAULTS[CellFault.TOO_LONG])))
    return messages


def _fine(read: Said, name: str, messages: Messages) -> Any:
    if read.fault is not None:
        messages.append((TITLE_OF[name], str(CELL_FAULTS[read.fault])))
    return read.value


def _category(said: str, names: Names, ways: Ways, messages: Messages) -> str:
    code = names.category(said, ways)
    if said and not code:
        messages.append((TITLE_OF["category"], _("没有“%s”这个类别，请用系统里的类别名称。") % said[:40]))
    return code


def _place(said: str, names: Names, messages: Messages) -> str:
    found = next((key for key in (said, place_name(said)) if key in names.places), "")
    if found in names.ambiguous:
        messages.append((TITLE_OF["place"], _("有几个地方都叫“%s”，请写上乡镇。") % said[:40]))
    elif said and not found:
        messages.append((TITLE_OF["place"], _("在本级辖区内没有找到“%s”。") % said[:40]))
    return names.places.get(found, "")


def _parties(said: Mapping[str, str]) -> tuple[PartyFacts, ...]:
    """In the order of `people_in`; phone and number beside them belong to who stands first."""
    first, *_others = people_in(said)
    return tuple(
        PartyFacts(
            ROLES[name],
            _kind_of(said[name]),
            said[name],
            said.get("applicant_phone" if name == first else f"{name}_phone", ""),
            said.get("applicant_id", "") if name == first else "",
        )
        for name in people_in(said)
    )


def people_in(said: Mapping[str, str]) -> list[str]:
    """The columns that name somebody: who applied or, where nobody did, the party; the other side; further parties."""
    first = "applicant" if said.get("applicant") else "party"
    return [name for name in dict.fromkeys((first, "respondent", "party")) if said.get(name)]


def _kind_of(name: str) -> str:
    """A sheet states names alone; one that only a unit can have is a unit's."""
    return PartyKind.LEGAL if names_a_unit(name) else PartyKind.NATURAL
