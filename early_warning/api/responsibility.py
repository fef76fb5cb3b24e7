"""`POST /responsibility/resolve/`: who must resolve, and who would be told of a warning. Nothing is registered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Appointment
from core.clock import now, shanghai_date
from core.errors import InvalidInput
from disputes.api.schema import MAYBE_TEXT, TEXT
from disputes.api.serializers import MOST_CODES, JurisdictionSerializer, Line
from disputes.api.views import DisputeApi
from disputes.models import DisputeCategory
from early_warning.selectors.chains import ChainPost, chains_for
from jurisdictions.models import Organization, Place, Post, Sector
from responsibility.choices import ResponsibilityRule
from responsibility.selectors.preview import barred_keys
from responsibility.selectors.resolving import Resolution, Stated, resolve, towns_of

POST: dict[str, Any] = {
    "type": "object",
    "nullable": True,
    "description": "`organization:role` is the post's code; `holder` a username, null while the post is vacant.",
    "properties": {"organization": MAYBE_TEXT, "role": TEXT, "holder": MAYBE_TEXT},
}
CHAIN: dict[str, Any] = {"type": "array", "items": POST}
RESOLVED: dict[str, Any] = {
    "type": "object",
    "properties": {
        "rule": {"type": "string", "enum": ResponsibilityRule.values},
        "leader": POST,
        "organization": {
            "type": "object",
            "nullable": True,
            "properties": {"code": TEXT, "name": TEXT, "kind": TEXT, "place": TEXT},
        },
        "because": TEXT,
        "letter_to": MAYBE_TEXT,
        "chains": {
            "type": "object",
            "description": "Town code → level → who is told, in their order.",
            "additionalProperties": {"type": "object", "additionalProperties": CHAIN},
        },
    },
    "required": ["rule", "leader", "organization", "chains"],
}


class ResolveSerializer(JurisdictionSerializer):
    """The jurisdiction facts with the place, side by side or under `jurisdiction` as in a registration."""

    place = Line(max_length=20)
    category = Line(max_length=24, required=False, allow_blank=True, allow_null=True)
    jurisdiction = JurisdictionSerializer(required=False)
    accused_units = serializers.ListField(child=Line(max_length=40), required=False, max_length=MOST_CODES)
    accused_people = serializers.ListField(child=Line(max_length=150), required=False, max_length=MOST_CODES)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        nested: dict[str, Any] = dict(attrs.pop("jurisdiction", {}))
        return attrs | nested


class ResolveResponsibility(DisputeApi):
    @extend_schema(
        operation_id="responsibility_resolve",
        request=ResolveSerializer,
        responses={200: RESOLVED},
    )
    def post(self, request: Request) -> Response:
        """Who must resolve a dispute with these facts by §8, and each town's chain of §7; nothing is written."""
        by, moment = self.actor, now()
        serializer = ResolveSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        facts = _Named(serializer.validated_data, moment)
        found = resolve(facts.stated(by.organization.place.county_code), moment)
        chains = chains_for(facts.towns(), facts.hot_field, moment)
        return Response(_shown(found, chains))


class _Named:
    """Looks every code up once; raises InvalidInput with all that are unknown, at their fields."""

    def __init__(self, given: dict[str, Any], moment: datetime) -> None:
        self.given, self.today = given, shanghai_date(moment)
        self.errors: dict[str, list[object]] = {}
        self.place = self._place()
        self.others = self._codes("towns", Place.objects.towns().valid_on(self.today))
        self.sectors = self._codes("sectors", Sector.objects.all())
        self.unit = self._unit()
        self.hot_field = self._hot_field()
        self.barred = barred_keys(given.get("accused_units", []), given.get("accused_people", []))
        if self.errors:
            raise InvalidInput(self.errors)

    def stated(self, county_code: str) -> Stated:
        unit_name = self.given.get("unit") or ""
        return Stated(
            county_code=self.place.county_code if self.place else county_code,
            towns=self.town_codes(),
            sectors=tuple(self.sectors),
            unit_id=self.unit.pk if self.unit else None,
            unit_name=self.unit.name if self.unit else unit_name,
            unit_relation=self.given.get("unit_relation") or "",
            unit_untold=self.given.get("unit_consent") is False,  # who asks for the rule alone need not say
            hot_field=self.hot_field,
            barred=self.barred,
        )

    def town_codes(self) -> tuple[str, ...]:
        return towns_of(self.place.code if self.place else "", list(self.others))

    def towns(self) -> list[Place]:
        rows = {row.code: row for row in Place.objects.filter(code__in=self.town_codes())}
        return [rows[code] for code in self.town_codes() if code in rows]

    def _place(self) -> Place | None:
        code = self.given["place"]
        place: Place | None = Place.objects.by_code(code).valid_on(self.today).first()
        self._need(place, "place", _("没有找到“%s”，请从列表中选择。") % code[:40])
        return place

    def _codes(self, name: str, rows: Any) -> dict[str, Any]:
        """Rows by code in the order named, aliases accepted."""
        codes = list(self.given.get(name) or [])
        known = {key: row for row in rows.by_codes(codes) for key in (row.code, row.alias) if key}
        for code in codes:
            self._need(code in known, name, _("没有找到“%s”，请从列表中选择。") % code[:40])
        return {known[code].code: known[code] for code in codes if code in known}

    def _unit(self) -> Organization | None:
        units = Organization.objects.named(self.given.get("unit") or "")
        unit: Organization | None = units.valid_on(self.today).first()
        return unit

    def _hot_field(self) -> str:
        code = self.given.get("category") or ""
        found = DisputeCategory.objects.filter(code=code).values_list("hot_field", flat=True).first()
        self._need(found or not code, "category", _("没有这个类别，请从列表中选择。"))
        return found or ""

    def _need(self, fine: object, name: str, message: str) -> None:
        if not fine:
            self.errors.setdefault(name, []).append(message)


def _shown(found: Resolution, chains: dict[str, dict[int, tuple[ChainPost, ...]]]) -> dict[str, Any]:
    house = found.organization
    return {
        "rule": found.rule,
        "leader": _post(found.post, found.holder, found.post.role) if found.post else None,
        "organization": house and _house(house),
        "because": found.because,
        "letter_to": found.letter_to or None,
        "chains": {
            town: {
                str(level): [_post(rung.post, rung.holder, rung.role) for rung in rungs]
                for level, rungs in levels.items()
            }
            for town, levels in chains.items()
        },
    }


def _house(house: Organization) -> dict[str, str]:
    return {"code": house.code, "name": house.name, "kind": house.kind, "place": house.place.code}


def _post(post: Post | None, holder: Appointment | None, role: str) -> dict[str, str | None]:
    return {
        "organization": post.organization.code if post else None,
        "role": str(role),
        "holder": holder.user.username if holder else None,
    }
