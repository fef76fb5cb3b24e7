"""A party's columns from what was stated: the one writer of its encrypted values and the hashes it is found by."""

from collections.abc import Iterable

from disputes.models import Party
from disputes.rules.intake import PartyFacts
from disputes.services import party_hashes
from jurisdictions.models import Organization

COLUMNS = (
    *("role", "kind", "name", "name_hash", "id_number", "id_hash", "phone", "phone_hash"),
    *("address", "head_count", "organization"),
)


def write(party: Party, facts: PartyFacts, unit: Organization | None) -> Party:
    """Sets every column on the object; the caller saves it."""
    party.role, party.kind = facts.role, facts.kind
    party.name, party.name_hash = facts.name, party_hashes.of_name(facts.name)
    party.id_number, party.id_hash = facts.id_number, party_hashes.of_id_number(facts.id_number)
    party.phone, party.phone_hash = facts.phone, party_hashes.of_phone(facts.phone)
    party.address, party.head_count = facts.address, facts.head_count
    party.organization = unit
    return party


def facts_of(party: Party) -> PartyFacts:
    """What was stated of a party. Needs its organization loaded."""
    return PartyFacts(
        role=party.role,
        kind=party.kind,
        name=party.name,
        phone=party.phone,
        id_number=party.id_number,
        address=party.address,
        head_count=party.head_count,
        organization=party.organization.code if party.organization else "",
    )


def all_facts(parties: Iterable[Party]) -> tuple[PartyFacts, ...]:
    return tuple(facts_of(party) for party in parties)
