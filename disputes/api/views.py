"""The REST API of disputes: the same services and the same sight as the pages."""

from typing import Any, cast

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.acting import acting
from accounts.permissions import Permission
from accounts.scoping import NOTHING
from core.actor import Actor
from core.clock import now
from core.errors import InvalidInput
from core.reading import writes_when_read
from disputes.api import listing, representation, trail
from disputes.api.registering import facts_in
from disputes.api.schema import DISPUTE, DISPUTE_OR_STUB, LIST_PARAMETERS, REGISTERED, TRAIL, page_of
from disputes.api.serializers import RegisterSerializer
from disputes.api.step_bodies import STEP_BODIES
from disputes.models import Dispute, DisputeCategory
from disputes.selectors import stubs
from disputes.services import idempotency, intake, looks, steps
from disputes.services.sight import is_open_to

KEY_LIMIT = 80
WITH = (
    "category",
    "received_by",
    "managing_org",
    "handed_down_by",
    "lead_unit",
    "responsible_person__user",
    "responsible_leader__organization",
    "waiting_org",
    "unit",
    "survivor",
    "origin",
)


@writes_when_read("opening what is restricted is recorded")
class DisputeApi(APIView):
    """What all of them share: the actor of the token, and a dispute only if its content is in their sight."""

    @property
    def actor(self) -> Actor:
        return acting(self.request._request, Permission.VIEW_DISPUTES)

    def dispute(self, number: str) -> Dispute:
        found: Dispute = Dispute.objects.select_related(*WITH).get_visible(self.actor, number)
        return found

    def visible(self, number: str) -> Dispute | None:
        rows = Dispute.objects.visible_to(self.actor).select_related(*WITH).filter(number=number)
        return cast("Dispute | None", rows.first())

    def _read(self, number: str, found: Dispute | None = None) -> Dispute:
        """The same; the look at what is restricted is recorded."""
        found = found or self.dispute(number)
        looks.note(found, by=self.actor, now=now())
        return found


class DisputeList(DisputeApi):
    @extend_schema(
        operation_id="disputes_list",
        parameters=LIST_PARAMETERS,
        responses={200: page_of(DISPUTE_OR_STUB)},
    )
    def get(self, request: Request) -> Response:
        """Disputes in my sight, newest first; `next` leads on."""
        rows, following = listing.page(request, self.actor)
        return Response({"results": representation.brief(rows, self.actor), "next": following})

    @extend_schema(
        request=RegisterSerializer,
        responses={201: REGISTERED, 409: None},
        parameters=[
            OpenApiParameter(
                "Idempotency-Key", str, OpenApiParameter.HEADER, description="The same key registers once."
            )
        ],
    )
    def post(self, request: Request) -> Response:
        """Registers a dispute. With an Idempotency-Key it happens once, whatever is repeated."""
        by, moment = self.actor, now()
        facts = facts_in(request.data, by=by, now=moment)

        def make() -> idempotency.Answer:
            dispute, _code = intake.register(facts=facts, by=by, now=moment)
            return idempotency.Answer(dispute_id=dispute.pk, body=self._registered(dispute))

        key = request.headers.get("Idempotency-Key", "")
        if not key:
            return Response(make().body, status=status.HTTP_201_CREATED)
        if len(key) > KEY_LIMIT:
            raise InvalidInput({"Idempotency-Key": [_("幂等键最多 80 个字符。")]})
        answer = idempotency.once(
            by=by,
            key=key,
            request_hash=idempotency.request_hash({"body": request.data}),
            now=moment,
            make=make,
        )
        return Response(answer.body, status=status.HTTP_201_CREATED)

    def _registered(self, dispute: Dispute) -> dict[str, Any]:
        if not is_open_to(dispute, self.actor.scope or NOTHING):
            raise Dispute.objects.unseen(self.actor, dispute.number)
        return representation.registered(dispute, self.actor)


class DisputeDetail(DisputeApi):
    @extend_schema(responses={200: DISPUTE_OR_STUB})
    def get(self, _request: Request, number: str) -> Response:
        """One dispute; `steps` names what I may do now. A restricted one I may not read is told as a stub."""
        found = self.visible(number)
        told = stubs.stub_of(number, self.actor) if found is None else None
        if told is not None:
            return Response(representation.stub(told))
        return Response(representation.full(self._read(number, found), self.actor))


class DisputeTrail(DisputeApi):
    @extend_schema(responses={200: page_of(TRAIL)})
    def get(self, _request: Request, number: str) -> Response:
        """The trail of a dispute, oldest first; up to its return for a unit that gave it back."""
        return Response({"results": trail.entries(self._read(number), self.actor), "next": None})


class TakeStep(DisputeApi):
    @extend_schema(
        request=PolymorphicProxySerializer(
            "StepBody", list(STEP_BODIES.values()), resource_type_field_name=None
        ),
        responses={200: DISPUTE, 409: None},
    )
    def post(self, request: Request, number: str, step: str) -> Response:
        """Takes one lifecycle step; the answer is the dispute as GET shows it."""
        body = STEP_BODIES.get(step)
        if body is None:
            raise Http404
        self.dispute(number)  # out of sight is 404, whatever the body
        serializer = body(data=request.data)
        serializer.is_valid(raise_exception=True)
        data = dict(serializer.validated_data)
        version = data.pop("version", None)
        steps.take(step, number=number, data=data, by=self.actor, now=now(), version=version)
        return Response(self._after(number))

    def _after(self, number: str) -> dict[str, Any]:
        """A step may take the dispute out of my sight; then only its number and state are told."""
        visible = self.visible(number)
        if visible is not None:
            return representation.full(visible, self.actor)
        row = Dispute.objects.only("status", "version").get(number=number)
        return {"number": number, "status": row.status, "version": row.version}


class CategoryList(APIView):
    @extend_schema(responses={200: page_of({"type": "object"})})
    def get(self, _request: Request) -> Response:
        """Kinds of disputes with the hot field each counts under."""
        rows = DisputeCategory.objects.filter(is_active=True)
        fields = ("code", "name", "name_en", "group", "hot_field")
        return Response({"results": list(rows.values(*fields)), "next": None})
