"""Looking changes nothing: a page asked for by GET or HEAD writes no row, apart from views that say why they do.

Some looks are recorded (who opened a restricted case, which list was printed): their views say so with
`@writes_when_read`.
`ReadOnlyMiddleware` holds it in the tests; pages that are known to read only can later be answered by a replica.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

READING = ("GET", "HEAD")
LIBRARIES = ("allauth.",)  # their pages keep what they like: the account page notes the address of the user
WRITES = re.compile(
    r'\b(INSERT\s+INTO|DELETE\s+FROM|TRUNCATE|UPDATE\s+(?:ONLY\s+)?["\w.]+(?:\s+(?:AS\s+)?\w+)?\s+SET)\b',
    re.IGNORECASE,
)
View = TypeVar("View", bound=Callable[..., Any])


class WroteWhileReading(AssertionError):
    """A view that only shows something wrote a row."""


def writes_when_read(why: str) -> Callable[[View], View]:
    """Marks a view, of a function or a class, that writes also when it is only looked at, and says what."""

    def mark(view: View) -> View:
        view.writes_when_read = why  # type: ignore[attr-defined]  # views carry marks, as Django's csrf_exempt does
        return view

    return mark


class ReadOnlyMiddleware:
    """Refuses what a looked at view writes. Stands innermost: what surrounds the view (session) is not asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in READING:
            return self.get_response(request)
        with connection.execute_wrapper(_Refusal(request)):
            return self.get_response(request)


class _Refusal:
    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def __call__(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        if (
            WRITES.search(str(sql))
            and not str(sql).startswith(settings.WRITTEN_AT_THE_DOOR)
            and not self._may_write()
        ):
            raise WroteWhileReading(f"{self.request.method} {self.request.path} wrote: {str(sql)[:200]}")
        return execute(sql, params, many, context)

    def _may_write(self) -> bool:
        match = self.request.resolver_match
        view = match.func if match is not None else None
        marked = getattr(view, "view_class", None) or getattr(view, "cls", None) or view
        ours = not getattr(marked, "__module__", "").startswith(LIBRARIES)
        return not ours or hasattr(marked, "writes_when_read") or hasattr(view, "writes_when_read")
