"""The session store asks and saves by statements of its own; Django's store is the oracle of what stands in the row."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.utils import timezone

from core.sessions import SessionStore

pytestmark = pytest.mark.django_db


def begun(**data: object) -> str:
    store = SessionStore()
    store.update(data)
    store.save()
    assert store.session_key is not None
    return store.session_key


def test_what_one_store_saves_the_other_reads() -> None:
    key = begun(acting="a1")
    assert dict(db.SessionStore(key).items()) == {"acting": "a1"}
    ours = SessionStore(key)
    ours["seen"] = "纠纷"
    ours.save()
    theirs = db.SessionStore(key)
    assert dict(theirs.items()) == {"acting": "a1", "seen": "纠纷"}
    theirs["more"] = 1
    theirs.save()
    assert SessionStore(key)["more"] == 1


def test_saving_puts_off_the_end() -> None:
    key = begun(acting="a1")
    Session.objects.filter(pk=key).update(expire_date=timezone.now() + timedelta(minutes=1))
    store = SessionStore(key)
    store["seen"] = 1
    store.save()
    assert Session.objects.get(pk=key).expire_date > timezone.now() + timedelta(hours=1)


def test_a_session_that_has_ended_says_nothing_and_loses_its_key() -> None:
    key = begun(acting="a1")
    Session.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(seconds=1))
    store = SessionStore(key)
    assert store.get("acting") is None
    assert store.session_key is None


def test_what_was_ended_meanwhile_is_not_saved_anew() -> None:
    key = begun(acting="a1")
    store = SessionStore(key)
    store["seen"] = 1
    Session.objects.all().delete()
    with pytest.raises(UpdateError):
        store.save()
    assert not Session.objects.exists()
