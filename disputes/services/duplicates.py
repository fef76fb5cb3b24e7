"""Likely duplicates while typing: the same party by keyed hash, or a similar text, wherever it happened.

Candidates for the same matter only, at most five, never a count of what somebody brought before.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.scoping import NOTHING
from core.actor import Actor
from core.clock import shanghai_date
from core.language import in_house_language
from core.written_once import OneOf, written_once
from disputes.choices import Confidentiality
from disputes.disclosure import disclosures
from disputes.models import Dispute, Party
from disputes.querysets import Keys
from disputes.rules import identity, lifecycle, similarity
from disputes.rules.intake import IntakeFacts, PartyFacts
from disputes.selectors import likely_twins
from disputes.selectors.as_of import as_seen
from disputes.selectors.likely_twins import Effort
from disputes.services import notices, party_hashes, party_rows
from jurisdictions.choices import OrganizationKind, PlaceKind, PostRole
from jurisdictions.models import Organization

PERIOD = timedelta(days=180)
CANDIDATES = 200
SHOWN = 5
NAMED = 3  # numbers in one notice
SERIES = 3  # twins from which on a matter counts as a series
FIELDS = (
    "id",
    "number",
    "title",
    "narrative",
    "status",
    "place_name",
    "confidentiality",
    "place_id",
    "unit_id",
    "warning_level",
    "registered_at",
)
PARTY_FIELDS = ("dispute_id", "name_hash", "id_hash", "phone_hash")


@dataclass(frozen=True)
class Typed:
    """What has been typed so far, as far as it can be compared."""

    text: str
    parties: tuple[PartyFacts, ...] = ()


class Told(NamedTuple):
    """A dispute, as far as its words are compared."""

    pk: int
    title: str
    narrative: str


@dataclass(frozen=True)
class Candidate:
    dispute: Dispute
    same_party: bool
    ratio: float

    @property
    def may_merge(self) -> bool:
        return self.dispute.status in lifecycle.MERGEABLE


@dataclass(frozen=True)
class Found:
    """`elsewhere`: a likely twin in another town exists; nothing else of it is told."""

    candidates: list[Candidate]
    elsewhere: list[int]


@dataclass(frozen=True)
class Matches:
    """Dispute ids by what they have in common: a party's id number or phone, its name alone, the text alone.

    `like` tells how much of the text a row shares.
    """

    sure: set[int]
    by_name: set[int]
    by_text: set[int]
    like: Callable[[Dispute | Told], float]

    @property
    def same_party(self) -> set[int]:
        return self.sure | self.by_name

    @property
    def all(self) -> set[int]:
        return self.same_party | self.by_text


def look(*, typed: Typed, by: Actor, now: datetime) -> Found:
    """Five queries whatever the number of disputes; reads only."""
    matches = _matches(typed.text, typed.parties, now, likely_twins.WHILE_TYPING)
    recent = Dispute.objects.visible_to(by).filter(registered_at__gte=now - PERIOD)
    rows = list(recent.filter(pk__in=matches.all).only(*FIELDS)) if matches.all else []
    candidates = _ranked(as_seen(rows, disclosures(by, rows)), matches)
    elsewhere = _twins_elsewhere(matches, by, now)
    return Found(candidates[:SHOWN], elsewhere)


def typed_of(dispute: Dispute) -> Typed:
    """What stands in a registration, to look for its twins."""
    return Typed(
        f"{dispute.title}\n{dispute.narrative}",
        party_rows.all_facts(dispute.parties.select_related("organization")),
    )


def tell_county_of_twins(*, facts: IntakeFacts, dispute: Dispute, by: Actor, now: datetime) -> None:
    """What was registered may stand in another town's book too: the county is told both numbers."""
    matches = _matches(
        f"{facts.title}\n{facts.narrative}", facts.parties, now, likely_twins.WHEN_REGISTERED, but=dispute.pk
    )
    _tell_of_registered(dispute, _rows(_twins_elsewhere(matches, by, now)), by=by, now=now)


@in_house_language
def tell_county(twins: Iterable[int], *, about: str, by: Actor, now: datetime) -> None:
    """While it is typed: one notice for each draft (`about` is its key) and series, however often it is asked."""
    found = _rows(twins)
    if not found:
        return
    notices.tell(
        found[0],
        _county_office(now),
        kind="duplicate.elsewhere",
        title=_("%(centre)s 正在登记的纠纷可能与 %(numbers)s 是同一件，请核对并案")
        % {"centre": by.organization, "numbers": _named(found)},
        key=f"twin:{found[0].pk}:{about}",
        now=now,
    )


@in_house_language
def _tell_of_registered(dispute: Dispute, twins: list[Dispute], *, by: Actor, now: datetime) -> None:
    """One notice for a registration. What joins a series that is known already is told once a day: the county
    looks at the whole series then."""
    if not twins:
        return
    is_series = len(twins) >= SERIES
    notices.tell(
        dispute,
        _county_office(now),
        kind="duplicate.elsewhere",
        title=_("%(centre)s 登记的 %(new)s 可能与 %(numbers)s 是同一件，请核对并案")
        % {"centre": by.organization, "new": dispute.display_number, "numbers": _named(twins)},
        key=f"twin:{twins[0].pk}:{shanghai_date(now) if is_series else dispute.number}",
        now=now,
    )


def _rows(twins: Iterable[int]) -> list[Dispute]:
    """The oldest first: it stands for the series."""
    ids = list(twins)
    found = Dispute.objects.filter(pk__in=ids).only("number", "title", "confidentiality").order_by("pk")
    return list(found) if ids else []


def _named(twins: list[Dispute]) -> str:
    """All of a few numbers; of many the first ones and how many there are."""
    numbers = "、".join(twin.display_number for twin in twins[:NAMED])
    if len(twins) <= NAMED:
        return numbers
    return _("%(numbers)s 等 %(count)d 件") % {"numbers": numbers, "count": len(twins)}


def _county_office(now: datetime) -> list[int]:
    centres = Organization.objects.filter(
        kind=OrganizationKind.GOVERNANCE_CENTRE, place__kind=PlaceKind.COUNTY
    ).values_list("pk", flat=True)
    return [user for pk in centres for user in notices.holders(pk, PostRole.COORDINATOR, now)]


def _matches(
    text: str, parties: Sequence[PartyFacts], now: datetime, effort: Effort, *, but: int | None = None
) -> Matches:
    """Of everybody's disputes of the period; `but` is the one just registered."""
    pairs, known = similarity.bigrams(text), likely_twins.commonness(now)
    sure, by_name = _of_same_party(parties)
    enough = len(pairs) >= similarity.LEAST_SHARED
    alike = likely_twins.sharing(pairs, since=now - PERIOD, known=known, effort=effort) if enough else []

    def like(row: Dispute | Told) -> float:
        return similarity.ratio(pairs, similarity.bigrams(f"{row.title}\n{row.narrative}"), known)

    return Matches(sure, by_name, set(alike) - sure - by_name - {but}, like)


def _of_same_party(parties: Sequence[PartyFacts]) -> tuple[set[int], set[int]]:
    """Disputes with a party of the same number, phone or name; the newest of each, by their hash indexes."""
    named = [party.name for party in parties if not identity.says_no_name(party.name)]
    names = {party_hashes.of_name(name) for name in named}
    ids = {party_hashes.of_id_number(party.id_number) for party in parties} - {""}
    phones = {party_hashes.of_phone(party.phone) for party in parties} - {""}
    if not names | ids | phones:
        return set(), set()
    sure: set[int] = set()
    by_name: set[int] = set()
    rows = _with_party(sorted(names), sorted(ids), sorted(phones))
    for dispute_id, _name_hash, id_hash, phone_hash in rows:
        same = (id_hash and id_hash in ids) or (phone_hash and phone_hash in phones)
        (sure if same else by_name).add(dispute_id)
    return sure, by_name - sure


@written_once
def _with_party(names: Any, ids: Any, phones: Any) -> QuerySet[Party, Any]:
    same = Q(OneOf("name_hash", names)) | Q(OneOf("id_hash", ids)) | Q(OneOf("phone_hash", phones))
    # "+ 0" keeps the planner on the hash indexes instead of walking all parties by dispute
    newest = Party.objects.filter(same).order_by(-(F("dispute_id") + 0))
    return newest.values_list(*PARTY_FIELDS)[:CANDIDATES]


def _ranked(rows: Iterable[Dispute], matches: Matches) -> list[Candidate]:
    """The same person first, then by how much of the text is shared; unlike texts fall out."""
    found: dict[int, Candidate] = {}
    for row in rows:
        value = matches.like(row)
        same = row.pk in matches.same_party
        if same or similarity.is_alike(value):
            found[row.pk] = Candidate(row, same, value)
    return sorted(
        found.values(), key=lambda c: (c.dispute.pk in matches.sure, c.same_party, c.ratio), reverse=True
    )


def _twins_elsewhere(matches: Matches, by: Actor, now: datetime) -> list[int]:
    """Open disputes of other centres about the same matter. None that is restricted, and none that bars the reader."""
    if not matches.all:
        return []
    scope, place = by.scope or NOTHING, by.organization.place
    rows = _open_elsewhere(
        sorted(matches.all),
        now - PERIOD,
        place.town_code or place.code,
        Keys(scope.keys).value,
        Keys(scope.own_keys).value,
    )
    told = (Told(*columns) for columns in rows)
    return [row.pk for row in told if _is_twin(row, matches)]


@written_once
def _open_elsewhere(ids: Any, since: Any, town: Any, keys: Any, own_keys: Any) -> QuerySet[Dispute, Any]:
    rows = (
        Dispute.objects.filter(OneOf("pk", ids), registered_at__gte=since)
        .exclude(barred_keys__overlap=own_keys)
        .exclude(confidentiality=Confidentiality.RESTRICTED)
        .exclude(received_by__place__code=town)
        .exclude(access_keys__overlap=keys)
        .filter(status__in=sorted(lifecycle.MERGEABLE))
        .order_by("pk")
    )
    return rows.values_list("pk", "title", "narrative")


def _is_twin(row: Told, matches: Matches) -> bool:
    """A name alone is shared by many: then the text must speak for it too, and a text alone must say much the same."""
    if row.pk in matches.sure:
        return True
    enough = similarity.is_alike if row.pk in matches.by_name else similarity.is_surely_alike
    return enough(matches.like(row))
