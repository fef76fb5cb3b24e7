"""The door: what no page could read, or no column keep, is answered or put right before any page sees it.

One place for every kind, because no page thinks of all of them. Refused with a sentence: addresses and headers
that are no text, bodies that are too large, broken, or in another encoding than UTF-8. Put right without a loss:
NUL in typed values (nobody types it), cookies and addresses of pages that are none, as if they had not come.
The bodies of the API are read by `core.parsers`.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.utils.functional import Promise
from django.utils.http import parse_header_parameters
from django.utils.text import format_lazy
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext_lazy as _

from core.numbers import whole
from core.problems import TooLarge, Unreadable, refusal

Next = Callable[[HttpRequest], HttpResponse]
WSGIApplication = Callable[[dict[str, Any], Any], Iterable[bytes]]
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
ADDRESSES = (
    "HTTP_REFERER",
    "HTTP_HX_CURRENT_URL",
)  # read by us and by libraries with urlsplit, which may raise
UNKNOWN = "unknown"


def before_django(environ: dict[str, Any]) -> None:
    """Django reads the address in the encoding a body claims while it makes the request, and dies of some
    (`rot13`): another than UTF-8 is replaced by a name nobody knows, which it ignores and we refuse later."""
    kind, params = parse_header_parameters(str(environ.get("CONTENT_TYPE") or ""))
    if not _is_utf8(params.get("charset", "utf-8")):
        boundary = f"; boundary={params['boundary']}" if "boundary" in params else ""
        environ["CONTENT_TYPE"] = f"{kind}{boundary}; charset={UNKNOWN}"


def guarded(application: WSGIApplication) -> WSGIApplication:
    """What the server calls: `before_django`, then Django."""

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        before_django(environ)
        return application(environ, start_response)

    return answer


class DoorMiddleware:
    """Outermost of all, so that nothing reads a request before it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:  # reading the address and the form is a part of it: both may be too many, or broken
            _check(request)
            _forget_broken_headers(request)
            request.GET = _without_broken(request.GET)  # type: ignore[assignment] # what it is already
            if request.method == "POST" and request.content_type in FORM_TYPES and not _is_api(request):
                request.POST = _without_broken(request.POST)  # type: ignore[assignment]
        except (SuspiciousOperation, MultiPartParserError) as error:
            with override(get_language_from_request(request)):  # we stand before who finds that out
                return refusal(request, error)
        return self.get_response(request)


def _check(request: HttpRequest) -> None:
    """Raises Unreadable with the sentence to show; TooLarge before a byte of the body is read."""
    meta: Mapping[str, str] = {name: value for name, value in request.META.items() if isinstance(value, str)}
    if "\0" in request.path or "%00" in meta.get("QUERY_STRING", ""):
        raise Unreadable(_("地址中有不能识别的字符。"))
    if any("\0" in value for value in meta.values()):
        raise Unreadable(_("请求中有不能识别的字符。"))
    length = whole(meta.get("CONTENT_LENGTH") or "0")
    if length is None:
        raise Unreadable(_("请求没有说明正确的长度。"))
    if length > settings.REQUEST_LIMIT(request.path, request.META.get("CONTENT_TYPE", "")):
        raise TooLarge(too_large())
    if not _is_utf8((request.content_params or {}).get("charset", "utf-8")):
        raise Unreadable(_("请用 UTF-8 编码提交。"))


def too_large() -> Promise:
    """What is said of a body over the limit, here and by the server that refuses it before we see it."""
    return format_lazy(
        _("提交的内容过大：一次最多 {size} MB。请分几次上传。"), size=settings.UPLOAD_LIMIT // 2**20
    )


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def _is_utf8(charset: str) -> bool:
    try:
        return codecs.lookup(charset).name in ("utf-8", "ascii")
    except (LookupError, ValueError):
        return False


def _forget_broken_headers(request: HttpRequest) -> None:
    for name in ADDRESSES:
        if not _is_address(request.META.get(name, "")):
            del request.META[name]
    kept = {name: value for name, value in request.COOKIES.items() if (name + value).isprintable()}
    request.COOKIES = kept


def _is_address(text: str) -> bool:
    try:
        urlsplit(text)
    except ValueError:
        return False
    return True


def _without_broken(typed: QueryDict) -> QueryDict:
    """The same without NUL in names and values, and without a way back that is no address."""
    if all(_is_fine(name, str(value)) for name, values in typed.lists() for value in values):
        return typed
    clean = QueryDict(mutable=True)
    for name, values in typed.lists():
        for value in (str(value) for value in values):
            if name != REDIRECT_FIELD_NAME or _is_address(value):
                clean.appendlist(name.replace("\0", ""), value.replace("\0", ""))
    clean._mutable = False  # as a request's is
    return clean


def _is_fine(name: str, value: str) -> bool:
    return "\0" not in name + value and (name != REDIRECT_FIELD_NAME or _is_address(value))
