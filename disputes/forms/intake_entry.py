"""The whole intake entry: form and rows together, from a draft or from a request, to facts and back to errors."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from django.http import QueryDict

from core.actor import Actor
from disputes import extensions
from disputes.choices import PartyKind, PartyRole
from disputes.forms import intake_errors
from disputes.forms.fields import read_in
from disputes.forms.intake import IntakeForm
from disputes.forms.intake_errors import ACCUSED, ORIGIN, PARTIES
from disputes.forms.intake_origin import OriginForm, hands_on
from disputes.forms.intake_rows import AccusedRows, PartyRows
from disputes.rules import money, titles
from disputes.rules.applying import asks_applicant
from disputes.rules.consent import is_asked
from disputes.rules.intake import IntakeFacts, PartyFacts, SpotSettlement, clean_text, people_stated
from disputes.rules.origin import FORWARDED
from disputes.selectors import intake

FIRST_ROWS = [
    {"role": PartyRole.APPLICANT, "kind": PartyKind.NATURAL},
    {"role": PartyRole.RESPONDENT, "kind": PartyKind.NATURAL},
]
LISTS = ("other_towns", "sectors")
MORE = ("unit_relation", "unit", "other_towns", "sectors", "restricted")
NOT_KEPT = ("csrfmiddlewaretoken", "files", "merge_into", "more", "autosave")
CLAUSE = re.compile(r"[，,：:]")
SENTENCE = re.compile(r"[。！？；!?;\n]")
TITLE_FROM_TEXT = 40

Kept = dict[str, list[str]]


def kept_of(data: QueryDict) -> Kept:
    """What a draft keeps of a request: every typed value, by field."""
    return {name: data.getlist(name) for name in data if name not in NOT_KEPT}


def title_of(kept: Kept) -> str:
    """How a draft is called in the list."""
    typed = clean_text(_first(kept, "title") or _first(kept, "narrative"), lines=True)
    sentence = SENTENCE.split(typed, maxsplit=1)[0]
    if len(sentence) <= TITLE_FROM_TEXT:
        return sentence
    clause = CLAUSE.split(sentence, maxsplit=1)[0]
    return f"{clause[:TITLE_FROM_TEXT]}…"


def title_proposed(kept: Kept) -> str:
    """What the matter would be called by the parties and the kind typed so far; empty before anybody is named."""
    parties = parties_typed(kept)
    if not any(party.name for party in parties):
        return ""
    return titles.proposed(parties, intake.category_name(_first(kept, "category")))


def _first(kept: Kept, name: str) -> str:
    values = kept.get(name) or [""]
    return values[0]


def parties_typed(kept: Kept) -> tuple[PartyFacts, ...]:
    """Names and numbers as far as they are typed, unchecked: for looking up duplicates."""
    return tuple(
        PartyFacts(
            role=row.get("role", ""),
            kind=row.get("kind", ""),
            name=clean_text(row.get("name", "")),
            phone=clean_text(row.get("phone", "")),
            id_number=clean_text(row.get("id_number", "")),
        )
        for row in _rows_of(kept, PARTIES)
    )


class IntakeEntry:
    """One entry of the form. `kept` fills it from a draft; `data` binds it to a request."""

    def __init__(
        self,
        *,
        by: Actor,
        today: date,
        kept: Kept | None = None,
        data: QueryDict | None = None,
        more: int = 0,
    ) -> None:
        kept = kept or {}
        fields = {name: values if name in LISTS else values[0] for name, values in kept.items() if values}
        parties = _rows_of(kept, PARTIES) or FIRST_ROWS
        self.form = IntakeForm(data, initial=fields, by=by, today=today)
        self.origin = OriginForm(data, prefix=ORIGIN, initial=_of_prefix(fields, ORIGIN))
        self.parties = cast("Any", PartyRows(data, prefix=PARTIES, initial=[*parties, *[{}] * more]))
        self.parties.asks_applicant = asks_applicant(str(self.form["source"].value()))
        self.accused: Any = AccusedRows(data, prefix=ACCUSED, initial=_rows_of(kept, ACCUSED))
        self.beside = extensions.intake_forms(data, fields, by)
        self.refused_files: list[str] = []
        self.said_of_all_parties: list[str] = []

    def is_valid(self) -> bool:
        valid = [one.is_valid() for one in (*self.forms, *self.formsets)]
        return all(valid)

    @property
    def forms(self) -> list[Any]:
        """The form itself and what upper apps ask beside it."""
        return [self.form, self.origin, *self.beside.values()]

    @property
    def formsets(self) -> list[Any]:
        return [self.parties, self.accused]

    @property
    def is_wrong(self) -> bool:
        return bool(self.form.is_bound and self.error_links())

    def party_rows(self) -> list[tuple[int, Any]]:
        """The parties that are stated, in the order the service counts them."""
        return [(index, row) for index, row in self.parties.kept() if not row.is_blank]

    @property
    def first_party(self) -> Any | None:
        """Where a message about all parties stands."""
        return next((row for _index, row in self.parties.kept()), None)

    def error_links(self) -> list[intake_errors.Link]:
        """The summary: every message in the order of the page, with the control it leads to."""
        return intake_errors.links(self, self.refused_files)

    @property
    def shows_more(self) -> bool:
        """Whether something is stated, or wrong, in the part that most entries leave closed."""
        wrong = self.form.is_bound and any(name in self.form.errors for name in MORE)
        return wrong or any(self.form[name].value() for name in MORE) or len(self.accused.forms) > 0

    @property
    def shows_origin(self) -> bool:
        """Whether somebody sent it, by what is chosen or typed."""
        return hands_on(str(self.form["source"].value())) or self.origin.says_something

    @property
    def forwarded(self) -> str:
        """The sources that hand matters on, for the script that opens this part."""
        return " ".join(FORWARDED)

    def facts(self) -> IntakeFacts:
        """What is stated, as far as it could be read; only after is_valid was asked."""
        given = read_in(self.form)
        parties = tuple(row.facts() for _index, row in self.party_rows())
        who = [row.cleaned_data.get("who", "") for _index, row in self.accused.kept()]
        amount = given["amount"]
        return IntakeFacts(
            title=given["title"] or titles.proposed(parties, intake.category_name(given["category"])),
            narrative=given["narrative"],
            category=given["category"],
            source=given["source"],
            place=given["place"],
            people_count=people_stated(given["people_count"], parties),
            occurred_on=given["occurred_on"],
            amount_fen=None if amount is None else money.fen_of(amount),
            parties=parties,
            towns=_towns(given["place"], given["other_towns"]),
            sectors=tuple(given["sectors"]),
            unit=given["unit"],
            unit_relation=given["unit_relation"],
            unit_consent=(given["unit_consent"] or None) if is_asked(given["unit_relation"]) else None,
            restricted=given["restricted"] or None,
            unrestricted=given["restriction_asked"] and not given["restricted"],
            danger=given["danger"],
            danger_told=given["danger_told"] if given["danger"] else "",
            danger_told_at=given["danger_told_at"] if given["danger"] else None,
            accused_units=_of_kind(who, intake.UNIT),
            accused_people=_of_kind(who, intake.PERSON),
            settle_on_spot=_spot(given),
            origin=self.origin.facts(),
            beside={name: form.cleaned_data for name, form in self.beside.items()},
        )

    def take_errors(self, errors: Mapping[str, Sequence[object]]) -> None:
        """Puts what the service found at the fields it concerns."""
        intake_errors.take(self, errors)


def _of_prefix(fields: dict[str, Any], prefix: str) -> dict[str, Any]:
    """What a draft keeps of a form with a prefix, by its own names."""
    start = f"{prefix}-"
    return {name.removeprefix(start): value for name, value in fields.items() if name.startswith(start)}


def _rows_of(kept: Kept, prefix: str) -> list[dict[str, Any]]:
    rows: dict[int, dict[str, Any]] = {}
    for name, values in kept.items():
        match = re.fullmatch(rf"{prefix}-(\d{{1,3}})-(\w+)", name)
        if match and values:
            rows.setdefault(int(match[1]), {})[match[2]] = values[0]
    return [row for _index, row in sorted(rows.items()) if not row.pop("DELETE", "")]


def _towns(place: str, others: list[str]) -> tuple[str, ...]:
    """The town of the place first, then the others named."""
    own = [place[:9]] if place.isdigit() and len(place) >= 9 else []
    return tuple(dict.fromkeys([*own, *others]))


def _of_kind(who: list[str], kind: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.removeprefix(kind) for value in who if value.startswith(kind)))


def _spot(given: dict[str, Any]) -> SpotSettlement | None:
    if not given["settle_on_spot"]:
        return None
    return SpotSettlement(agreed=True, way=given["spot_way"] or "oral", account=given["spot_account"])
