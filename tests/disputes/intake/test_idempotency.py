"""Once for one key, also when the twin comes at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Event

import pytest
from django.db import connection

from accounts.models import Appointment
from core.actor import Actor
from disputes.errors import InvalidInput, KeyReused
from disputes.models import IdempotencyKey
from disputes.services import idempotency
from disputes.services.idempotency import Answer


def once(by: Actor, now: datetime, make: Callable[[], Answer], *, body: str = "a", key: str = "k") -> Answer:
    return idempotency.once(by=by, key=key, request_hash=body, now=now, make=make)


@pytest.fixture
def someone(clerk: Appointment, actor: Callable[[Appointment], Actor]) -> Actor:
    return actor(clerk)


@pytest.mark.django_db
def test_a_known_key_gets_the_first_answer(someone: Actor, monday: datetime) -> None:
    first = once(someone, monday, lambda: Answer({"number": "t01-2026-000001"}))
    assert once(someone, monday, pytest.fail) == first


@pytest.mark.django_db
def test_another_body_under_the_same_key_is_a_conflict(someone: Actor, monday: datetime) -> None:
    once(someone, monday, Answer)
    with pytest.raises(KeyReused):
        once(someone, monday, pytest.fail, body="b")


@pytest.mark.django_db
def test_keys_of_different_posts_do_not_meet(
    someone: Actor, outsider: Appointment, actor: Callable[[Appointment], Actor], monday: datetime
) -> None:
    once(someone, monday, lambda: Answer({"n": 1}))
    assert once(actor(outsider), monday, lambda: Answer({"n": 2})).body == {"n": 2}


@pytest.mark.django_db
def test_the_answer_is_kept_encrypted(someone: Actor, monday: datetime) -> None:
    once(someone, monday, lambda: Answer({"query_code": "12345678"}))
    with connection.cursor() as cursor:
        cursor.execute("SELECT answer FROM disputes_idempotencykey")
        assert "12345678" not in cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_a_failed_request_leaves_its_key_free(someone: Actor, monday: datetime) -> None:
    def refuse() -> Answer:
        raise InvalidInput({"title": ["no"]})

    with pytest.raises(InvalidInput):
        once(someone, monday, refuse)
    assert once(someone, monday, lambda: Answer({"n": 1})).body == {"n": 1}


@pytest.mark.django_db(transaction=True)
def test_a_twin_waits_and_gets_the_same_answer(someone: Actor, monday: datetime) -> None:
    inside, go_on = Event(), Event()

    def slowly() -> Answer:
        inside.set()
        assert go_on.wait(60)
        return Answer({"n": 1})

    def run(make: Callable[[], Answer]) -> Answer:
        try:
            return once(someone, monday, make)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(run, slowly)
        assert inside.wait(60)
        second = pool.submit(run, lambda: Answer({"n": 2}))
        assert not second.done()
        go_on.set()
        assert first.result(60) == second.result(60) == Answer({"n": 1})


@pytest.mark.django_db
def test_keys_are_forgotten_after_seven_days(someone: Actor, monday: datetime) -> None:
    once(someone, monday, Answer, key="old")
    once(someone, monday + timedelta(days=3), Answer, key="new")
    assert idempotency.purge(monday + timedelta(days=7, minutes=1)) == 1
    assert IdempotencyKey.objects.get().key == "new"
