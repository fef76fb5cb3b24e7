"""Seeded requests: any address, method and parameter of the product, spoiled by one or more of `kinds`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random
from typing import Any
from urllib.parse import quote_plus

from django.urls import URLPattern, URLResolver, get_resolver

from disputes.api.step_bodies import STEP_BODIES
from disputes.rules.lifecycle import STEPS
from tests.architecture.sources import python_files
from tests.nasty import kinds
from tests.nasty.county import DRAFT, id_of

ASKED = re.compile(r"""(?:GET|POST|FILES|headers)\.get(?:list)?\(\s*["']([\w-]+)["']""")
PART = re.compile(r"<(?:\w+:)?(\w+)>")
WORDS = {
    "step": (*STEPS, "acknowledge", "instruct", "x"),
    "kind": ("receipt", "acceptance", "lower", "lift", "confirm", "raise", "organizations", "posts", "x"),
    "code": ("t01", "t01.justice", "county"),
    "section": ("rules", "groups", "indicators", "x"),
    "channel": ("email", "webhook", "sms"),
    "day": ("2026-03-02", "2026-02-30", "x"),
    "year": ("2026", "0", "99999"),
    "row_id": ("1", "x"),
}  # fmt: skip


@dataclass
class Asked:
    """One request, as the server would hand it on, and how to say it again."""

    method: str
    path: str
    query: str = ""
    body: bytes = b""
    content_type: str = ""
    extra: dict[str, str] = field(default_factory=dict)
    role: str | None = None  # who was shown the form; None: anybody

    def environ(self) -> dict[str, Any]:
        """What stands in the WSGI environment beside the body."""
        given = {
            "REQUEST_METHOD": self.method,
            "PATH_INFO": self.path.encode("utf-8", "surrogatepass").decode("latin-1"),
            "QUERY_STRING": self.query.encode("utf-8", "surrogatepass").decode("latin-1"),
            "CONTENT_TYPE": self.content_type,
            "CONTENT_LENGTH": str(len(self.body)),
        }
        return given | self.extra

    def __str__(self) -> str:
        said = f"{self.method} {self.path[:200]!r}?{self.query[:300]!r} {self.content_type[:80]!r} {self.body[:300]!r}"
        return f"{said} { ({name: value[:120] for name, value in self.extra.items()}) }"


class Forms(HTMLParser):
    """The forms of a page: (address, method, [(name, value)])."""

    def __init__(self, here: str) -> None:
        super().__init__()
        self.here, self.found, self.select = here, [], ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = given.get("action") or given.get("hx-post") or self.here
            action = self.here if action.startswith(("#", "?")) else action
            self.found.append((action, given.get("method", "get").upper(), []))
        elif tag == "select":
            self.select = given.get("name", "")
        elif self.found and tag in ("input", "textarea", "button") and given.get("name"):
            self.found[-1][2].append((given["name"], given.get("value", "")))
        elif self.found and tag == "option" and self.select:
            self.found[-1][2].append((self.select, given.get("value", "")))


def routes(patterns: Sequence[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif not any(sign in route for sign in "^$\\"):
            yield route


class Generator:
    """`next_one` for the next request; `learn` from a page that came back."""

    def __init__(self, seed: str, numbers: Sequence[str]) -> None:
        self.random, self.numbers = Random(seed), numbers
        self.routes = sorted(set(routes(get_resolver().url_patterns)) - {"accounts/logout/"})
        named = {name for path in python_files() for name in ASKED.findall(path.read_text("utf-8"))}
        self.names = sorted({*named, "page", "sort", "status", "level", "place", "category", "limit", "id"})
        self.forms: dict[tuple[str, str], tuple[str, str, list[tuple[str, str]], str]] = {}
        self.bodies = [body().get_fields() for body in STEP_BODIES.values()]

    def next_one(self) -> Asked:
        ways = [self._page, self._page, self._api, *([self._form] * 3 if self.forms else [self._page])]
        asked = self.random.choice(ways)()
        for _more in range(self.random.choice((0, 0, 0, 0, 1, 1, 3))):
            self._odd_header(asked)
        return asked

    def calm(self) -> Iterator[Asked]:
        """Every page once, as a person opens it."""
        for route in self.routes:
            if not route.startswith(("api/", "metrics", "gallery/")):
                yield Asked("GET", self._filled(route, odd=0))

    def learn(self, here: str, role: str, page: str) -> None:
        reader = Forms(here)
        reader.feed(page)
        for action, method, fields in reader.found:
            if "logout" not in action and "setlang" not in action:
                self.forms[method, action.partition("?")[0]] = (action, method, fields, role)

    def _page(self) -> Asked:
        asked = Asked(
            self.random.choice(kinds.METHODS), self._filled(self.random.choice(self.routes)), self._query()
        )
        if asked.method not in ("GET", "HEAD"):
            self._fill_body(asked, [])
        return asked

    def _form(self) -> Asked:
        action, method, fields, role = self.random.choice(list(self.forms.values()))
        path, _mark, query = action.partition("?")
        asked = Asked(method, path, query, role=role if self.random.random() < 0.8 else None)
        if method == "GET":
            asked.query = self._encoded(self._spoiled(fields))
        else:
            self._fill_body(asked, fields)
        return asked

    def _api(self) -> Asked:
        route = self.random.choice([route for route in self.routes if route.startswith("api/")])
        asked = Asked(self.random.choice(("POST", "POST", "GET", "PUT")), self._filled(route), self._query())
        odd = self.random.random()
        if odd < 0.4:
            asked.body = self.random.choice(kinds.JSON_BODIES)
        else:
            names = [
                *list(self.random.choice(self.bodies)),
                "title",
                "parties",
                "jurisdiction",
                "narrative",
                "place",
            ]
            told = {name: self.random.choice(kinds.OF_JSON) for name in names if self.random.random() < 0.6}
            asked.body = json.dumps(told, default=str).encode() if odd < 0.9 else json.dumps([told]).encode()
        asked.content_type = (
            "application/json" if self.random.random() < 0.8 else self.random.choice(kinds.TYPES)
        )
        if self.random.random() < 0.4:
            asked.extra["HTTP_IDEMPOTENCY_KEY"] = self.random.choice(kinds.HEADER_VALUES)
        return asked

    def _filled(self, route: str, odd: float = 0.12) -> str:
        def part(match: re.Match[str]) -> str:
            name = match[1]
            if self.random.random() < odd:
                return str(self.random.choice(kinds.VALUES))[:3000]
            if name == "number":
                return "1" if "policies" in route else self.random.choice(self.numbers)
            if name == "key":
                return str(DRAFT)
            return self.random.choice(WORDS.get(name) or (str(id_of(name, route)),))

        return "/" + PART.sub(part, route)

    def _query(self) -> str:
        if self.random.random() < 0.4:
            return ""
        if self.random.random() < 0.1:
            return self.random.choice(
                ("%", "%ff", "&&&=", "a" * 9000, "%00=1", "q=%ED%A0%80", "a=1&" * 3000, "\xff", "q=\0")
            )
        if self.random.random() < 0.5:
            value = self._value()[:3000]
            return self._encoded([(name, value) for name in self.names])
        names = self.random.choices(self.names, k=self.random.choice((1, 1, 2, 5)))
        return self._encoded([(name, self._value()) for name in names])

    def _value(self) -> str:
        return self.random.choice(kinds.VALUES)

    def _spoiled(self, fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """The form as it stands with one or several values made odd, left out, doubled or renamed."""
        kept = [(name, value or self._value()) for name, value in fields if self.random.random() < 0.95]
        share = self.random.choice((0.05, 0.2, 0.6))
        told = [(name, self._value() if self.random.random() < share else value) for name, value in kept]
        if self.random.random() < 0.1:
            told += [(self._value()[:200], self._value()), *told[:3]]
        return told

    def _encoded(self, fields: list[tuple[str, str]]) -> str:
        return "&".join(
            f"{quote_plus(name, errors='surrogatepass')}={quote_plus(value, errors='surrogatepass')}"
            for name, value in fields
        )

    def _fill_body(self, asked: Asked, fields: list[tuple[str, str]]) -> None:
        odd = self.random.random()
        told = self._spoiled(fields) or [
            (self.random.choice(self.names), self._value()) for _each in range(4)
        ]
        if odd < 0.1:
            asked.body, asked.content_type = (
                self.random.choice(kinds.MULTIPART),
                "multipart/form-data; boundary=b",
            )
        elif odd < 0.15:
            asked.body, asked.content_type = (
                self.random.choice(kinds.JSON_BODIES),
                self.random.choice(kinds.TYPES),
            )
        elif odd < 0.4:
            asked.body, asked.content_type = self._parts(told), "multipart/form-data; boundary=b"
        else:
            asked.body = self._encoded(told).encode()
            asked.content_type = kinds.FORM if odd < 0.9 else self.random.choice(kinds.TYPES)

    def _parts(self, fields: list[tuple[str, str]]) -> bytes:
        parts = []
        for name, value in fields:
            is_file = name in ("files", "file", "sheet") or self.random.random() < 0.02
            named = '; filename="报告.pdf"' if is_file else ""
            head = f'--b\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'
            parts.append((head + value + "\r\n").encode("utf-8", "surrogatepass"))
        return b"".join(parts) + b"--b--\r\n"

    def _odd_header(self, asked: Asked) -> None:
        if self.random.random() < 0.3:
            cookie = f"{self.random.choice(kinds.COOKIES)}={self.random.choice(kinds.HEADER_VALUES)[:4000]}"
            asked.extra["cookie"] = cookie
        elif (name := self.random.choice(kinds.HEADERS)) not in ("HTTP_COOKIE",):
            asked.extra[name] = self.random.choice(kinds.HEADER_VALUES)
