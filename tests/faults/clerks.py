"""Clerks who register through the API and do not give up."""

import time
from uuid import uuid4

from tests.faults.product import Product

GIVE_UP_AFTER = 300.0


def body(title: str) -> dict[str, object]:
    return {
        "title": title,
        "narrative": "两家因宅基地边界争吵，请求调解。",
        "category": "neighbour",
        "source": "walk_in",
        "place": "t01",
        "people_count": 2,
        "parties": [
            {"role": "applicant", "kind": "natural", "name": "张三"},
            {"role": "respondent", "kind": "natural", "name": "李四"},
        ],
        "jurisdiction": {"towns": ["t01"]},
    }


def register(product: Product, token: str, title: str, **more: object) -> str:
    """As a patient client does: the same key again until there is a receipt; its number."""
    key, deadline = uuid4().hex, time.monotonic() + GIVE_UP_AFTER
    while time.monotonic() < deadline:
        answer = product.call("POST", "/api/v1/disputes/", token, body(title) | more, key)
        if answer.status == 201:
            return str(answer.body["number"])
        assert answer.status == 0 or answer.status >= 500, answer
        time.sleep(0.2)
    raise AssertionError(f"no receipt for {title}")
