"""`POST /warnings/classify/`: what the policy in force makes of a text. Nothing is written."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from classifier.rules import classify
from classifier.selectors.policy import policy_in_force
from core.clock import now
from disputes.api.serializers import StrictSerializer
from disputes.rules.intake import PEOPLE_LIMIT

LONGEST = 100_000
NUMBER = {"type": "integer"}
ANSWER: dict[str, Any] = {
    "type": "object",
    "properties": {
        "level": {"type": "integer", "enum": [0, 1, 2, 3], "description": "1 is the highest, 0 none."},
        "danger": {"type": "boolean", "description": "Independent of the level."},
        "evidence": {
            "type": "array",
            "items": {
                "type": "object",
                "description": "`text` is narrative[start:end], counted in characters.",
                "properties": {
                    "indicator": {"type": "string"},
                    "text": {"type": "string"},
                    "start": NUMBER,
                    "end": NUMBER,
                },
                "required": ["indicator", "text", "start", "end"],
            },
        },
        "policy_version": NUMBER,
    },
    "required": ["level", "danger", "evidence", "policy_version"],
}


class ExactText(serializers.CharField):
    """A text and nothing that could be made into one; kept as it is, so that offsets hold."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class HeadCount(serializers.IntegerField):
    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool):
            self.fail("invalid")
        return super().to_internal_value(data)


class ClassifySerializer(StrictSerializer):
    narrative = ExactText(max_length=LONGEST, allow_blank=True, trim_whitespace=False)
    people_count = HeadCount(
        min_value=0,
        max_value=PEOPLE_LIMIT,
        required=False,
        allow_null=True,
        help_text=_("涉及人数，表上填的；没有可不填。"),
    )


class ClassifyView(APIView):
    """What the policy makes of a text."""

    @extend_schema(
        request=ClassifySerializer,
        responses={200: ANSWER},
        examples=[
            OpenApiExample(
                "a group on its way",
                value={"narrative": "约一百人明日到县政府上访，准备拉横幅堵门。", "people_count": 100},
                request_only=True,
            )
        ],
    )
    def post(self, request: Request) -> Response:
        """Reads a narrative with the policy in force: its level, the mark of danger, and what spoke for them.

        A proposal made by rules, never a decision; nothing is kept.
        """
        question = ClassifySerializer(data=request.data)
        question.is_valid(raise_exception=True)
        row, policy = policy_in_force(now())
        given = question.validated_data
        verdict = classify(given["narrative"], people_count=given.get("people_count"), policy=policy)
        spans = [
            {"indicator": one.indicator, "text": one.text, "start": one.start, "end": one.end}
            for one in verdict.evidence
        ]
        return Response(
            {
                "level": verdict.level,
                "danger": verdict.danger,
                "evidence": spans,
                "policy_version": row.version,
            }
        )
