"""What a registration is made of, and what can be said about it without a database."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

TITLE_LIMIT = 100
NARRATIVE_LIMIT = 5_000
REASON_LIMIT = 2_000  # also of an instruction, an opinion, an account of what was done
NAME_LIMIT = 60
REPRESENTATIVES_LIMIT = 5  # 信访工作条例 art. 20
PEOPLE_LIMIT = 100_000
PARTIES_LIMIT = 50
ID_NUMBER_LIMIT, PHONE_LIMIT, ADDRESS_LIMIT = 50, 40, 200
UNIT_LIMIT, DANGER_TOLD_LIMIT = 100, 200
AMOUNT_LIMIT_FEN = 10**14
OLD_AFTER = timedelta(days=20 * 365)


@dataclass(frozen=True)
class PartyFacts:
    role: str
    kind: str
    name: str
    phone: str = ""
    id_number: str = ""
    address: str = ""
    head_count: int = 1
    organization: str = ""  # code, when the party is a unit of this county


@dataclass(frozen=True)
class SpotSettlement:
    """当场化解: both sides agreed, orally or in writing."""

    agreed: bool
    way: str  # oral | written
    account: str = ""


@dataclass(frozen=True)
class IntakeFacts:
    """What the clerk states. Codes, not rows; places by code or alias; money in fen."""

    title: str
    narrative: str
    category: str
    source: str
    place: str
    people_count: int = 1
    occurred_on: date | None = None
    amount_fen: int | None = None
    parties: tuple[PartyFacts, ...] = ()
    towns: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    unit: str = ""
    unit_relation: str = ""
    restricted: bool | None = None  # None: as the category says
    danger: bool = False
    danger_told: str = ""
    danger_told_at: datetime | None = None
    accused_units: tuple[str, ...] = ()
    accused_people: tuple[str, ...] = ()  # usernames
    settle_on_spot: SpotSettlement | None = None
    beside: Mapping[str, Mapping[str, Any]] = field(
        default_factory=dict
    )  # what upper apps asked, by their part


class Fault(StrEnum):
    """What can be wrong with a stated fact; disputes.wording says it in words."""

    REQUIRED = "required"
    TOO_LONG = "too_long"
    NARRATIVE_TOO_LONG = "narrative_too_long"
    IN_FUTURE = "in_future"
    NOT_POSITIVE = "not_positive"
    TOO_MANY = "too_many"
    NEGATIVE_AMOUNT = "negative_amount"
    NO_APPLICANT = "no_applicant"
    TOO_MANY_REPRESENTATIVES = "too_many_representatives"
    RELATION_WITHOUT_UNIT = "relation_without_unit"
    UNIT_WITHOUT_RELATION = "unit_without_relation"
    FEWER_PEOPLE_THAN_PARTIES = "fewer_people_than_parties"
    SPOT_NEEDS_AGREEMENT = "spot_needs_agreement"
    SPOT_NOT_WITH_DANGER = "spot_not_with_danger"
    SPOT_NOT_WITH_ACCUSED = "spot_not_with_accused"
    TOO_MANY_PARTIES = "too_many_parties"


def clean_text(text: str, *, lines: bool = False) -> str:
    """NFC, without control characters; line ends are kept where lines are meant."""
    kept = (
        char
        for char in unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
        if char == "\n" and lines or unicodedata.category(char) not in ("Cc", "Cs", "Co")
    )
    return "".join(kept).strip()


def cleaned(facts: IntakeFacts) -> IntakeFacts:
    """The same facts with every text cleaned, whatever door they came through."""
    spot = facts.settle_on_spot
    return replace(
        facts,
        title=clean_text(facts.title),
        narrative=clean_text(facts.narrative, lines=True),
        unit=clean_text(facts.unit),
        danger_told=clean_text(facts.danger_told),
        parties=tuple(_cleaned_party(party) for party in facts.parties),
        settle_on_spot=spot and replace(spot, account=clean_text(spot.account, lines=True)),
    )


def _cleaned_party(party: PartyFacts) -> PartyFacts:
    return replace(
        party,
        name=clean_text(party.name),
        phone=clean_text(party.phone),
        id_number=clean_text(party.id_number).upper(),
        address=clean_text(party.address),
    )


def faults(facts: IntakeFacts, today: date) -> dict[str, list[Fault]]:
    """Every fault that shows without looking anything up, by field."""
    found: dict[str, list[Fault]] = {}

    def note(field: str, wrong: bool, fault: Fault) -> None:
        if wrong:
            found.setdefault(field, []).append(fault)

    for name in ("title", "narrative", "category", "source", "place"):
        note(name, not getattr(facts, name), Fault.REQUIRED)
    note("title", len(facts.title) > TITLE_LIMIT, Fault.TOO_LONG)
    note("narrative", len(facts.narrative) > NARRATIVE_LIMIT, Fault.NARRATIVE_TOO_LONG)
    note("occurred_on", facts.occurred_on is not None and facts.occurred_on > today, Fault.IN_FUTURE)
    note("people_count", facts.people_count < 1, Fault.NOT_POSITIVE)
    note("people_count", facts.people_count > PEOPLE_LIMIT, Fault.TOO_MANY)
    note("amount", facts.amount_fen is not None and facts.amount_fen < 0, Fault.NEGATIVE_AMOUNT)
    note("amount", facts.amount_fen is not None and facts.amount_fen > AMOUNT_LIMIT_FEN, Fault.TOO_MANY)
    note("unit", len(facts.unit) > UNIT_LIMIT, Fault.TOO_LONG)
    note("danger_told", len(facts.danger_told) > DANGER_TOLD_LIMIT, Fault.TOO_LONG)
    note("unit", bool(facts.unit_relation) and not facts.unit, Fault.RELATION_WITHOUT_UNIT)
    note("unit_relation", bool(facts.unit) and not facts.unit_relation, Fault.UNIT_WITHOUT_RELATION)
    _party_faults(facts, note)
    _spot_faults(facts, note)
    return found


def _party_faults(facts: IntakeFacts, note) -> None:
    note("parties", not any(party.role == "applicant" for party in facts.parties), Fault.NO_APPLICANT)
    representatives = sum(party.role == "representative" for party in facts.parties)
    note("parties", representatives > REPRESENTATIVES_LIMIT, Fault.TOO_MANY_REPRESENTATIVES)
    note("parties", len(facts.parties) > PARTIES_LIMIT, Fault.TOO_MANY_PARTIES)
    for index, party in enumerate(facts.parties):
        row = f"parties.{index}"
        note(f"{row}.name", not party.name, Fault.REQUIRED)
        note(f"{row}.name", len(party.name) > NAME_LIMIT, Fault.TOO_LONG)
        note(f"{row}.id_number", len(party.id_number) > ID_NUMBER_LIMIT, Fault.TOO_LONG)
        note(f"{row}.phone", len(party.phone) > PHONE_LIMIT, Fault.TOO_LONG)
        note(f"{row}.address", len(party.address) > ADDRESS_LIMIT, Fault.TOO_LONG)
        note(f"{row}.head_count", party.head_count < 1, Fault.NOT_POSITIVE)
        note(f"{row}.head_count", party.head_count > PEOPLE_LIMIT, Fault.TOO_MANY)


def _spot_faults(facts: IntakeFacts, note) -> None:
    spot = facts.settle_on_spot
    if spot is None:
        return
    note("settle_on_spot", not spot.agreed or spot.way not in ("oral", "written"), Fault.SPOT_NEEDS_AGREEMENT)
    note("settle_on_spot", len(spot.account) > NARRATIVE_LIMIT, Fault.NARRATIVE_TOO_LONG)
    note("settle_on_spot", facts.danger, Fault.SPOT_NOT_WITH_DANGER)
    note("settle_on_spot", bool(facts.accused_units or facts.accused_people), Fault.SPOT_NOT_WITH_ACCUSED)


def is_old(occurred_on: date | None, today: date) -> bool:
    """Very old dates only warn."""
    return occurred_on is not None and today - occurred_on > OLD_AFTER


def total_people(parties: tuple[PartyFacts, ...]) -> int:
    """Persons among the parties, groups by their head count; representatives belong to a group already."""
    return sum(
        party.head_count if party.kind == "group" else 1
        for party in parties
        if party.kind != "legal" and party.role != "representative"
    )
