"""What no page could read is answered, or put right, before any page sees it."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client, RequestFactory

from accounts.models import Appointment
from core.door import DoorMiddleware, guarded
from core.numbers import BIGGEST, whole
from tests.factories.accounts import api_client_of, client_of

FORM = "application/x-www-form-urlencoded"


def through(**environ: Any) -> HttpResponse:
    """What a page behind the door would get: its cookies, its form, where it came from."""

    def page(request: HttpRequest) -> HttpResponse:
        told = {
            "cookies": request.COOKIES,
            "form": dict(request.POST.lists()),
            "from": request.headers.get("Referer"),
        }
        return JsonResponse(told)

    environ = {"PATH_INFO": "/x/", **environ}
    return DoorMiddleware(page)(RequestFactory().request(**environ))


def posted(body: bytes, content_type: str = FORM, **environ: Any) -> HttpResponse:
    given = {"CONTENT_TYPE": content_type, "CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body)}
    return through(REQUEST_METHOD="POST", **given | environ)


@pytest.mark.parametrize(
    ("environ", "status"),
    [
        ({"PATH_INFO": "/x\0/"}, 400),
        ({"QUERY_STRING": "q=%00"}, 400),
        ({"QUERY_STRING": "a=1&" * 3000}, 400),
        ({"HTTP_IDEMPOTENCY_KEY": "a\0b"}, 400),
        ({"CONTENT_LENGTH": "²"}, 400),
        ({"CONTENT_LENGTH": "-1"}, 400),
        ({"CONTENT_LENGTH": "9" * 40}, 400),
        ({"CONTENT_LENGTH": str(2**40)}, 413),
        ({"CONTENT_LENGTH": str(6 * 2**20)}, 413),
        ({"CONTENT_LENGTH": str(29 * 2**20), "CONTENT_TYPE": "multipart/form-data; boundary=b"}, 200),
        ({"CONTENT_LENGTH": str(31 * 2**20), "CONTENT_TYPE": "multipart/form-data; boundary=b"}, 413),
        ({"CONTENT_TYPE": f"{FORM}; charset=utf-16"}, 400),
        ({"CONTENT_TYPE": f"{FORM}; charset=UTF8"}, 200),
        ({"CONTENT_TYPE": f"{FORM}; charset=gbk"}, 400),
    ],
)
@pytest.mark.parametrize("path", ["/x/", "/api/v1/x/"])
def test_what_cannot_be_read_is_refused_in_words(environ: dict[str, str], status: int, path: str) -> None:
    environ = {"PATH_INFO": path} | environ
    if path.startswith("/api/") and environ.get("CONTENT_TYPE", "").startswith("multipart"):
        status = 413  # the API takes no files
    environ["PATH_INFO"] = path + ("\0" if "\0" in environ["PATH_INFO"] else "")
    answer = through(**environ)
    assert answer.status_code == status
    if status != 200:
        kind = "application/problem+json" if path.startswith("/api/") else "text/html"
        assert answer["Content-Type"].startswith(kind)
        assert any(
            "\u4e00" <= sign <= "\u9fff" for sign in answer.content.decode("unicode_escape", "replace")
        ) or (b"<h1>" in answer.content)


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("http://county.example/disputes/t01-2026-000001/?tab=2", '"/disputes/t01-2026-000001/?tab=2"'),
        ("http://elsewhere.example/disputes/", ""),
        ("http://county.example//elsewhere.example/", ""),
        ("http://[", ""),
        (None, ""),
    ],
)
def test_what_is_too_large_leads_back_to_the_page_it_came_from(came_from: str | None, back: str) -> None:
    environ = {"PATH_INFO": "/x/", "CONTENT_LENGTH": str(6 * 2**20), "HTTP_HOST": "county.example"}
    page = through(**environ, **({"HTTP_REFERER": came_from} if came_from else {})).content.decode()
    assert ("回到刚才的页面" in page) is bool(back)
    assert back in page
    assert "elsewhere" not in page
    assert "一次最多 30 MB" in page


@pytest.mark.parametrize(
    "body", [b"", b"nonsense", b"--b\r\nContent-Disposition: form-data\r\n\r\nx", b"a=1&" * 3000]
)
def test_a_broken_form_is_no_fault_of_ours(body: bytes) -> None:
    kind = FORM if body.startswith(b"a=") else "multipart/form-data; boundary=b"
    assert posted(body, kind).status_code in (200, 400)
    assert posted(body, "multipart/form-data").status_code == 400


def test_nobody_types_nul_so_a_form_is_read_without_it() -> None:
    answer = json.loads(posted("na%00me=张%00三&name=b".encode()).content)
    assert answer["form"] == {"name": ["张三", "b"]}


def test_a_way_back_that_is_no_address_is_forgotten(db: None) -> None:
    for path in ("/accounts/login/", "/accounts/login/code/confirm/", "/accounts/password/reset/"):
        assert Client().get(path, {"next": "http://["}).status_code < 500
        assert Client().post(path, {"next": "http://["}).status_code < 500


def test_cookies_and_addresses_that_are_none_are_as_if_they_had_not_come() -> None:
    cookies = 'good=1; sessionid="\\000x"; csrftoken="a\\012b"'
    answer = json.loads(through(HTTP_COOKIE=cookies, HTTP_REFERER="http://[").content)
    assert answer == {"cookies": {"good": "1"}, "form": {}, "from": None}


@pytest.mark.parametrize("charset", ["rot13", "undefined", "base64", "idna", "utf-16", "\xff"])
def test_no_encoding_a_body_claims_kills_the_server(charset: str, db: None) -> None:
    """Django decodes the address in it before any middleware runs."""
    said: list[str] = []
    environ = RequestFactory()._base_environ(
        REQUEST_METHOD="GET", PATH_INFO="/accounts/login/", QUERY_STRING="next=%2F",
        CONTENT_TYPE=f"{FORM}; charset={charset}",
    )  # fmt: skip
    b"".join(guarded(get_wsgi_application())(environ, lambda status, headers: said.append(status)))
    assert said == ["400 Bad Request"]


DEEP = '{"narrative": "x", "people_count": ' + "[" * 1000 + "]" * 1000 + "}"


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (DEEP, None),
        ("[" * 100_000, None),
        ('{"a": ' + "[" * 40 + "]" * 40 + "}", "__all__"),
        ('{"title": "\\ud800"}', "title"),
        ('{"title": "a\\u0000"}', "title"),
        ('{"parties": [{"name": "\\udfff"}]}', "parties.0.name"),
        ('{"\\u0000": 1}', "__all__"),
        ('{"\\ud800": 1}', "__all__"),
        ('{"people_count": 1e999}', "people_count"),
        ('{"people_count": NaN}', None),
        ('{"people_count": 9223372036854775808}', "people_count"),
        ('{"people_count": ' + "9" * 5000 + "}", None),
    ],
)
def test_json_we_could_not_keep_is_refused_at_its_place(
    body: str, place: str | None, clerk: Appointment
) -> None:
    answer = api_client_of(clerk).post("/api/v1/disputes/", body, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert place is None or list(answer.json()["errors"]) == [place]


def test_pages_live_with_odd_numbers(clerk: Appointment, reference_data: None) -> None:
    client = client_of(clerk)
    for number in ("²", "٣", "9" * 40, "-1", "NaN"):
        for path in (
            f"/notifications/?page={number}",
            f"/disputes/?cursor={number}",
            f"/disputes/?level={number}",
        ):
            assert client.get(path).status_code < 500, path


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("007", 7), ("²", None), ("٣", None), ("９", None), ("-1", None), ("1.0", None), ("", None),
     (" 1", None), (str(BIGGEST), BIGGEST), (str(BIGGEST + 1), None), ("9" * 5000, None)],
)  # fmt: skip
def test_a_whole_number_is_plain_digits_that_fit_a_column(text: str, number: int | None) -> None:
    assert whole(text) == number


def test_without_a_session_the_refusal_is_a_page_too() -> None:
    answer = Client().get("/x\0/")
    assert answer.status_code == 400
    assert "地址中有不能识别的字符" in answer.content.decode()
