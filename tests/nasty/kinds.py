"""The kinds of input that broke pages once, or break other people's: values, bodies, headers, cookies."""

from __future__ import annotations

import base64
import json

LONG = 100_000


def cursor(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode("utf-8", "surrogatepass")).decode().rstrip("=")


NUMBERS = (
    "²", "١٢", "９９", "-1", "0", "1.5", "1e999", "NaN", "Infinity", "true", "9" * 19, "9" * 40, "9" * 5000,
    "0x1", "1_000", " 1 ", "+1", "௧",
)  # fmt: skip
DAYS = (
    "2026-02-30", "0000-00-00", "0026-03-02", "9999-12-31", "10000-01-01", "2026-03-02T25:61", "2026-W01-1",
    "0001-01-01T00:00", "9999-12-31T23:59", "2026-03-02T09:00+99:99", "20260302", "0001-01-01",
)  # fmt: skip
TEXTS = (
    "", " ", "\0", "张\0三", "\ud800", "张\udfff三", "\u202e", "\ufeff", "\uffff", "😀" * 50, "x" * LONG,
    "\r\nSet-Cookie: a=b",
    "%s%(x)s{0}{x}", "{{ 1 }}{% x %}", "../../../../etc/passwd", "<script>", "'; --", "\\",
    "\x1b[31m", "a\u0301" * 500,
    "http://[", "//evil.example/", "javascript:alert(1)", "\x7f\x80\x9f", "a,b,,c", ":", "a:b",
    "1:²", ".", "..",
)  # fmt: skip
JSONS = ("[", "{}", "[]", "null", '"x"', "[" * 3000, '{"a":' * 3000, "NaN", "[NaN, 1, 0]")
CURSORS = tuple(
    cursor(text)
    for text in (
        "[NaN,1,0]", '["2026-03-02", 1e999, 0]', '["2026-03-02T00:00:00+00:00", 1e30, 0]',
        '["\\u0000", 1, 0]', "[]", "null",
        '["0001-01-01T00:00:00+14:00", 1, 1]',
        '["9999-12-31T23:59:59-14:00", 99999999999999999999, 1]', "[" * 3000,
        '["2026-03-02", "²", {}]', '["2026-03-02", [], {}]',
    )
)  # fmt: skip
CODES = (
    "t01", "t01.v01", "t01.justice", "neighbour", "applicant", "receipt", "1", "2", "on",
    "2026-03-02", "county", "all",
    "00000000-0000-4000-8000-000000000000", "00000000-0000-0000-0000-00000000000g",
)  # fmt: skip  # so that what follows the first look-up is reached as well
VALUES = (*NUMBERS, *DAYS, *TEXTS, *JSONS, *CURSORS, *CODES)

OF_JSON: tuple[object, ...] = (
    *VALUES, None, True, False, 0, -1, 1.5, 2**31, 2**63, -(2**63) - 1, 10**30, 10**4000, 1e308,
    float("inf"), float("nan"),
    [], {}, [[]], [None], [True], ["\0"], {"\0": 1}, {"\ud800": "\ud800"}, [{"name": "\0"}],
    ["t01"] * 3000, {"": ""},
)  # fmt: skip


def _deep(opening: str, closing: str, depth: int, inside: str = "1") -> bytes:
    return (opening * depth + inside + closing * depth).encode()


JSON_BODIES = (
    b"", b" ", b"null", b"true", b"1", b'"x"', b"[]", b"[1]", b'[{"title": "x"}]', b"{", b"{}{}",
    b"[[[", b"\xef\xbb\xbf{}",
    b"\xff\xfe{\x00}\x00", b'{"title": "\xff"}', b'{"title": "\\ud800"}', b'{"\\u0000": 1}',
    b'{"\\ud800": 1}', b'{"a": NaN}',
    b'{"people_count": 1e999}', b'{"people_count": -Infinity}',
    b'{"people_count": ' + b"9" * 5000 + b"}", b'{"a": 1, "a": 2}',
    *(_deep("[", "]", depth) for depth in (30, 100, 900, 990, 3000, 100_000)),
    *(_deep('{"parties":', "}", depth) for depth in (100, 900, 3000)),
    *(b'{"title": ' + _deep("[", "]", depth) + b"}" for depth in (30, 900, 3000)),
    *(b'{"parties": ' + _deep('[{"parties":', "}]", depth) + b"}" for depth in (20, 450, 900)),
    json.dumps({f"field{number}": number for number in range(5000)}).encode(),
)  # fmt: skip

FORM = "application/x-www-form-urlencoded"
CHARSETS = (
    "utf-16",
    "utf-32",
    "utf-7",
    "idna",
    "punycode",
    "unicode_escape",
    "base64",
    "rot13",
    "undefined",
    "x",
    "\xff",
    "gbk",
    "",
)
FORM_TYPES = (*(f"{FORM}; charset={name}" for name in CHARSETS), FORM)
JSON_TYPES = (*(f"application/json; charset={name}" for name in CHARSETS), "application/json")
TYPES = (
    *FORM_TYPES, *JSON_TYPES, "", "text/plain", "application/xml", "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=\xff", f"multipart/form-data; boundary={'x' * 300}",
    "multipart/form-data; boundary=b",
    "multipart/form-data; boundary=b; charset=utf-16",
    "multipart/form-data; boundary=b; charset=idna", "a/b/c; d", "\xff\xfe",
    "application/json; charset*=utf-8''%ff", "multipart/mixed; boundary=b", "application/octet-stream",
)  # fmt: skip

_PART = b'--b\r\nContent-Disposition: form-data; name="%s"%s\r\n%s\r\n%s\r\n'
MULTIPART = (
    b"", b"--b--\r\n", b"--b", b"nonsense", b"--b\r\n\r\n\r\n--b--\r\n",
    b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
    _PART % (b"title", b"", b"", b"x"), _PART % (b"title", b"", b"", b"\xff\xfe\0") + b"--b--\r\n",
    _PART % (b"a\0b", b"", b"", b"x") + b"--b--\r\n", _PART % (b"\xff", b"", b"", b"x") + b"--b--\r\n",
    _PART % (b"title", b"", b"Content-Transfer-Encoding: base64\r\n", b"!") + b"--b--\r\n",
    _PART % (b"files", b'; filename="a\0.pdf"', b"Content-Type: application/pdf\r\n", b"%PDF-1.4") + b"--b--\r\n",
    _PART % (b"files", b'; filename="' + b"x" * 5000 + b'"', b"", b"x") + b"--b--\r\n",
    _PART % (b"files", b'; filename=".."', b"Content-Type: \xff/\0\r\n", b"x") + b"--b--\r\n",
    _PART % (b"file", b"; filename*=utf-16''%ff%00", b"Content-Type: a; charset=idna\r\n", b"") + b"--b--\r\n",
    _PART % (b"file", b"; filename*=x", b"Content-Length: x\r\n", b"PK\x03\x04broken") + b"--b--\r\n",
    _PART % (b"title", b'; filename="t.txt"', b"", b"text in place of a file's") + b"--b--\r\n",
    b"".join(_PART % (b"title", b"", b"", b"x") for _each in range(3000)) + b"--b--\r\n",
)  # fmt: skip

# As a server hands them on: bytes read as latin-1.
HEADER_VALUES = (
    "", " ", "\0", "\xff\xfe", "é", "张三".encode().decode("latin-1"), "x" * 8000, "²", "-1",
    "9" * 30, "http://[", "://", "[",
    "http://\xff/", "a=b; c", '"', "*", "W/", "W/\"", "'", ",;,;=", "q=²", "en;q=1e999",
    "zh-" * 300, "xx_\0", "en;q=NaN,*;q=²",
    "bytes=²-", "bytes=0-99999999999999999999", "Thu, 32 Foo 99999 99:99:99 GMT",
    "Mon, 01 Jan 0001 00:00:00 GMT", "utf-16", "true",
    "Token \xff", "Token \0", "Token", "token a b", "Basic \xff", "Bearer x", "127.0.0.1, \xff",
    "[::1", "%00", "%ff%fe", "\t",
)  # fmt: skip
HEADERS = (
    "HTTP_ACCEPT", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING", "HTTP_REFERER", "HTTP_ORIGIN",
    "HTTP_HOST", "HTTP_USER_AGENT",
    "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_HX_REQUEST",
    "HTTP_HX_CURRENT_URL",
    "HTTP_HX_TARGET", "HTTP_HX_TRIGGER", "HTTP_HX_CURRENT_URL_URI_AUTOENCODED",
    "HTTP_HX_TRIGGERING_EVENT", "HTTP_HX_BOOSTED",
    "HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_RANGE", "HTTP_COOKIE",
    "HTTP_IDEMPOTENCY_KEY", "HTTP_AUTHORIZATION", "HTTP_X_CSRFTOKEN", "HTTP_X_AUTOSAVE",
    "HTTP_X_REQUESTED_WITH", "REMOTE_ADDR",
    "HTTP_X_HTTP_METHOD_OVERRIDE", "HTTP_TRANSFER_ENCODING", "HTTP_EXPECT", "CONTENT_LENGTH",
    "CONTENT_TYPE", "HTTP_X_MADE_UP",
)  # fmt: skip
COOKIES = ("sessionid", "csrftoken", "messages", "django_language", "theme", "sidebar", "\xff", "a\0b")
METHODS = (
    *["GET"] * 12,
    *["POST"] * 6,
    "HEAD",
    "PUT",
    "PATCH",
    "DELETE",
    "OPTIONS",
    "TRACE",
    "PROPFIND",
    "get",
)
