"""A user by key comes from a statement that is there once; every other question is Django's."""

import pytest

from accounts.models import User

pytestmark = pytest.mark.django_db


def test_the_row_of_now_or_none() -> None:
    li = User.objects.create(username="li", name="李")
    assert User.objects.get(pk=li.pk).name == "李"
    User.objects.filter(pk=li.pk).update(name="王")
    assert User.objects.get(pk=li.pk).name == "王"
    with pytest.raises(User.DoesNotExist):
        User.objects.get(pk=li.pk + 1)


def test_other_questions_keep_their_conditions() -> None:
    li = User.objects.create(username="li", name="李", is_active=False)
    assert User.objects.get(username="li") == li
    with pytest.raises(User.DoesNotExist):
        User.objects.get(pk=li.pk, is_active=True)
    with pytest.raises(User.DoesNotExist):
        User.objects.filter(is_active=True).get(pk=li.pk)
    with pytest.raises(ValueError, match="expected a number"):
        User.objects.get(pk="li")
