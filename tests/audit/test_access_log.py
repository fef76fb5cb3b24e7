"""The auditor's page: who sees it, what the questions find, and that lines stay as they were written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Appointment
from audit import services as audit
from audit.choices import Action
from audit.models import AccessEvent
from core.actor import Actor
from tests.factories.accounts import actor

URL = "/audit/"


def record(
    person: Appointment, now: datetime, action: Action = Action.UNMASKED, **fields: object
) -> AccessEvent:
    given = {"target_type": "party", "target_id": 7, "target_label": "t01-2026-000007", "reason": "核对身份"}
    return audit.record(action=action, by=actor(person), now=now, **given | fields)


@pytest.fixture
def reader(auditor: Appointment, client_of: Callable[[Appointment], Client]) -> Client:
    return client_of(auditor)


def found(reader: Client, **question: str) -> int:
    page = reader.get(URL, question)
    assert page.status_code == 200
    return len(page.context["lines"])


def test_coming_and_going_is_left_out_until_it_is_asked_for(
    reader: Client, clerk: Appointment, monday: datetime
) -> None:
    for action in (Action.LOGGED_IN, Action.LOGGED_OUT, Action.LOGIN_FAILED, Action.UNMASKED):
        record(clerk, monday, action)
    shown = [line.action for line in reader.get(URL).context["lines"]]
    assert shown == [Action.UNMASKED.label, Action.LOGIN_FAILED.label]
    assert found(reader, action="logged_out") == 1
    assert found(reader, action="everything", until="2026-03-02") == 4


def test_a_read_of_personal_data_is_told_with_person_moment_and_reason(
    reader: Client, clerk: Appointment, monday: datetime
) -> None:
    record(clerk, monday)
    page = reader.get(URL).content.decode()
    assert clerk.user.name in page
    assert "2026-03-02 09:00" in page
    assert "查看了当事人 t01-2026-000007的完整信息" in page
    assert "核对身份" in page


@pytest.mark.parametrize("person", ["clerk", "coordinator", "county_office", "admin", "secretary"])
def test_only_the_auditor_reads_it(
    person: str, request: pytest.FixtureRequest, client_of: Callable[[Appointment], Client]
) -> None:
    assert client_of(request.getfixturevalue(person)).get(URL).status_code == 403


def test_the_anonymous_are_sent_to_the_login(db: None) -> None:
    answer = Client().get(URL)
    assert answer.status_code == 302
    assert "login" in answer["Location"]


def test_questions_narrow_what_is_shown(
    reader: Client, clerk: Appointment, handler: Appointment, monday: datetime
) -> None:
    record(clerk, monday)
    record(handler, monday + timedelta(days=1), Action.EXPORTED, target_type="export", target_id=9)
    record(handler, monday + timedelta(days=2), target_label="t01-2026-000009", target_id="9")
    assert found(reader, since="2020-01-01") == 3
    assert found(reader, person="t01.justice") == 2
    assert found(reader, person=clerk.user.name) == 1
    assert found(reader, person="受理员") == 1
    assert found(reader, action="exported") == 1
    assert found(reader, since="2026-03-03", until="2026-03-03") == 1
    assert found(reader, until="2026-03-02") == 1
    assert found(reader, kind="party") == 2
    assert found(reader, target="000009") == 1
    assert found(reader, kind="export", target="9") == 1
    assert found(reader, person="nobody") == 0


@pytest.mark.parametrize(
    "question",
    [
        {"since": "2026-02-30"},
        {"since": "2026-03-02", "until": "2026-03-01"},
        {"action": "x"},
        {"before": "x"},
    ],
)
def test_a_question_that_makes_no_sense_is_said_and_finds_nothing(
    reader: Client, clerk: Appointment, monday: datetime, question: dict[str, str]
) -> None:
    record(clerk, monday)
    assert found(reader, **question) == 0


def test_pages_go_on_where_the_last_one_ended(reader: Client, clerk: Appointment, monday: datetime) -> None:
    rows = [record(clerk, monday, target_id=n) for n in range(120)]
    seen = 0
    url: str = f"{URL}?action=unmasked"
    pages = 0
    while url:
        page = reader.get(url)
        seen += len(page.context["lines"])
        pages += 1
        next_url = page.context["next_url"]
        url = f"{URL}{next_url}" if next_url else ""
    assert (seen, pages) == (len(rows), 3)


def test_more_lines_cost_no_more_queries(reader: Client, clerk: Appointment, monday: datetime) -> None:
    record(clerk, monday)
    reader.get(URL)
    with CaptureQueriesContext(connection) as few:
        reader.get(URL)
    for number in range(30):
        record(clerk, monday, target_id=number)
    with CaptureQueriesContext(connection) as many:
        reader.get(URL)
    assert len(many) == len(few)


def test_a_line_cannot_be_changed_or_removed(clerk: Appointment, monday: datetime) -> None:
    event = record(clerk, monday)
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()
    for forbidden in (
        lambda: AccessEvent.objects.update(reason=""),
        lambda: AccessEvent.objects.filter(pk=event.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            forbidden()
    assert AccessEvent.objects.get(pk=event.pk).reason == "核对身份"


def test_the_system_signs_with_its_jobs_name(db: None, monday: datetime) -> None:
    event = audit.record(
        action=Action.LEDGER_CHECKED, by=Actor.system("seal"), now=monday, target_type="ledger"
    )
    assert (event.user_id, event.actor_label) == (None, "seal")
