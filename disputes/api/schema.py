"""What the answers look like, for the OpenAPI document."""

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.utils import OpenApiParameter

from disputes.choices import Status

TEXT: dict[str, Any] = {"type": "string"}
MAYBE_TEXT: dict[str, Any] = {"type": "string", "nullable": True}
NUMBER: dict[str, Any] = {"type": "integer"}
TRUTH: dict[str, Any] = {"type": "boolean"}
MAYBE_OBJECT: dict[str, Any] = {"type": "object", "nullable": True, "additionalProperties": True}
CODES: dict[str, Any] = {"type": "array", "items": TEXT}

DEADLINE: dict[str, Any] = {
    "type": "object",
    "nullable": True,
    "properties": {"kind": TEXT, "due_at": {"type": "string", "format": "date-time"}, "explanation": TEXT},
}
ORIGIN: dict[str, Any] = {
    "type": "object",
    "nullable": True,
    "description": "Who sent it here and what they want back; `number` is the sender's, else that of an older ledger.",
    "properties": {
        "sender": MAYBE_TEXT,
        "number": MAYBE_TEXT,
        "ledger_number": MAYBE_TEXT,
        "received_on": {"type": "string", "format": "date", "nullable": True},
        "due_at": {"type": "string", "format": "date-time", "nullable": True},
        "answer_wanted": TRUTH,
        "answered_on": {"type": "string", "format": "date", "nullable": True},
        "answered_way": MAYBE_TEXT,
    },
    "required": ["number", "answer_wanted"],
}
MEDIATION: dict[str, Any] = {
    "type": "object",
    "nullable": True,
    "description": "The law's own limit of mediation in these hands; not begun while `started_on` is null.",
    "properties": {
        "rule": TEXT,
        "started_on": {"type": "string", "format": "date", "nullable": True},
        "explanation": TEXT,
    },
    "required": ["rule", "started_on", "explanation"],
}
NOT_RESOLVED: dict[str, Any] = {
    "type": "object",
    "nullable": True,
    "description": "The last finding 处理未果 and what followed; `missing` is what stands in the way of closing.",
    "properties": {
        "found_at": {"type": "string", "format": "date-time"},
        "routes": CODES,
        "told_on": {"type": "string", "format": "date", "nullable": True},
        "told_way": MAYBE_TEXT,
        "chosen": MAYBE_TEXT,
        "answer": MAYBE_TEXT,
        "answered_at": {"type": "string", "format": "date-time", "nullable": True},
        "answered_by": MAYBE_TEXT,
        "missing": {
            "type": "array",
            "items": {"type": "string", "enum": ["routes", "revisit", "answer", "again"]},
        },
        "ended_at": {"type": "string", "format": "date-time", "nullable": True},
    },
    "required": ["found_at", "routes", "told_on", "chosen", "answer", "missing"],
}
HANDED_DOWN: dict[str, Any] = {
    "type": "object",
    "nullable": True,
    "description": "The county centre that handed it down to a town and approves the result, and its date.",
    "properties": {"by": TEXT, "due_at": {"type": "string", "format": "date-time"}},
    "required": ["by", "due_at"],
}
QUESTION: dict[str, Any] = {
    "type": "object",
    "nullable": True,
    "description": "限制知悉: the text asks whether few should know; `answer` is null while nobody has answered.",
    "properties": {
        "grounds": CODES,
        "answer": {"type": "string", "nullable": True, "enum": ["yes", "no", None]},
        "answered_by": MAYBE_TEXT,
        "answered_at": {"type": "string", "format": "date-time", "nullable": True},
    },
    "required": ["grounds", "answer"],
}
REGISTERED: dict[str, Any] = {
    "type": "object",
    "properties": {
        "number": TEXT,
        "status": TEXT,
        "warning": MAYBE_OBJECT,
        "responsibility": MAYBE_OBJECT,
        "deadline": DEADLINE,
        "version": NUMBER,
    },
    "required": ["number", "status", "warning", "responsibility", "deadline"],
}
DISPUTE: dict[str, Any] = {
    "type": "object",
    "properties": {
        "number": TEXT,
        "title": TEXT,
        "narrative": TEXT,
        "category": TEXT,
        "source": TEXT,
        "origin": ORIGIN,
        "place": TEXT,
        "people_count": NUMBER,
        "amount": MAYBE_TEXT,
        "status": TEXT,
        "danger": TRUTH,
        "accused_units": CODES,
        "accused_people": CODES,
        "danger_told": MAYBE_TEXT,
        "danger_told_at": {"type": "string", "format": "date-time", "nullable": True},
        "restriction_question": QUESTION,
        "handed_down": HANDED_DOWN,
        "lead_unit": MAYBE_TEXT,
        "responsible_person": MAYBE_TEXT,
        "responsible_leader": MAYBE_TEXT,
        "parties": {"type": "array", "items": {"type": "object", "additionalProperties": True}},
        "merged_into": MAYBE_TEXT,
        "merged": {"type": "array", "items": {"type": "object", "additionalProperties": True}},
        "jurisdiction": MAYBE_OBJECT,
        "warning": MAYBE_OBJECT,
        "responsibility": MAYBE_OBJECT,
        "deadline": DEADLINE,
        "lawful_mediation": MEDIATION,
        "not_resolved": NOT_RESOLVED,
        "steps": CODES,
        "version": NUMBER,
    },
    "required": ["number", "status", "version"],
}
STUB: dict[str, Any] = {
    "type": "object",
    "description": "限制知悉: a restricted dispute I would see were it open; its content is for others.",
    "properties": {
        "number": TEXT,
        "restricted": {"type": "boolean", "enum": [True]},
        "town": TEXT,
        "category_group": TEXT,
        "status": TEXT,
        "lead_unit": MAYBE_TEXT,
        "due_at": {"type": "string", "format": "date-time", "nullable": True},
    },
    "required": ["number", "restricted", "town", "category_group", "status", "lead_unit", "due_at"],
    "additionalProperties": False,
}
DISPUTE_OR_STUB: dict[str, Any] = {"oneOf": [DISPUTE, STUB]}
TRAIL: dict[str, Any] = {
    "type": "object",
    "properties": {
        "seq": NUMBER,
        "step": TEXT,
        "from": TEXT,
        "to": TEXT,
        "at": TEXT,
        "recorded_at": TEXT,
        "actor": TEXT,
        "data": {"type": "object", "additionalProperties": True},
        "texts": {"type": "object", "additionalProperties": MAYBE_TEXT},
        "previous_hash": TEXT,
        "hash": TEXT,
    },
}


def page_of(item: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"results": {"type": "array", "items": item}, "next": MAYBE_TEXT},
        "required": ["results", "next"],
    }


def several(values: list[str]) -> dict[str, Any]:
    """Values separated by commas."""
    return {"type": "array", "items": {"type": "string", "enum": values}}


LIST_PARAMETERS = [
    OpenApiParameter("q", str, description="Words in title and narrative."),
    OpenApiParameter("status", several(Status.values), explode=False, description="One or several."),
    OpenApiParameter("level", several(["0", "1", "2", "3"]), explode=False, description="One or several."),
    OpenApiParameter("place", str, description="Code or alias; everything below counts."),
    OpenApiParameter("category", str),
    OpenApiParameter("overdue", bool),
    OpenApiParameter("lead_unit", str, description="Code of the organization."),
    OpenApiParameter("handed_down", bool, description="Handed down to a town by the county."),
    OpenApiParameter("cursor", int),
    OpenApiParameter("limit", int, description="Rows, at most 100."),
]


class StrictBodies(OpenApiSerializerExtension):
    """Bodies that refuse what they do not know say so; found by drf-spectacular when this module is loaded."""

    target_class = "disputes.api.serializers.StrictSerializer"
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        plain: dict[str, Any] = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        return plain | {"additionalProperties": False}
