"""JSON of the API, read so strictly that what gets through fits a column and a log line."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import IO, Any

from django.utils.translation import gettext as _
from rest_framework import parsers
from rest_framework.exceptions import ParseError, ValidationError

from core.numbers import BIGGEST

DEEPEST = 32  # levels; the deepest body of the API has five
UNKEPT = re.compile("[\0\ud800-\udfff]")  # PostgreSQL keeps no NUL, UTF-8 no half of a pair


class JSONParser(parsers.JSONParser):
    """Raises ParseError for what is no JSON or nested too deep, ValidationError by place for values we cannot keep."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        try:
            told = super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError(_("内容嵌套太深。")) from error
        if wrong := dict(_wrong(told)):
            raise ValidationError(wrong)
        return told


def _wrong(told: Any) -> Iterator[tuple[str, list[str]]]:
    """(place, messages) of every value we cannot keep. Without recursion: depth is what is looked for."""
    left: list[tuple[str, int, Any]] = [("", 0, told)]
    while left:
        place, depth, value = left.pop()
        if depth > DEEPEST:
            yield "__all__", [_("内容嵌套太深。")]
            return
        if isinstance(value, dict):
            if any(UNKEPT.search(name) for name in value):
                yield "__all__", [_("名称中有不能识别的字符。")]
            else:
                left += [(f"{place}.{name}", depth + 1, inner) for name, inner in value.items()]
        elif isinstance(value, list):
            left += [(f"{place}.{index}", depth + 1, inner) for index, inner in enumerate(value)]
        elif message := _complaint(value):
            yield place.lstrip(".") or "__all__", [message]


def _complaint(value: Any) -> str:
    if isinstance(value, str) and UNKEPT.search(value):
        return _("其中有不能识别的字符，请删去后再提交。")
    if isinstance(value, float) and not math.isfinite(value):
        return _("请填写有限的数字。")
    if isinstance(value, int) and abs(value) > BIGGEST:
        return _("数字太大。")
    return ""
