"""Places and sectors for other systems: `{results, next}`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core import clock
from core.errors import InvalidInput
from jurisdictions.choices import PlaceKind
from jurisdictions.models import Place, Sector
from jurisdictions.querysets import PlaceQuerySet

PAGE = 200


class PlaceSerializer(serializers.ModelSerializer[Place]):
    parent = serializers.SlugRelatedField[Place](  # type: ignore[assignment]  # Field has one of its own
        slug_field="code", read_only=True, allow_null=True
    )

    class Meta:
        model = Place
        fields = ("code", "name", "kind", "alias", "parent")


class SectorSerializer(serializers.ModelSerializer[Sector]):
    class Meta:
        model = Sector
        fields = ("code", "name", "alias")


def _listing(name: str, row: type[serializers.Serializer[Any]]) -> OpenApiResponse:
    fields = {"results": row(many=True), "next": serializers.URLField(allow_null=True)}
    return OpenApiResponse(inline_serializer(name, fields))


class PlacesView(APIView):
    """The divisions in force today, by code."""

    @extend_schema(
        operation_id="places_list",
        parameters=[
            OpenApiParameter("kind", str, enum=PlaceKind.values),
            OpenApiParameter("parent", str, description="code or alias of the place above"),
            OpenApiParameter("cursor", str, description="from `next`"),
        ],
        responses={200: _listing("PlaceList", PlaceSerializer)},
    )
    def get(self, request: Request) -> Response:
        places = _asked_for(request).order_by("code").select_related("parent")
        found = list(places[: PAGE + 1])
        rows = found[:PAGE]
        more = len(found) > PAGE
        return Response(
            {"results": PlaceSerializer(rows, many=True).data, "next": _next(request, rows) if more else None}
        )


def _asked_for(request: Request) -> PlaceQuerySet:
    asked = request.query_params
    places: PlaceQuerySet = Place.objects.valid_on(clock.shanghai_date(clock.now()))
    if kind := asked.get("kind"):
        if kind not in PlaceKind.values:
            raise InvalidInput({"kind": [_("级别应为 county、town 或 village。")]})
        places = places.filter(kind=kind)
    if parent := asked.get("parent"):
        above = Place.objects.by_code(parent).first()
        if above is None:
            raise InvalidInput({"parent": [_("没有这个区划。")]})
        places = places.filter(parent=above)
    return places.filter(code__gt=asked["cursor"]) if asked.get("cursor") else places


def _next(request: Request, rows: list[Place]) -> str:
    query = request.query_params.copy()
    query["cursor"] = rows[-1].code
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


class SectorsView(APIView):
    """Lines of business; the alias is the department's code."""

    @extend_schema(operation_id="sectors_list", responses={200: _listing("SectorList", SectorSerializer)})
    def get(self, _request: Request) -> Response:
        return Response({"results": SectorSerializer(Sector.objects.all(), many=True).data, "next": None})
