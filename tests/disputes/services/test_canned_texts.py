"""常用语: of one's own unit, at the fields of its steps, never filled in, with what stood there before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import Appointment
from audit.choices import Action
from audit.models import AccessEvent
from core.errors import InvalidInput, NotFound, NotPermitted
from disputes.choices import CannedField
from disputes.forms.steps import step_form
from disputes.forms.taking_on import taking_on_form
from disputes.models import CannedText, Dispute
from disputes.rules.lifecycle import STEPS
from disputes.selectors import canned_texts as canned
from disputes.services import canned_texts
from tests.disputes.conftest import Make
from tests.factories.accounts import actor
from tests.factories.disputes import take

pytestmark = pytest.mark.django_db
Clients = Callable[[Appointment], Client]
SAID = "双方均表示愿意调解，约定三日内到司法所面谈。"
PICK, PAGE = "/disputes/pick/texts/", "/disputes/texts/"


def write(person: Appointment, now: datetime, text: str = SAID, field: str = "account") -> CannedText:
    return canned_texts.add(field=field, text=text, by=actor(person), now=now)


def test_a_unit_writes_changes_and_retires_its_own_and_all_of_it_is_kept(
    handler: Appointment, now: datetime
) -> None:
    row = write(handler, now)
    better = canned_texts.change(text_id=row.pk, text="约定两日内面谈。", by=actor(handler), now=now)
    canned_texts.retire(text_id=better.pk, by=actor(handler), now=now + timedelta(hours=1))
    row.refresh_from_db()
    assert (row.text, row.retired_at, row.retired_by) == (SAID, now, handler)
    assert better.replaces == row
    assert canned.by_field(actor(handler)) == []
    assert [one.text for one in canned.past(actor(handler))] == ["约定两日内面谈。", SAID]
    said = AccessEvent.objects.filter(action=Action.CONFIG_CHANGED, target_type="canned_text").order_by("pk")
    assert [(one.details["before"]["text"], one.details["after"]["text"]) for one in said] == [
        ("", SAID),
        (SAID, "约定两日内面谈。"),
        ("约定两日内面谈。", ""),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (" ", "请填写内容"),
        ("长" * 301, "不超过"),
        ("请打电话 13800000001 联系。", "号码"),
        ("证件号码 11010519491231002X。", "号码"),
    ],
)
def test_nothing_of_one_person_belongs_into_it(
    handler: Appointment, now: datetime, text: str, words: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        write(handler, now, text)
    assert words in str(refused.value.errors["text"][0])
    assert not CannedText.objects.exists()


def test_the_same_sentence_once_for_each_field_and_no_more_than_sixty(
    handler: Appointment, now: datetime
) -> None:
    write(handler, now)
    write(handler, now, field="note")
    with pytest.raises(InvalidInput):
        write(handler, now)
    other = write(handler, now, "另一句")
    with pytest.raises(InvalidInput):
        canned_texts.change(text_id=other.pk, text=SAID, by=actor(handler), now=now)
    assert CannedText.objects.get(pk=other.pk).retired_at is None
    for number in range(canned_texts.MOST - 3):
        write(handler, now, f"第{number}句")
    with pytest.raises(InvalidInput):
        write(handler, now, "多一句")
    with pytest.raises(IntegrityError), transaction.atomic():
        CannedText.objects.filter(pk=other.pk).update(retired_at=now)


def test_other_units_neither_see_nor_touch_them(
    handler: Appointment, village: Appointment, auditor: Appointment, client_of: Clients, now: datetime
) -> None:
    row = write(handler, now)
    assert client_of(village).get(PICK, {"field": "account"}).json() == {"results": []}
    assert client_of(village).get(f"{PAGE}{row.pk}/").status_code == 404
    with pytest.raises(NotFound):
        canned_texts.change(text_id=row.pk, text="别的", by=actor(village), now=now)
    with pytest.raises(NotFound):
        canned_texts.retire(text_id=row.pk, by=actor(village), now=now)
    with pytest.raises(NotPermitted):
        write(auditor, now)
    assert client_of(auditor).get(PAGE).status_code == 403


def test_a_dozen_are_offered_and_the_others_found_by_their_words(
    handler: Appointment, client_of: Clients, now: datetime, django_assert_num_queries: Any
) -> None:
    for number in range(20):
        write(handler, now, f"已核实情况{number:02d}")
    browser = client_of(handler)
    rows = browser.get(PICK, {"field": "account"}).json()["results"]
    assert [row["label"] for row in rows] == [f"已核实情况{number:02d}" for number in range(12)]
    assert [
        row["label"] for row in browser.get(PICK, {"field": "account", "q": "况17"}).json()["results"]
    ] == ["已核实情况17"]
    assert browser.get(PICK, {"field": "title"}).json() == {"results": []}
    by = actor(handler)
    with django_assert_num_queries(1):
        canned.offered(by, "account", "")


def test_they_are_at_hand_at_every_such_field_and_nothing_is_filled_in(
    register: Make, coordinator: Appointment, handler: Appointment, client_of: Clients, now: datetime
) -> None:
    dispute = register()
    write(coordinator, now, field="note")
    for step in STEPS.values():
        form = step_form(step, dispute, today=now.date(), by=actor(coordinator))
        for name, field in form.fields.items():
            offers = f"{PICK}?field={name}" if name in CannedField.values else None
            assert field.widget.attrs.get("data-canned") == offers, (step.id, name)
            if offers:
                assert not form[name].value()
    at_once = taking_on_form(dispute, today=now.date(), by=actor(coordinator))
    for name in ("reason", "instruction"):
        assert at_once.fields[name].widget.attrs["data-canned"] == f"{PICK}?field={name}"
    page = client_of(coordinator).get(f"/disputes/{dispute.number}/steps/accept/").content.decode()
    assert SAID not in page


def test_the_page_and_its_forms(handler: Appointment, client_of: Clients, now: datetime) -> None:
    browser = client_of(handler)
    assert "本单位还没有常用语" in browser.get(PAGE).content.decode()
    assert browser.post(f"{PAGE}new/", {"field": "account", "text": SAID}).status_code == 302
    again = browser.post(f"{PAGE}new/", {"field": "account", "text": SAID})
    assert (again.status_code, "已有相同的常用语" in again.content.decode()) == (422, True)
    row = CannedText.objects.get()
    assert SAID in browser.get(f"{PAGE}{row.pk}/").content.decode()
    assert browser.post(f"{PAGE}{row.pk}/", {"text": "换一句。"}).status_code == 302
    page = browser.get(PAGE).content.decode()
    assert "换一句。" in page
    assert "历史（1）" in page
    assert browser.get(f"{PAGE}{row.pk}/").status_code == 404  # what was replaced is history
    new = CannedText.objects.get(retired_at=None)
    assert browser.post(f"{PAGE}{new.pk}/retire/").status_code == 302
    assert browser.get(f"{PAGE}{new.pk}/retire/").status_code == 405


def test_what_was_written_with_one_stays_when_it_is_retired(
    register: Make, coordinator: Appointment, now: datetime
) -> None:
    row = write(coordinator, now, field="note")
    dispute = register()
    take("accept", dispute, coordinator, now, note=row.text)
    canned_texts.retire(text_id=row.pk, by=actor(coordinator), now=now)
    entry = Dispute.objects.get(pk=dispute.pk).trail.get(step="accept")
    assert entry.texts.get(name="note").text == SAID
