"""What the OpenAPI document promises is what the API does, whatever is sent: generated requests, good and bad."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from itertools import product
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks

from accounts.models import Appointment
from disputes.api.step_bodies import STEP_BODIES
from disputes.models import Dispute
from disputes.rules.lifecycle import STEPS
from tests.factories.accounts import api_client_of
from tests.factories.disputes import registered, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data", "_one_connection")]

STEP_PATH = "/api/v1/disputes/{number}/steps/{step}/"
PROMISES = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
KNOWN = {  # codes that exist, so that generated bodies get past the first look-up
    "place": ["t01", "t01.v01", "t02.v01"],
    "category": ["neighbour", "wage_arrears"],
    "lead_unit": ["t01.justice", "t01.v01"],
    "person": ["t01.justice", "t01.v01"],
    "role": ["applicant"],
    "towns": ["t01"],
}
bounded = settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def _one_connection(document: dict[str, Any], cases: dict[str, tuple[str, str]]) -> Iterator[None]:
    """As Django's own test client does: a request does not close the connection the test's data lives on."""
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def document() -> dict[str, Any]:
    """The schema as it is served."""
    answer = Client().get("/api/v1/schema/?format=json")
    assert answer.status_code == 200
    served = answer.json()
    served["components"].pop("securitySchemes")  # every request here carries its token; see the last test
    for operations in served["paths"].values():
        for operation in operations.values():
            operation.pop("security", None)
    return served


@pytest.fixture
def cases(
    people: dict[str, Appointment], clerk: Appointment, coordinator: Appointment, handler: Appointment,
    monday: datetime,
) -> dict[str, tuple[str, str]]:  # fmt: skip
    """For each step the number of a dispute that may take it, and the token of who may."""
    mine = {
        appointment: api_client_of(appointment).defaults["HTTP_AUTHORIZATION"]
        for appointment in people.values()
    }
    new, waiting, given, in_hand, done = (registered(clerk, monday) for _each in range(5))
    for dispute in (waiting, given, in_hand, done):
        take("accept", dispute, coordinator, monday)
    for dispute in (given, in_hand, done):
        take("assign", dispute, coordinator, monday, lead_unit="t01.justice")
    for dispute in (in_hand, done):
        take("sign_for", dispute, handler, monday)
    take("submit_result", done, handler, monday, outcome="oral_agreement", account="双方同意。")
    stations = dict(Dispute.objects.order_by("pk").values_list("number", "status"))
    found = {}
    for step in STEPS.values():
        fitting = [number for number, status in stations.items() if status in step.sources]
        by = handler if step.permission == "handle" else coordinator
        found[step.id] = (fitting[0] if fitting else new.number, mine[by])
    return found


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.name.lower())
def test_every_answer_is_one_the_schema_promises(
    mode: GenerationMode, document: dict[str, Any], cases: dict[str, tuple[str, str]]
) -> None:
    schema = schemathesis.openapi.from_dict(each_step_by_itself(with_known_codes(document)))
    schema.app = get_wsgi_application()
    broken = []
    for operation in (result.ok() for result in schema.get_all_operations()):
        if mode is GenerationMode.NEGATIVE and not can_be_wrong(operation):
            continue
        number, token = cases[operation.path.split("/")[-2] if "/steps/" in operation.path else "accept"]
        broken += broken_promises(operation, mode, number, token)
    assert not broken, "\n".join(broken)


def test_without_a_token_every_door_says_so_as_promised(document: dict[str, Any]) -> None:
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            answer = Client().generic(method.upper(), re.sub(r"\{\w+\}", "1", path))
            assert str(answer.status_code) == "401", path
            assert answer["Content-Type"] in operation["responses"]["401"]["content"]


QUERIES = [
    f"cursor={'9' * 18}", f"cursor={'9' * 40}", "cursor=-1", "limit=0", "q=%00", "q=%EF%BF%BF", "q=%ED%A0%80",
    "level=9999999999999", "place=%F0%9F%98%80", "overdue=maybe", "status=,", f"category={'x' * 5000}",
]  # fmt: skip
VALUES = [10**9, 10**30, -(10**30), 1e308, "\0", "\ud800", [], {}, "９" * 50]


def test_no_question_breaks_the_list(clerk: Appointment) -> None:
    client = api_client_of(clerk)
    answers = {query: client.get(f"/api/v1/disputes/?{query}").status_code for query in QUERIES}
    assert set(answers.values()) <= {200, 400}, answers


def test_no_value_breaks_a_step(cases: dict[str, tuple[str, str]]) -> None:
    number, token = cases["request_extension"]
    client, path = (
        Client(headers={"Authorization": token}),
        f"/api/v1/disputes/{number}/steps/request_extension/",
    )
    for field, value in product(("days", "version", "reason"), VALUES):
        body = json.dumps({"days": 3, "reason": "需要补充鉴定"} | {field: value})
        answer = client.post(path, body, content_type="application/json")
        assert answer.status_code in (400, 409), (field, value, answer.content)


def test_an_address_that_does_not_exist_is_a_problem_too(db: None) -> None:
    answer = Client().get("/api/v1/nonsense/")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["status"] == 404
    assert "html" in Client().get("/nonsense/")["Content-Type"]


def can_be_wrong(operation: Any) -> bool:
    """Whether a request has a part one could spoil: a body, a query."""
    return bool(operation.body or operation.query or operation.headers)


def broken_promises(operation: Any, mode: GenerationMode, number: str, token: str) -> list[str]:
    """What of the answers to generated requests the document does not describe, one line each."""
    broken: dict[tuple[str, int], str] = {}

    @bounded
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        case.headers["Authorization"] = token
        case.headers["Accept-Encoding"] = "identity"  # the test's client reads what it is sent as it is
        if "number" in case.path_parameters:
            case.path_parameters["number"] = number
        with transaction.atomic():  # each request finds the disputes as they were
            answer = case.call()
            transaction.set_rollback(True)
        try:
            case.validate_response(answer, checks=PROMISES)
        except BaseExceptionGroup as failures:
            for failure in failures.exceptions:
                words = f"{operation.label} {answer.status_code}: {failure}\n{case.as_curl_command()}"
                broken[type(failure).__name__, answer.status_code] = words

    ask()
    return list(broken.values())


def each_step_by_itself(document: dict[str, Any]) -> dict[str, Any]:
    """One path per step with its own body, so that bodies fit the step they are sent to."""
    together = document["paths"].pop(STEP_PATH)["post"]
    number = [parameter for parameter in together["parameters"] if parameter["name"] == "number"]
    for step, body in STEP_BODIES.items():
        content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{body.__name__}Request"}}}
        alone = {
            **together, "operationId": step, "parameters": number,
            "requestBody": {"content": content, "required": True},
        }  # fmt: skip
        document["paths"][STEP_PATH.replace("{step}", step)] = {"post": alone}
    return document


def with_known_codes(document: dict[str, Any]) -> dict[str, Any]:
    for name, body in document["components"]["schemas"].items():
        if name.endswith("Request") and "properties" in body:
            body["properties"].pop("version", None)  # nearly every one would be stale
            for field in body["properties"].keys() & KNOWN.keys():
                known = {"type": "string", "enum": KNOWN[field]}
                several = body["properties"][field].get("type") == "array"
                body["properties"][field] = {"type": "array", "items": known} if several else known
    return document
