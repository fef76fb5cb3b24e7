"""The calendar's part of the REST API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from calendars.choices import LimitUnit
from calendars.services import due
from core.clock import SHANGHAI

LONGEST_WRITTEN = 40


@extend_schema_field({"type": "string", "description": "ISO 8601 date or date-time"})
class StartField(serializers.Field):
    """A date or a time; a time without offset is Shanghai's."""

    default_error_messages = {
        "invalid": _("请用 ISO 8601 日期或时间，如 2026-09-28 或 2026-09-28T09:00+08:00。")
    }

    def to_internal_value(self, data: Any) -> date | datetime:
        try:
            text = data.strip() if isinstance(data, str) and len(data) <= LONGEST_WRITTEN else ""
            found = parse_date(text) or parse_datetime(text)
        except ValueError:
            found = None
        if found is None:
            self.fail("invalid")
        return due.aware(found)

    def to_representation(self, value: Any) -> str:
        return str(value.isoformat())


class DueQuestionSerializer(serializers.Serializer):
    start = StartField()
    limit = serializers.IntegerField(min_value=1, max_value=87_840)
    unit = serializers.ChoiceField(choices=LimitUnit.choices)


class DueAnswerSerializer(serializers.Serializer):
    due_at = serializers.DateTimeField()
    explanation = serializers.CharField()


class DueView(APIView):
    """How long is that, with the reason."""

    @extend_schema(
        request=DueQuestionSerializer,
        responses={200: DueAnswerSerializer},
        examples=[
            OpenApiExample(
                "working days over National Day",
                value={"start": "2026-09-28", "limit": 12, "unit": "working_day"},
                request_only=True,
            )
        ],
    )
    def post(self, request: Request) -> Response:
        """When `limit` units from `start` end. The start day is not counted; hours are exact.

        A year whose holiday plan is not loaded is an error, never a guess.
        """
        question = DueQuestionSerializer(data=request.data)
        question.is_valid(raise_exception=True)
        answer = due.compute(**question.validated_data)
        due_at = answer.due_at.astimezone(SHANGHAI).isoformat(timespec="seconds")
        return Response({"due_at": due_at, "explanation": answer.explanation})
