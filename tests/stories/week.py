"""The played week: bodies of `week.jsonl` sent by who registered them, steps over the API as people take them.

To tell another case: `week.register("NN")`, then `week.step(...)`; `week.shown(...)` is what somebody sees of it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.test import Client

from accounts.models import Appointment
from notifications.models import Notice
from tests.factories import accounts

LINES = Path(__file__).with_name("week.jsonl")
OK, CREATED = 200, 201


@cache
def cases() -> dict[str, dict[str, Any]]:
    """By their two figures."""
    lines = LINES.read_text(encoding="utf-8").splitlines()
    return {row["case"][:2]: row for row in map(json.loads, lines)}


@dataclass
class Week:
    """People by username, each with a token; what they do answers the JSON of the API."""

    people: dict[str, Appointment]
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, by: str) -> Client:
        if by not in self.clients:
            self.clients[by] = accounts.api_client_of(self.people[by])
        return self.clients[by]

    def register(self, case: str, **changes: Any) -> dict[str, Any]:
        """As the line says; `changes` replace fields of the body."""
        row = cases()[case]
        answer = self._post(row["registered_by"], "/api/v1/disputes/", row["body"] | changes)
        assert answer.status_code == CREATED, answer.content.decode()
        return dict(answer.json())

    @staticmethod
    def body(case: str) -> dict[str, Any]:
        return dict(cases()[case]["body"])

    def step(self, number: str, step: str, by: str, *, expect: int = OK, **body: Any) -> dict[str, Any]:
        """Takes the step, or is refused as `expect` says."""
        answer = self._post(by, f"/api/v1/disputes/{number}/steps/{step}/", body)
        assert answer.status_code == expect, answer.content.decode()
        return dict(answer.json())

    def shown(self, number: str, by: str) -> dict[str, Any]:
        answer = self.client(by).get(f"/api/v1/disputes/{number}/")
        assert answer.status_code == OK, answer.content.decode()
        return dict(answer.json())

    def sees(self, number: str, by: str) -> bool:
        """Its content, not only that it is there."""
        answer = self.client(by).get(f"/api/v1/disputes/{number}/")
        return bool(answer.status_code == OK and "restricted" not in answer.json())

    def asked(self, number: str, by: str = "county.office") -> list[dict[str, Any]]:
        """The open rows of the chains: whom they ask, since when, until when."""
        rows = self.client(by).get(f"/api/v1/escalations/?dispute={number}").json()["results"]
        return [row for row in rows if row["outcome"] is None]

    def listed(self, by: str, **query: str) -> dict[str, dict[str, Any]]:
        """The rows of the ledger that somebody's machine reads, stubs among them, by number."""
        answer = self.client(by).get("/api/v1/disputes/", query)
        assert answer.status_code == OK, answer.content.decode()
        return {row["number"]: row for row in answer.json()["results"]}

    def trail(self, number: str, by: str) -> list[dict[str, Any]]:
        return list(self.client(by).get(f"/api/v1/disputes/{number}/ledger/").json()["results"])

    def page(self, path: str, by: str, *, expect: int = OK) -> str:
        """A page as somebody's browser gets it, of a dispute by its number or by its whole address."""
        address = path if path.startswith("/") else f"/disputes/{path}"
        answer = accounts.client_of(self.people[by]).get(address)
        assert answer.status_code == expect, answer.content.decode()
        return str(answer.content.decode())

    def told(self, username: str, kind: str) -> int:
        """How many notices of a kind somebody was written."""
        rows = Notice.objects.filter(recipient=self.people[username].user, kind__startswith=kind)
        return rows.count()

    def _post(self, by: str, path: str, body: dict[str, Any]) -> Any:
        return self.client(by).post(path, body, content_type="application/json")


def same_words() -> list[tuple[int, str, str]]:
    """Notices in which one person was told two events in the same words; none, whatever happened."""
    seen: dict[tuple[int, str, str], int] = {}
    for row in Notice.objects.values_list("recipient_id", "title", "body"):
        seen[row] = seen.get(row, 0) + 1
    return [words for words, count in seen.items() if count > 1]
