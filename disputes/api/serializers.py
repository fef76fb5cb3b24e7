"""The shapes of requests. Shape and single-field checks only; everything else is the service's."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, cast

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from core.clock import end_of_day
from disputes.choices import (
    PartyKind,
    PartyRole,
    Source,
    UnitRelation,
)
from disputes.rules import intake, money
from disputes.rules.intake import IntakeFacts, PartyFacts, SpotSettlement
from disputes.rules.origin import NUMBER_LIMIT, SENDER_LIMIT, OriginFacts

# what stands for a value that must be there and could not be read, so that nothing is concluded from its absence
UNREAD = dict.fromkeys(("title", "narrative", "category", "source", "place"), "")
UNREAD_PARTY = {"role": PartyRole.APPLICANT.value, "kind": "", "name": ""}
UNREAD_SPOT = {"agreed": True, "way": "oral"}
MOST_PARTIES = 200
MOST_CODES = 60


class StrictSerializer(serializers.Serializer[Any]):
    """Refuses fields it does not know, so that nothing a client sends is dropped in silence."""

    def to_internal_value(self, data: Any) -> Any:
        names = data if isinstance(data, dict) else ()
        unknown: dict[Any, Any] = {name: [_("没有这个字段。")] for name in names if name not in self.fields}
        try:
            known = super().to_internal_value(data)
        except serializers.ValidationError as error:
            raise serializers.ValidationError({**cast("dict[str, Any]", error.detail), **unknown}) from error
        if unknown:
            raise serializers.ValidationError(unknown)
        return known


class Words(serializers.CharField):
    """Text without control characters, its line ends kept."""

    def to_internal_value(self, data: Any) -> str:
        return intake.clean_text(super().to_internal_value(data), lines=True)


class Line(serializers.CharField):
    def to_internal_value(self, data: Any) -> str:
        return intake.clean_text(super().to_internal_value(data))


class Moment(serializers.DateTimeField):
    """A moment, or a day that ends at its midnight in Shanghai."""

    def to_internal_value(self, value: Any) -> datetime:
        day = parse_day(value) if isinstance(value, str) else None
        return end_of_day(day) if day is not None else super().to_internal_value(value)


def parse_day(text: str) -> date | None:
    """2026-03-09; None for everything else."""
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d").date()  # a day has no zone
    except ValueError:
        return None


class PartySerializer(StrictSerializer):
    role = serializers.ChoiceField(PartyRole.choices)
    kind = serializers.ChoiceField(PartyKind.choices)
    name = Line(max_length=intake.NAME_LIMIT)
    phone = Line(max_length=30, required=False, allow_blank=True)
    id_number = Line(max_length=30, required=False, allow_blank=True)
    address = Line(max_length=200, required=False, allow_blank=True)
    head_count = serializers.IntegerField(min_value=1, max_value=intake.PEOPLE_LIMIT, required=False)
    organization = Line(max_length=40, required=False, allow_blank=True)


class JurisdictionSerializer(StrictSerializer):
    """The facts a person states about who is concerned; never derived from the category."""

    towns = serializers.ListField(child=Line(max_length=20), required=False, max_length=MOST_CODES)
    sectors = serializers.ListField(child=Line(max_length=20), required=False, max_length=MOST_CODES)
    unit = Line(max_length=100, required=False, allow_blank=True, allow_null=True)
    unit_relation = serializers.ChoiceField(UnitRelation.choices, required=False, allow_null=True)
    unit_consent = serializers.BooleanField(required=False, allow_null=True)


class PartyChangesSerializer(PartySerializer):
    """What is to be put right of one party; what is left out stays."""

    def get_fields(self) -> dict[str, serializers.Field]:
        fields: dict[str, serializers.Field] = super().get_fields()
        for field in fields.values():
            field.required = False
        return fields


class OriginChangesSerializer(StrictSerializer):
    """What is to be put right of who sent it; what is left out stays."""

    sender = Line(max_length=SENDER_LIMIT, required=False, allow_blank=True)
    number = Line(max_length=NUMBER_LIMIT, required=False, allow_blank=True)
    received_on = serializers.DateField(required=False, allow_null=True)
    due_at = Moment(required=False, allow_null=True)
    answer_wanted = serializers.BooleanField(required=False)


class ChangesSerializer(StrictSerializer):
    """What is to be put right of the matter; what is left out stays, null takes back what may be left out."""

    title = Line(max_length=intake.TITLE_LIMIT, required=False)
    narrative = Words(max_length=intake.NARRATIVE_LIMIT, required=False)
    category = Line(max_length=24, required=False)
    place = Line(max_length=20, required=False)
    people_count = serializers.IntegerField(
        min_value=1, max_value=intake.PEOPLE_LIMIT, required=False, allow_null=True
    )
    occurred_on = serializers.DateField(required=False, allow_null=True)
    amount = serializers.DecimalField(14, 2, min_value=0, required=False, allow_null=True)
    jurisdiction = JurisdictionSerializer(required=False)
    origin = OriginChangesSerializer(required=False, allow_null=True)


class SpotSerializer(StrictSerializer):
    agreed = serializers.BooleanField()
    way = serializers.ChoiceField([("oral", _("口头")), ("written", _("书面"))])
    account = Words(max_length=intake.NARRATIVE_LIMIT, required=False, allow_blank=True)


class OriginSerializer(OriginChangesSerializer):
    """Who sent it here. What must be there is the rule's: a sender, where anything is said."""

    answer_wanted = serializers.BooleanField(default=False)


class RegisterSerializer(StrictSerializer):
    title = Line(max_length=intake.TITLE_LIMIT)
    narrative = Words(max_length=intake.NARRATIVE_LIMIT)
    category = Line(max_length=24)
    source = serializers.ChoiceField(Source.choices)  # type: ignore[assignment]  # a field called source
    place = Line(max_length=20)
    people_count = serializers.IntegerField(
        min_value=1, max_value=intake.PEOPLE_LIMIT, required=False, allow_null=True
    )
    occurred_on = serializers.DateField(required=False, allow_null=True)
    amount = serializers.DecimalField(14, 2, min_value=0, required=False, allow_null=True)
    parties = serializers.ListField(child=PartySerializer(), max_length=MOST_PARTIES, required=False)
    jurisdiction = JurisdictionSerializer(required=False)
    restricted = serializers.BooleanField(required=False, allow_null=True)
    danger = serializers.BooleanField(default=False)
    danger_told = Line(max_length=200, required=False, allow_blank=True)
    danger_told_at = serializers.DateTimeField(required=False, allow_null=True)
    accused_units = serializers.ListField(child=Line(max_length=40), required=False, max_length=MOST_CODES)
    accused_people = serializers.ListField(child=Line(max_length=150), required=False, max_length=MOST_CODES)
    settle_on_spot = SpotSerializer(required=False, allow_null=True)
    origin = OriginSerializer(required=False, allow_null=True)

    def facts(self) -> IntakeFacts:
        return facts_of(self.validated_data)


def facts_of(validated: Mapping[str, Any]) -> IntakeFacts:
    """The validated body as the service takes it; of one that was read in part, what could be read."""
    body: dict[str, Any] = UNREAD | dict(validated)
    jurisdiction = body.pop("jurisdiction", {})
    amount = body.pop("amount", None)
    spot = body.pop("settle_on_spot", None)
    origin = body.pop("origin", None)
    parties = tuple(PartyFacts(**(UNREAD_PARTY | party)) for party in body.pop("parties", ()))
    people = body.pop("people_count", None)
    stated: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in body.items()
    }
    return IntakeFacts(
        **stated,
        parties=parties,
        people_count=intake.people_stated(people, parties),
        amount_fen=None if amount is None else money.fen_of(amount),
        towns=tuple(jurisdiction.get("towns", ())),
        sectors=tuple(jurisdiction.get("sectors", ())),
        unit=jurisdiction.get("unit") or "",
        unit_relation=jurisdiction.get("unit_relation") or "",
        unit_consent=jurisdiction.get("unit_consent"),
        settle_on_spot=SpotSettlement(**(UNREAD_SPOT | spot)) if spot else None,
        origin=OriginFacts(**origin) if origin else None,
    )
