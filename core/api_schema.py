"""What every answer of the API may be besides the good ones, written into the OpenAPI document once."""

from typing import Any

from core.problems import CONTENT_TYPE

PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "Problem details (RFC 9457); `errors` holds the messages by field.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "errors": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
    "required": ["type", "title", "status"],
}
ANYWHERE = {
    "400": "A field or the address is wrong.",
    "401": "No token, or one that no longer holds.",
    "403": "In sight, but not for this post.",
    "429": "Too many requests; see Retry-After.",
    "503": "Database or broker is away for a moment.",
}
WITH_A_NAME = {"404": "Not there, or out of sight."}
SAID = ANYWHERE | WITH_A_NAME | {"409": "Wrong state, stale version, or a key used for another body."}
METHODS = {"get", "post", "put", "patch", "delete"}


def tell_of_problems(result: dict[str, Any], **_given: Any) -> dict[str, Any]:
    """drf-spectacular's hook: each operation gets the problems any may answer with, and all look alike."""
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM
    for path, operations in result["paths"].items():
        always = ANYWHERE | (WITH_A_NAME if "{" in path else {})
        for method in operations.keys() & METHODS:
            answers = operations[method]["responses"]
            named = {status for status in answers if status[0] in "45"}
            for status in sorted(named | always.keys()):
                answers[status] = _problem(SAID.get(status, ""))
    return result


def _problem(words: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": words, "content": {CONTENT_TYPE: {"schema": schema}}}
