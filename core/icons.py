"""Icons of bootstrap-icons, drawn into the page: one set, no request, the colour of the text around."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings

NAME = re.compile(r"^[a-z0-9-]+$")
BODY = re.compile(r"<svg[^>]*>(?P<body>.*)</svg>", re.DOTALL)


@lru_cache(maxsize=256)
def body_of(name: str) -> str:
    """The shapes inside the icon's file; empty when there is no such icon."""
    path = Path(settings.NODE_MODULES) / "bootstrap-icons" / "icons" / f"{name}.svg"
    if not NAME.match(name) or not path.is_file():
        return ""
    found = BODY.search(path.read_text(encoding="utf-8"))
    return " ".join(found["body"].split()) if found else ""
