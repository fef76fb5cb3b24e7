"""The policy the product ships: the county edits copies of it."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parents[1] / "policy_default.json"


@cache
def _text() -> str:
    return FILE.read_text(encoding="utf-8")


def default_document() -> dict[str, Any]:
    """A fresh copy of the shipped policy."""
    document: dict[str, Any] = json.loads(_text())
    return document
