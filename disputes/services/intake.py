"""Registration: the one way a dispute comes into being. A number is given as late as possible."""

import secrets
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.permissions import Permission
from accounts.policies import require
from core import crypto
from core.actor import Actor
from core.clock import SHANGHAI
from core.search import tsvector_text
from core.transactions import retried
from disputes import events
from disputes.choices import Confidentiality, DeadlineKind, Status
from disputes.errors import InvalidInput
from disputes.models import ConflictMark, Dispute, LedgerBook, Party
from disputes.rules import intake as rules
from disputes.rules.intake import IntakeFacts, PartyFacts
from disputes.services import access, clocks, danger, ledger, notices, spot, waiting
from disputes.services.intake_checks import Checker, Resolved
from jurisdictions.models import Organization

WRITTEN_ABOVE = ["responsible_leader", "warning_level", "access_keys", "version"]  # by who heard the event
NEXT_NUMBER = (
    "INSERT INTO disputes_ledgerbook (centre_id, year, printed_name, last_seq) VALUES (%s, %s, %s, 1)"
    " ON CONFLICT (centre_id, year) DO UPDATE SET last_seq = disputes_ledgerbook.last_seq + 1 RETURNING *"
)


@retried
def register(*, facts: IntakeFacts, by: Actor, now: datetime) -> tuple[Dispute, str]:
    """登记: one transaction with number, parties, keys, clock, trail entry and event; returns the query code too.

    Raises NotPermitted, or InvalidInput with every message at its field. Locks the book's counter row last.
    """
    dispute, query_code = _entered(facts, by, now)
    if dispute.status == Status.REGISTERED:
        notices.after_step(dispute, "register", by=by, now=now)
    return dispute, query_code


@retried
def register_one_of_many(*, facts: IntakeFacts, by: Actor, now: datetime) -> Dispute:
    """登记 of one line of an import: the same, but nobody gets a notice for each line."""
    return _entered(facts, by, now)[0]


def _entered(facts: IntakeFacts, by: Actor, now: datetime) -> tuple[Dispute, str]:
    require(by, Permission.REGISTER)
    facts = rules.cleaned(facts)
    found = Checker(facts, by, now).resolve()
    dispute, query_code = _build(facts, found, by, now)
    if facts.settle_on_spot and dispute.is_restricted:
        raise InvalidInput({"settle_on_spot": [_("限制知悉的纠纷不能当场化解，请按正常程序登记。")]})
    take_number(dispute, found.centre, now)
    dispute.save()
    parties = [_party(dispute, index, party, found) for index, party in enumerate(facts.parties)]
    Party.objects.bulk_create(parties)
    _open_to_the_right_people(dispute, found, by, now)
    clocks.start(dispute, DeadlineKind.ACCEPT, by=by, now=now)
    _finish(dispute, facts, parties, by, now)
    return dispute, query_code


def refusals(*, facts: IntakeFacts, by: Actor, now: datetime) -> dict[str, list[object]]:
    """Every message registering these facts would be refused with, by field; writes nothing."""
    try:
        Checker(rules.cleaned(facts), by, now).resolve()
    except InvalidInput as error:
        return error.errors
    return {}


def _finish(dispute: Dispute, facts: IntakeFacts, parties: list[Party], by: Actor, now: datetime) -> None:
    clocks.note_next_due(dispute)
    waiting.note(dispute)
    dispute.save()
    entry = ledger.NewEntry(
        "register", "", dispute.status, entry_data(dispute, parties), entry_texts(dispute, parties)
    )
    ledger.append(dispute, entry, by=by, now=now)
    if facts.settle_on_spot is not None:
        spot.settle(dispute, facts.settle_on_spot, by=by, now=now)
    if dispute.danger:
        danger.tell_duty(dispute, now=now)
    event = events.DisputeRegistered(dispute.pk, dispute.number, by, now)
    events.dispute_registered.send(sender=events.DisputeRegistered, event=event)
    dispute.refresh_from_db(fields=WRITTEN_ABOVE)


def _build(facts: IntakeFacts, found: Resolved, by: Actor, now: datetime) -> tuple[Dispute, str]:
    restricted = found.restricted_by_default if facts.restricted is None else facts.restricted
    query_code = f"{secrets.randbelow(10**8):08d}"
    dispute = Dispute(
        title=facts.title,
        narrative=facts.narrative,
        category=found.category,
        source=facts.source,
        place=found.place,
        town=found.town,
        place_name=place_name(found),
        place_code=found.place.code,
        occurred_on=facts.occurred_on,
        people_count=facts.people_count,
        amount_fen=facts.amount_fen,
        involved_towns=[town.code for town in found.towns],
        involved_sectors=[sector.code for sector in found.sectors],
        unit=found.unit,
        unit_name=found.unit.name if found.unit else facts.unit,
        unit_relation=facts.unit_relation,
        confidentiality=Confidentiality.RESTRICTED if restricted else Confidentiality.NORMAL,
        danger=facts.danger,
        danger_told=facts.danger_told,
        danger_told_at=facts.danger_told_at,
        received_by=found.centre,
        managing_org=found.managing,
        registered_by=by.acting,
        registered_at=now,
        query_code_hash=crypto.search_hash("query_code", query_code),
        search=tsvector_text(f"{facts.title}\n{facts.narrative}"),
    )
    return dispute, query_code


def take_number(dispute: Dispute, centre: Organization, now: datetime) -> None:
    """The book's next number, under its row lock to the end of the transaction; a rollback gives it back."""
    year = now.astimezone(SHANGHAI).year
    book = LedgerBook.objects.raw(NEXT_NUMBER, [centre.pk, year, centre.place.name[:40]])[0]
    dispute.book, dispute.seq = book, book.last_seq
    dispute.number = format_number(centre.code, year, book.last_seq)


def format_number(centre_code: str, year: int, seq: int) -> str:
    """`{centre}-{year}-{seq:06d}`, ASCII: t01-2026-000123."""
    return f"{centre_code.removesuffix('.centre')}-{year}-{seq:06d}"


def _open_to_the_right_people(dispute: Dispute, found: Resolved, by: Actor, now: datetime) -> None:
    user = by.user
    marks = [
        ConflictMark(dispute=dispute, organization=o, marked_by=user, marked_at=now)
        for o in found.accused_units
    ]
    marks += [
        ConflictMark(dispute=dispute, user=u, marked_by=user, marked_at=now) for u in found.accused_people
    ]
    access.bar(dispute, marks)
    access.grant_on_registration(dispute, by.acting, now=now)
    access.rebuild(dispute)


def _party(dispute: Dispute, index: int, facts: PartyFacts, found: Resolved) -> Party:
    return Party(
        dispute=dispute,
        role=facts.role,
        kind=facts.kind,
        name=facts.name,
        name_hash=crypto.search_hash("name", facts.name),
        id_number=facts.id_number,
        id_hash=crypto.search_hash("id_number", facts.id_number) if facts.id_number else "",
        phone=facts.phone,
        phone_hash=crypto.search_hash("phone", facts.phone) if facts.phone else "",
        address=facts.address,
        head_count=facts.head_count,
        organization=found.party_unit(facts),
        position=index,
    )


def place_name(found: Resolved) -> str:
    """青石镇石桥村: as the place was called that day."""
    if found.town and found.place.pk != found.town.pk:
        return f"{found.town.name}{found.place.name}"
    return found.place.name


def entry_data(dispute: Dispute, parties: list[Party]) -> dict[str, object]:
    """What the chain keeps of the facts: ids, codes and numbers."""
    return {
        "category": dispute.category.code,
        "source": dispute.source,
        "place": dispute.place_code,
        "people_count": dispute.people_count,
        "amount_fen": dispute.amount_fen,
        "towns": dispute.involved_towns,
        "sectors": dispute.involved_sectors,
        "unit_relation": dispute.unit_relation,
        "danger": dispute.danger,
        "restricted": dispute.is_restricted,
        "centre": dispute.received_by.code,
        "managing": dispute.managing_org.code,
        "parties": [[party.role, party.kind, party.head_count] for party in parties],
    }


def entry_texts(dispute: Dispute, parties: list[Party]) -> dict[str, str]:
    """Words and names: the chain keeps only salted hashes, which erasing makes unknowable."""
    names = "\n".join(party.name for party in parties)
    told = dispute.danger_told  # whom the clerk had told of 人身危险
    return {"title": dispute.title, "narrative": dispute.narrative, "parties": names, "danger_told": told}
