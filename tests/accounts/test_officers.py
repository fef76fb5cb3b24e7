"""`manage.py officers`: the one place where the accounts of the three officers are changed."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Appointment, User
from audit.models import AccessEvent
from notifications.models import Notice

pytestmark = pytest.mark.django_db


def officers(*words: str) -> str:
    out = StringIO()
    call_command("officers", *words, stdout=out)
    return out.getvalue()


def test_a_new_security_administrator_takes_over_and_the_old_one_leaves(security: Appointment) -> None:
    officers("appoint", "security", "security2", "--name", "钱安")
    officers("end", "security")
    listed = officers("list")
    assert "security2 钱安" in listed
    assert f" security {security.user.name}" not in listed


def test_an_auditor_who_is_shut_out_is_let_in_and_both_hear_of_it(auditor: Appointment) -> None:
    password = officers("password", "auditor").strip()
    auditor.user.refresh_from_db()
    assert auditor.user.check_password(password)
    assert auditor.user.must_change_password
    assert Notice.objects.filter(recipient=auditor.user, kind="account.touched").exists()
    assert password not in str(list(AccessEvent.objects.values_list("details", "target_label", "reason")))


def test_two_offices_for_one_person_are_refused_in_words(admin: Appointment, auditor: Appointment) -> None:
    with pytest.raises(CommandError, match="三个人"):
        officers("appoint", "auditor", "admin")
    assert not Appointment.objects.filter(user=admin.user, post=auditor.post).exists()


@pytest.mark.parametrize("act", ["end", "password"])
def test_an_unknown_account_is_told(act: str, people: dict[str, Appointment]) -> None:
    before = User.objects.count()
    with pytest.raises(CommandError, match="nobody-here"):
        officers(act, "nobody-here")
    assert User.objects.count() == before
