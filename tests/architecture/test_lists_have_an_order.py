"""What a page lists stands in an order the query names; without one the database may give another at any time.

Each page is asked for as it is and with the rows of queries that name no order given back to front: a list that stands
on such a query is then another one, while sums, sets and single rows are the same. Nothing is left to chance, so
nothing fails now and then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.db.models.sql.compiler import SQLCompiler
from django.test import Client

from accounts.models import Appointment
from tests.architecture.test_url_role_walk import ROLES, address, table
from tests.architecture.walked_county import build
from tests.factories.accounts import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

# what is new in every answer: tokens, keys of a form, nonces
EVER_NEW = re.compile(
    r'[0-9a-f]{8}-[0-9a-f-]{27}|[A-Za-z0-9]{64}|nonce="[^"]*"|nonce-[\w+/=-]+|value="[\w:-]{24,}"'
)
# rows are asked for without an order, and nobody sees in which they came
NO_LIST: dict[str, str] = {}
AS_IT_IS = SQLCompiler.results_iter


def names_an_order(compiler: SQLCompiler) -> bool:
    """As `QuerySet.ordered` asks; the order of a model's Meta is dropped by Django where rows are grouped."""
    query = compiler.query
    if query.extra_order_by or query.order_by:
        return True
    return bool(query.default_ordering and query.get_meta().ordering and not query.group_by)


def back_to_front(compiler: SQLCompiler, *args: Any, **kwargs: Any) -> Iterator[Any]:
    rows = AS_IT_IS(compiler, *args, **kwargs)
    return rows if names_an_order(compiler) else iter(list(rows)[::-1])


def asked(client: Client, path: str) -> list[str]:
    cache.clear()
    with transaction.atomic():
        answer = client.get(path)
        text = "" if answer.streaming else answer.content.decode("utf-8", "replace")
        transaction.set_rollback(True)
    return EVER_NEW.sub("", text).splitlines()


def test_no_list_depends_on_how_the_database_happens_to_give_its_rows(
    people: dict[str, Appointment], monday: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    samples, unordered = build(people, monday), []
    clients = {role: client_of(people[role]) for role in ROLES}
    for row, signs in table().items():
        if "+" not in signs or row in NO_LIST:
            continue
        path = address(row, samples)
        client = clients[ROLES[signs.index("+")]]
        usual = asked(client, path)
        with monkeypatch.context() as turned:
            turned.setattr(SQLCompiler, "results_iter", back_to_front)
            other = asked(client, path)
        if usual != other and usual == asked(client, path):
            lines = [
                f"{one.strip()} | {two.strip()}" for one, two in zip(usual, other, strict=False) if one != two
            ]
            unordered.append(f"{row}: {lines[:2]}")
    assert unordered == [], "\n" + "\n".join(unordered)


def test_a_list_without_an_order_is_noticed(
    people: dict[str, Appointment], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same page, as if the query of its list named no order."""
    client = client_of(people["admin"])
    usual = asked(client, "/manage/users/")
    assert usual == asked(client, "/manage/users/")
    monkeypatch.setattr(SQLCompiler, "results_iter", back_to_front)
    monkeypatch.setattr("tests.architecture.test_lists_have_an_order.names_an_order", lambda compiler: False)
    assert usual != asked(client, "/manage/users/")


def test_each_exception_says_why() -> None:
    assert all(len(reason) > 10 for reason in NO_LIST.values())
