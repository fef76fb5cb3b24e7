"""Text leaves compressed for who takes it; what is compressed already does not."""

from __future__ import annotations

import gzip

from django.http import HttpRequest, HttpResponse
from django.test import Client

from accounts.models import Appointment
from core.middleware import SmallerTextMiddleware
from tests.factories.accounts import api_client_of, client_of

TAKES = {"Accept-Encoding": "gzip"}


def test_pages_and_answers_are_sent_compressed(clerk: Appointment, reference_data: None) -> None:
    page, plain = (client_of(clerk).get("/disputes/", headers=headers) for headers in (TAKES, {}))
    assert page["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in page["Vary"]
    assert len(page.content) * 3 < len(plain.content)
    assert "<title>" in gzip.decompress(page.content).decode()
    assert api_client_of(clerk).get("/api/v1/categories/", headers=TAKES)["Content-Encoding"] == "gzip"


def test_pictures_and_office_files_are_left_alone() -> None:
    request = HttpRequest()
    request.META["HTTP_ACCEPT_ENCODING"] = "gzip"
    for kind in ("image/webp", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"):
        body = HttpResponse(b"0" * 1000, content_type=kind)
        sent = SmallerTextMiddleware(lambda _request, body=body: body)(request)
        assert not sent.has_header("Content-Encoding")
        assert len(sent.content) == 1000


def test_two_answers_of_one_page_differ_in_length(db: None) -> None:
    """Django pads them: the length must not tell what stands in the page (BREACH)."""
    lengths = {len(Client().get("/accounts/login/", headers=TAKES).content) for _each in range(12)}
    assert len(lengths) > 1
