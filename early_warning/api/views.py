"""Escalations over the API: the same services and the same sight as the pages."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.clock import now
from core.errors import InvalidInput
from disputes.api.listing import address_after, whole_number
from disputes.api.schema import page_of
from disputes.api.views import DisputeApi
from disputes.rules.intake import REASON_LIMIT
from early_warning.api.escalations import WITH, represented, rows_for
from early_warning.models import Escalation
from early_warning.selectors.escalation import seen_escalation
from early_warning.services import answers

PAGE, MOST = 25, 100
KNOWN = {"dispute", "cursor", "limit"}
MAYBE_TEXT: dict[str, Any] = {"type": "string", "nullable": True}
TIME: dict[str, Any] = {"type": "string", "format": "date-time", "nullable": True}
ESCALATION: dict[str, Any] = {
    "type": "object",
    "properties": {
        "id": {"type": "integer"},
        "dispute": {"type": "string"},
        "town": MAYBE_TEXT,
        "level": {"type": "integer"},
        "step": {"type": "integer"},
        "basis": {"type": "string"},
        "organization": MAYBE_TEXT,
        "role": {"type": "string"},
        "holder": MAYBE_TEXT,
        "confirmed": {"type": "boolean"},
        "notified_at": TIME,
        "acknowledged_at": TIME,
        "due_at": TIME,
        "outcome": MAYBE_TEXT,
    },
    "required": ["id", "dispute", "level", "step", "confirmed"],
}


class InstructSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=REASON_LIMIT)


class AccountSerializer(serializers.Serializer[Any]):
    account = serializers.CharField(max_length=REASON_LIMIT)


class ResolveBySerializer(serializers.Serializer[Any]):
    resolve_by = serializers.DateField()
    note = serializers.CharField(max_length=REASON_LIMIT, required=False, allow_blank=True)


class EscalationList(DisputeApi):
    @extend_schema(
        operation_id="escalations_list",
        parameters=[
            OpenApiParameter("dispute", str, description="All rows of this dispute, for those who see it."),
            OpenApiParameter("cursor", int),
            OpenApiParameter("limit", int, description=f"At most {MOST}."),
        ],
        responses={200: page_of(ESCALATION)},
    )
    def get(self, request: Request) -> Response:
        """Escalations addressed to me, newest first; `next` leads on."""
        given = {name: str(value) for name, value in request.query_params.items() if value != ""}
        unknown = sorted(set(given) - KNOWN)
        if unknown:
            raise InvalidInput({name: [_("没有这个筛选条件。")] for name in unknown})
        rows = rows_for(self.actor, given.get("dispute", ""))
        cursor, size = whole_number(given, "cursor", 0), max(1, min(whole_number(given, "limit", PAGE), MOST))
        if cursor:
            rows = rows.filter(pk__lt=cursor)
        found = list(rows.order_by("-pk")[: size + 1])
        following = address_after(request, found[size - 1].pk) if len(found) > size else None
        return Response({"results": [represented(row) for row in found[:size]], "next": following})


class AnswerApi(DisputeApi):
    """What the answers share: out of sight is 404 whatever the body; the row as it is afterwards."""

    def answer(
        self,
        escalation_id: int,
        service: Callable[..., object],
        body: serializers.Serializer[Any] | None = None,
    ) -> Response:
        seen_escalation(escalation_id, self.actor)
        given: dict[str, Any] = {}
        if body is not None:
            body.is_valid(raise_exception=True)
            given = dict(body.validated_data)
        service(escalation_id=escalation_id, **given, by=self.actor, now=now())
        return Response(represented(Escalation.objects.select_related(*WITH).get(pk=escalation_id)))


class Acknowledge(AnswerApi):
    @extend_schema(request=None, responses={200: ESCALATION, 409: None})
    def post(self, _request: Request, escalation_id: int) -> Response:
        """知悉."""
        return self.answer(escalation_id, answers.acknowledge)


class Instruct(AnswerApi):
    @extend_schema(request=InstructSerializer, responses={200: ESCALATION, 409: None})
    def post(self, request: Request, escalation_id: int) -> Response:
        """批示: goes to the handler."""
        return self.answer(escalation_id, answers.instruct, InstructSerializer(data=request.data))


class SetResolveBy(AnswerApi):
    @extend_schema(request=ResolveBySerializer, responses={200: ESCALATION, 409: None})
    def post(self, request: Request, escalation_id: int) -> Response:
        """明确化解时限: the present day or an earlier one."""
        return self.answer(escalation_id, answers.set_resolve_by, ResolveBySerializer(data=request.data))


class RiskRemoved(AnswerApi):
    @extend_schema(request=AccountSerializer, responses={200: ESCALATION, 409: None})
    def post(self, request: Request, escalation_id: int) -> Response:
        """风险已消除: with what was done."""
        return self.answer(escalation_id, answers.risk_removed, AccountSerializer(data=request.data))


class NoResult(AnswerApi):
    @extend_schema(request=AccountSerializer, responses={200: ESCALATION, 409: None})
    def post(self, request: Request, escalation_id: int) -> Response:
        """处理未果: climbs at once."""
        return self.answer(escalation_id, answers.no_result, AccountSerializer(data=request.data))
