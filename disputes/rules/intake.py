"""What a registration is made of, and what can be said about it without a database."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from core import days
from disputes.rules import consent, identity
from disputes.rules.applying import APPLICANT, REPRESENTATIVE, asks_applicant
from disputes.rules.gaps import without_gaps
from disputes.rules.origin import OriginFacts
from disputes.rules.unit_names import names_a_unit

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
UNREADABLE = "\ufffd"
# NFC would put the common character for these, and a name is written as it is written
COMPOSED = re.compile(r"[^\uF900-\uFAFF\U0002F800-\U0002FA1F]+")
BETWEEN_FIGURES = re.compile(r"(?<=\d)[\x00-\x09\x0b-\x1f\x7f-\x9f]+(?=\d)")


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
    """当场化解: both sides agreed, orally or in writing.

    `account`: what they agreed. None where nobody was asked for it, as over the API, whose body may leave it out.
    """

    agreed: bool
    way: str  # oral | written
    account: str | None = None


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
    unit_consent: bool | None = None  # inside a unit: whether it may be told; None: nobody said so
    restricted: bool | None = None  # None: as the category says
    unrestricted: bool = False  # the form asked whether few should know, and it was left as it is
    danger: bool = False
    danger_told: str = ""
    danger_told_at: datetime | None = None
    accused_units: tuple[str, ...] = ()
    accused_people: tuple[str, ...] = ()  # usernames
    settle_on_spot: SpotSettlement | None = None
    origin: OriginFacts | None = None  # who sent it, where somebody did
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
    CONSENT_NOT_ASKED = "consent_not_asked"
    FEWER_PEOPLE_THAN_PARTIES = "fewer_people_than_parties"
    SPOT_NEEDS_AGREEMENT = "spot_needs_agreement"
    SPOT_NEEDS_ACCOUNT = "spot_needs_account"
    SPOT_NOT_WITH_DANGER = "spot_not_with_danger"
    SPOT_NOT_WITH_ACCUSED = "spot_not_with_accused"
    TOO_MANY_PARTIES = "too_many_parties"
    DANGER_UNTOLD = "danger_untold"
    TOLD_WITHOUT_DANGER = "told_without_danger"
    TOLD_IN_FUTURE = "told_in_future"
    YEAR_TOO_EARLY = "year_too_early"
    UNREADABLE_NAME = "unreadable_name"
    NAMES_A_UNIT = "names_a_unit"
    NOT_A_CITIZEN_NUMBER = "not_a_citizen_number"
    NOT_A_CREDIT_CODE = "not_a_credit_code"
    NOT_A_PHONE = "not_a_phone"


Note = Callable[[str, bool, Fault], None]


def clean_text(text: str, *, lines: bool = False) -> str:
    """NFC, without control characters; line ends are kept where lines are meant, else a blank, as tabs are.

    A control character between two figures leaves a blank as well: they are never glued to another number.
    Rare and private-use characters stay, names have them. What is no character at all shows as �.
    """
    spaced = BETWEEN_FIGURES.sub(" ", without_gaps(text, lines=lines))
    composed = COMPOSED.sub(lambda part: unicodedata.normalize("NFC", part[0]), spaced)
    kept = (
        UNREADABLE if _is_broken(char) else char
        for char in composed
        if (char == "\n" and lines) or unicodedata.category(char) != "Cc"
    )
    return "".join(kept).strip()


def _is_broken(char: str) -> bool:
    """Half of a pair, or one of the code points that never are a character."""
    point = ord(char)
    return 0xD800 <= point <= 0xDFFF or point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF


def cleaned(facts: IntakeFacts) -> IntakeFacts:
    """The same facts with every text cleaned, whatever door they came through."""
    return replace(
        facts,
        title=clean_text(facts.title),
        narrative=clean_text(facts.narrative, lines=True),
        unit=clean_text(facts.unit),
        danger_told=clean_text(facts.danger_told),
        parties=tuple(_cleaned_party(party) for party in facts.parties),
        settle_on_spot=_cleaned_spot(facts.settle_on_spot),
        origin=cleaned_origin(facts.origin),
    )


def _cleaned_spot(spot: SpotSettlement | None) -> SpotSettlement | None:
    if spot is None or spot.account is None:
        return spot
    return replace(spot, account=clean_text(spot.account, lines=True))


def cleaned_origin(origin: OriginFacts | None) -> OriginFacts | None:
    """None where nothing is said after all."""
    if origin is None:
        return None
    kept = replace(
        origin,
        sender=clean_text(origin.sender),
        number=clean_text(origin.number),
        ledger_number=clean_text(origin.ledger_number),
    )
    return kept if kept.says_something else None


def _cleaned_party(party: PartyFacts) -> PartyFacts:
    return replace(
        party,
        name=clean_text(party.name),
        phone=_said(party.phone, identity.says_no_phone),
        id_number=_said(party.id_number, identity.says_no_number),
        address=clean_text(party.address),
    )


def _said(number: str, says_nothing: Callable[[str], bool]) -> str:
    """A number as it was given, in half width; nothing where 无 or 不详 stands for one."""
    plain = identity.half_width(clean_text(number))
    return "" if says_nothing(plain) else plain


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
    note(
        "occurred_on", bool(facts.occurred_on and days.is_too_early(facts.occurred_on)), Fault.YEAR_TOO_EARLY
    )
    note("people_count", facts.people_count < 1, Fault.NOT_POSITIVE)
    few = 0 < facts.people_count < total_people(facts.parties)
    note("people_count", few, Fault.FEWER_PEOPLE_THAN_PARTIES)
    note("people_count", facts.people_count > PEOPLE_LIMIT, Fault.TOO_MANY)
    note("amount", facts.amount_fen is not None and facts.amount_fen < 0, Fault.NEGATIVE_AMOUNT)
    note("amount", facts.amount_fen is not None and facts.amount_fen > AMOUNT_LIMIT_FEN, Fault.TOO_MANY)
    note("unit", len(facts.unit) > UNIT_LIMIT, Fault.TOO_LONG)
    note("unit", bool(facts.unit_relation) and not facts.unit, Fault.RELATION_WITHOUT_UNIT)
    note("unit_relation", bool(facts.unit) and not facts.unit_relation, Fault.UNIT_WITHOUT_RELATION)
    unasked = facts.unit_consent is not None and not consent.is_asked(facts.unit_relation)
    note("unit_consent", unasked, Fault.CONSENT_NOT_ASKED)
    _danger_faults(facts, note)
    _party_faults(facts, today, note)
    _spot_faults(facts, note)
    return found


def _danger_faults(facts: IntakeFacts, note: Note) -> None:
    """The red line: the police and the leader on duty first, then the form, which says who was told and when."""
    told, told_at = facts.danger_told, facts.danger_told_at
    note("danger", not facts.danger and bool(told or told_at), Fault.TOLD_WITHOUT_DANGER)
    if facts.danger:
        for name, fault in telling_faults(told, told_at):
            note(f"danger_{name}", True, fault)


def telling_faults(told: str, told_at: datetime | None) -> list[tuple[str, Fault]]:
    """What is wrong with whom somebody told of danger (`told`) and when (`told_at`; None means just now): the same
    at registration and after it. Whether that moment is past is for who knows the time."""
    early = told_at is not None and days.is_too_early(told_at)
    asked = (
        ("told", not told, Fault.DANGER_UNTOLD),
        ("told", len(told) > DANGER_TOLD_LIMIT, Fault.TOO_LONG),
        ("told_at", early, Fault.YEAR_TOO_EARLY),
    )
    return [(name, fault) for name, wrong, fault in asked if wrong]


def _party_faults(facts: IntakeFacts, today: date, note: Note) -> None:
    named = any(party.role == APPLICANT for party in facts.parties)
    note("parties", asks_applicant(facts.source) and not named, Fault.NO_APPLICANT)
    representatives = sum(party.role == REPRESENTATIVE for party in facts.parties)
    note("parties", representatives > REPRESENTATIVES_LIMIT, Fault.TOO_MANY_REPRESENTATIVES)
    note("parties", len(facts.parties) > PARTIES_LIMIT, Fault.TOO_MANY_PARTIES)
    for index, party in enumerate(facts.parties):
        row = f"parties.{index}"
        note(f"{row}.name", not party.name, Fault.REQUIRED)
        note(f"{row}.name", len(party.name) > NAME_LIMIT, Fault.TOO_LONG)
        note(f"{row}.name", UNREADABLE in party.name, Fault.UNREADABLE_NAME)
        note(f"{row}.kind", party.kind == "natural" and names_a_unit(party.name), Fault.NAMES_A_UNIT)
        note(f"{row}.id_number", len(party.id_number) > ID_NUMBER_LIMIT, Fault.TOO_LONG)
        note(f"{row}.phone", len(party.phone) > PHONE_LIMIT, Fault.TOO_LONG)
        note(f"{row}.address", len(party.address) > ADDRESS_LIMIT, Fault.TOO_LONG)
        _number_faults(row, party, today, note)
        note(f"{row}.head_count", party.head_count < 1, Fault.NOT_POSITIVE)
        note(f"{row}.head_count", party.head_count > PEOPLE_LIMIT, Fault.TOO_MANY)


def _number_faults(row: str, party: PartyFacts, today: date, note: Note) -> None:
    """Numbers that cannot be right. Passports, permits and what is not known at all are nobody's fault."""
    number = party.id_number
    of_person = party.kind == "natural" and identity.meant_as_citizen_number(number)
    wrong = of_person and not identity.is_citizen_number(number, today)
    note(f"{row}.id_number", wrong, Fault.NOT_A_CITIZEN_NUMBER)
    of_unit = party.kind == "legal" and len(identity.joined(number)) == identity.NUMBER_LENGTH
    note(f"{row}.id_number", of_unit and not identity.is_credit_code(number), Fault.NOT_A_CREDIT_CODE)
    note(f"{row}.phone", bool(party.phone) and not identity.phone_number(party.phone), Fault.NOT_A_PHONE)


def _spot_faults(facts: IntakeFacts, note: Note) -> None:
    spot = facts.settle_on_spot
    if spot is None:
        return
    note("settle_on_spot", not spot.agreed or spot.way not in ("oral", "written"), Fault.SPOT_NEEDS_AGREEMENT)
    note("settle_on_spot.account", spot.account == "", Fault.SPOT_NEEDS_ACCOUNT)
    note("settle_on_spot.account", len(spot.account or "") > NARRATIVE_LIMIT, Fault.NARRATIVE_TOO_LONG)
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
        if party.kind != "legal" and party.role != REPRESENTATIVE
    )


def people_stated(count: int | None, parties: tuple[PartyFacts, ...]) -> int:
    """涉及人数 as stated; where nothing was, the persons among the parties, at least one."""
    return max(total_people(parties), 1) if count is None else count
