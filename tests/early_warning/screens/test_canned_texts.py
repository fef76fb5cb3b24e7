"""常用语 at the sentences that leaders, coordinators and duty posts write, as at the fields of steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django import forms
from django.test import Client

from accounts.models import Appointment
from disputes.choices import CannedField
from disputes.forms.canned_fields import CannedForm
from disputes.models import CannedText
from early_warning.forms import answers, levels
from responsibility import forms as leaders

Clients = Callable[[Appointment], Client]
WORDS = "请派出所和司法所今天到现场，先把人劝离。"
# asked on the page of intake, beside fields of the registration's own
NOT_A_FORM_OF_ITS_OWN = {leaders.IntakeLeaderForm}
NO_SENTENCES = {"enclosures"}  # names of papers, one in a line


def written() -> list[tuple[type[forms.Form], str]]:
    found = [
        (form, name)
        for module in (answers, leaders, levels)
        for form in vars(module).values()
        if isinstance(form, type) and issubclass(form, forms.Form) and form.__module__ == module.__name__
        for name, field in form.base_fields.items()
        if isinstance(field.widget, forms.Textarea)
    ]
    return [
        (form, name) for form, name in found if form not in NOT_A_FORM_OF_ITS_OWN and name not in NO_SENTENCES
    ]


@pytest.mark.parametrize(("form", "name"), written())
def test_every_field_for_sentences_says_which_are_at_hand(form: type[forms.Form], name: str) -> None:
    assert issubclass(form, CannedForm)
    assert form.BESIDE.get(name, name) in CannedField.values


def test_there_are_such_forms() -> None:
    assert len(written()) > 12


@pytest.mark.django_db
def test_they_are_offered_where_a_leader_writes(
    warned: Any, asked: Any, mayor: Appointment, client_of: Clients, monday: datetime
) -> None:
    CannedText.objects.create(
        unit=mayor.post.organization, field="instruction", text=WORDS, created_at=monday, created_by=mayor
    )
    browser = client_of(mayor)
    page = browser.get(f"/warnings/escalations/{asked(warned(2)).pk}/instruct/").content.decode()
    assert 'data-canned="/disputes/pick/texts/?field=instruction"' in page
    assert WORDS not in page  # nothing is filled in
    offered = browser.get("/disputes/pick/texts/", {"field": "instruction"}).json()["results"]
    assert [one["label"] for one in offered] == [WORDS]
