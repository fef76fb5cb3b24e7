"""From checked facts to rows. Every registration is a batch, of one from a form or many from an import: the
number of statements is the same, so what one clerk does and what an import does cannot drift apart."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import DEFAULT_DB_ALIAS, connection

from accounts.permissions import Permission
from accounts.rights import require
from calendars.services.opening import Opening
from core import crypto
from core.actor import Actor
from core.batch_cache import BatchCache
from core.clock import SHANGHAI
from core.inserted import insert
from core.search import tsvector_text
from disputes import events, extensions
from disputes.choices import Confidentiality
from disputes.models import ConflictMark, Dispute, LedgerBook, Origin, Party, RestrictionQuestion
from disputes.rules import intake as rules
from disputes.rules.intake import IntakeFacts, PartyFacts
from disputes.services import (
    access,
    clocks,
    danger,
    in_hand,
    ledger,
    origin_rows,
    party_rows,
    restriction_questions,
    settle_on_spot,
    unit_consent,
    whose_turn,
)
from disputes.services.intake_checks import Checker, Resolved, place_name, restricts

NEXT_NUMBERS = (
    "INSERT INTO disputes_ledgerbook (centre_id, year, printed_name, last_seq) VALUES (%s, %s, %s, %s)"
    " ON CONFLICT (centre_id, year) DO UPDATE"
    " SET last_seq = disputes_ledgerbook.last_seq + excluded.last_seq RETURNING id, printed_name, last_seq"
)
Beginnings = Mapping[int, events.Beginning]  # by dispute id
NOTHING: Beginnings = {}
NEXT_IDS = "SELECT nextval(pg_get_serial_sequence('disputes_dispute', 'id')) FROM generate_series(1, %s)"


@dataclass(frozen=True)
class Checked:
    """Facts that nothing speaks against, with the rows they name, and who registers them when."""

    facts: IntakeFacts
    found: Resolved
    by: Actor
    now: datetime

    @property
    def is_restricted(self) -> bool:
        return restricts(self.facts, self.found.category)

    @property
    def sides(self) -> list[tuple[str, int | None]]:
        """Role and unit of each party."""
        units = [(party.role, self.found.party_unit(party)) for party in self.facts.parties]
        return [(role, unit.pk if unit else None) for role, unit in units]


@dataclass
class Entered:
    """A dispute as it comes into being."""

    checked: Checked
    dispute: Dispute
    query_code: str
    parties: list[Party]
    origin: Origin | None = None
    question: RestrictionQuestion | None = None  # whether few should know, where the text asks it


def checked(*, facts: IntakeFacts, by: Actor, now: datetime, memo: BatchCache | None = None) -> Checked:
    """Writes nothing. Raises NotPermitted, or InvalidInput with every message at its field."""
    require(by, Permission.REGISTER)
    facts = rules.cleaned(facts)
    return Checked(facts, Checker(facts, by, now, memo).resolve(), by, now)


def enter(
    batch: Sequence[Checked], memo: BatchCache | None = None, *, imported: bool = False
) -> list[Entered]:
    """Number, parties, keys, clock and trail entry of each, then one event. Locks the books' counter rows."""
    entered = [_entered(one, pk) for one, pk in zip(batch, _next_ids(len(batch)), strict=True)]
    memo = memo or BatchCache()
    opened = [_open_to_the_right_people(one, memo) for one in entered]
    clocks.start_first([(one.dispute, one.checked.now) for one in entered], _beside(entered))
    _take_numbers(entered)
    for one in entered:
        whose_turn.note(one.dispute)
    begun = _begin(entered, imported=imported)
    opened = [_open_to_leader(first, begun) for first in opened]
    insert([one.dispute for one in entered])
    insert([party for one in entered for party in one.parties])
    insert([one.origin for one in entered if one.origin is not None])
    insert([one.question for one in entered if one.question is not None])
    access.write_first(opened)
    ledger.begin([entry for one in entered for entry in _first_entries(one, begun)])
    for one in entered:
        _settle_and_warn(one)
    registered = tuple(_registered(one, imported=imported, begun=begun) for one in entered)
    event = events.DisputesRegistered(registered)
    with in_hand.hold(one.dispute for one in entered):
        events.disputes_registered.send(sender=events.DisputesRegistered, event=event)
    return entered


def _registered(one: Entered, *, imported: bool, begun: Beginnings = NOTHING) -> events.Registered:
    checked = one.checked
    return events.Registered(
        one.dispute, checked.by, checked.now, checked.facts.beside, imported, begun.get(one.dispute.pk)
    )


def _begin(entered: Sequence[Entered], *, imported: bool) -> Beginnings:
    """What upper apps say of those with which nothing happens between their first row and the event."""
    plain = (one for one in entered if one.checked.facts.settle_on_spot is None and not one.dispute.danger)
    begun = extensions.beginnings([_registered(one, imported=imported) for one in plain])
    for one in entered:
        if said := begun.get(one.dispute.pk):
            one.dispute.responsible_leader = said.leader
            one.dispute.version += 1
    return begun


def _open_to_leader(first: access.InitialGrants, begun: Beginnings) -> access.InitialGrants:
    said = begun.get(first.dispute.pk)
    if said is None or said.leader is None:
        return first
    return access.open_to_first_leader(first, said.leader)


def format_number(centre_code: str, year: int, seq: int) -> str:
    """`{centre}-{year}-{seq:06d}`, ASCII: t01-2026-000123."""
    return f"{centre_code.removesuffix('.centre')}-{year}-{seq:06d}"


def _entered(one: Checked, pk: int) -> Entered:
    query_code = f"{secrets.randbelow(10**8):08d}"
    dispute = _dispute(one, pk, query_code)
    parties = [_party(dispute, index, facts, one.found) for index, facts in enumerate(one.facts.parties)]
    question = restriction_questions.on_registration(
        dispute,
        stated=one.facts.restricted,
        refused=one.facts.unrestricted,
        by=one.by.acting,
        now=one.now,
    )
    origin = origin_rows.row_of(dispute, one.facts.origin)
    return Entered(one, dispute, query_code, parties, origin, question)


def _beside(entered: Sequence[Entered]) -> list[Opening]:
    """The clocks up to the dates of who sent them."""
    openings = (origin_rows.opening_of(one.dispute, one.origin, one.checked.now) for one in entered)
    return [opening for opening in openings if opening is not None]


def _dispute(one: Checked, pk: int, query_code: str) -> Dispute:
    facts, found = one.facts, one.found
    return Dispute(
        pk=pk,
        title=facts.title,
        narrative=facts.narrative,
        category=found.category,
        source=facts.source,
        place=found.place,
        town=found.town,
        place_name=place_name(found.place),  # as the place was called that day
        place_code=found.place.code,
        occurred_on=facts.occurred_on,
        people_count=facts.people_count,
        amount_fen=facts.amount_fen,
        involved_towns=[town.code for town in found.towns],
        involved_sectors=[sector.code for sector in found.sectors],
        unit=found.unit,
        unit_name=found.unit.name if found.unit else facts.unit,
        unit_relation=facts.unit_relation,
        unit_consent=unit_consent.on_registration(
            facts.unit_consent, facts.unit_relation, found.unit, one.sides, one.by
        ),
        confidentiality=Confidentiality.RESTRICTED if one.is_restricted else Confidentiality.NORMAL,
        danger=facts.danger,
        danger_told=facts.danger_told,
        danger_told_at=facts.danger_told_at or (one.now if facts.danger_told else None),
        received_by=found.centre,
        managing_org=found.managing,
        registered_by=one.by.acting,
        registered_at=one.now,
        query_code_hash=crypto.search_hash("query_code", query_code),
        search=tsvector_text(f"{facts.title}\n{facts.narrative}"),
    )


def _party(dispute: Dispute, index: int, facts: PartyFacts, found: Resolved) -> Party:
    return party_rows.write(Party(dispute=dispute, position=index), facts, found.party_unit(facts))


def _next_ids(count: int) -> list[int]:
    """Taken beforehand, so that keys and clock stand in the row when it is written, once."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT_IDS, [count])
        return [pk for (pk,) in cursor.fetchall()]


def _take_numbers(entered: Sequence[Entered]) -> None:
    """The books' next numbers, under their row locks to the end of the transaction; a rollback gives them back."""
    books: dict[tuple[int, int], list[Entered]] = {}
    for one in entered:
        year = one.checked.now.astimezone(SHANGHAI).year
        books.setdefault((one.checked.found.centre.pk, year), []).append(one)
    for (centre_id, year), mine in sorted(books.items(), key=lambda book: book[0]):
        centre = mine[0].checked.found.centre
        book = _book_after(centre_id, year, centre.place.name[:40], len(mine))
        for seq, one in enumerate(mine, start=book.last_seq - len(mine) + 1):
            one.dispute.book, one.dispute.seq = book, seq
            one.dispute.number = format_number(centre.code, year, seq)


def _book_after(centre_id: int, year: int, name: str, count: int) -> LedgerBook:
    """The book with so many numbers more taken; made where it is missing."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT_NUMBERS, [centre_id, year, name, count])
        pk, printed, last = cursor.fetchone()
    row = (pk, centre_id, year, printed, last)
    return LedgerBook.from_db(DEFAULT_DB_ALIAS, ("id", "centre_id", "year", "printed_name", "last_seq"), row)


def _open_to_the_right_people(one: Entered, memo: BatchCache) -> access.InitialGrants:
    checked, dispute = one.checked, one.dispute
    marked = {"dispute": dispute, "marked_by": checked.by.user, "marked_at": checked.now}
    marks = [ConflictMark(organization=unit, **marked) for unit in checked.found.accused_units]
    marks += [ConflictMark(user=user, **marked) for user in checked.found.accused_people]
    return access.on_registration(dispute, checked.by.acting, marks, memo=memo, now=checked.now)


def _settle_and_warn(one: Entered) -> None:
    """当场化解 and 人身危险, where the facts say so."""
    facts, dispute = one.checked.facts, one.dispute
    if facts.settle_on_spot is not None:
        settle_on_spot.settle(dispute, facts.settle_on_spot, by=one.checked.by, now=one.checked.now)
    if dispute.danger:
        danger.tell_duty(dispute, now=one.checked.now)


def _first_entries(one: Entered, begun: Beginnings) -> list[ledger.Signed]:
    """That it was registered, and what was said of it at once."""
    dispute, said = one.dispute, begun.get(one.dispute.pk)
    if said is None:
        return [_first_entry(one)]
    entry = ledger.NewEntry(said.step, dispute.status, dispute.status, said.data)
    return [_first_entry(one), ledger.Signed(dispute, entry, said.by, one.checked.now)]


def _first_entry(one: Entered) -> ledger.Signed:
    dispute = one.dispute
    data = _entry_data(dispute, one.parties) | origin_rows.entry_data(one.origin)
    data |= restriction_questions.entry_data(one.question)
    texts = _entry_texts(dispute, one.parties) | origin_rows.entry_texts(one.origin)
    entry = ledger.NewEntry("register", "", dispute.status, data, texts)
    return ledger.Signed(dispute, entry, one.checked.by, one.checked.now)


def _entry_data(dispute: Dispute, parties: list[Party]) -> dict[str, object]:
    """What the chain keeps of the facts: ids, codes and numbers."""
    told_at = dispute.danger_told_at
    return {
        "category": dispute.category.code,
        "source": dispute.source,
        "place": dispute.place_code,
        "people_count": dispute.people_count,
        "amount_fen": dispute.amount_fen,
        "towns": dispute.involved_towns,
        "sectors": dispute.involved_sectors,
        "unit_relation": dispute.unit_relation,
        "unit_consent": dispute.unit_consent,
        "danger": dispute.danger,
        "restricted": dispute.is_restricted,
        "centre": dispute.received_by.code,
        "managing": dispute.managing_org.code,
        "parties": [[party.role, party.kind, party.head_count] for party in parties],
    } | ({"danger_told_at": told_at.isoformat()} if told_at else {})


def _entry_texts(dispute: Dispute, parties: list[Party]) -> dict[str, str]:
    """Words and names: the chain keeps only salted hashes, which erasing makes unknowable."""
    names = "\n".join(party.name for party in parties)
    told = dispute.danger_told  # whom the clerk had told of 人身危险
    return {"title": dispute.title, "narrative": dispute.narrative, "parties": names, "danger_told": told}
