"""Notices by matter and by kind: grouped, filtered, muted; 紧急 only where it is."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Appointment
from calendars.events import DeadlineFact
from core import clock
from core.errors import InvalidInput
from disputes.models import Dispute
from disputes.services import notices, overdue_notices
from jurisdictions.models import Organization
from notifications.choices import MUTABLE, Topic
from notifications.models import Delivery, Notice, Preference
from notifications.rules.topics import topic_of
from notifications.services.settings import set_preference
from tests.architecture.sources import ROOT, apps_from
from tests.factories.disputes import registered, take
from tests.factories.notifications import a_notice
from tests.factories.warnings import a_warning

LIST = "/notifications/"
Open = Callable[[Appointment], Client]
pytestmark = pytest.mark.django_db


# ── kinds ──


def kinds_written() -> Iterator[str]:
    """Every kind that stands as a literal where a notice is written."""
    for app in apps_from("accounts"):
        for path in sorted((ROOT / app / "services").rglob("*.py")) + sorted(
            (ROOT / app).glob("subscribers.py")
        ):
            for node in ast.walk(ast.parse(path.read_text())):
                if not isinstance(node, ast.Call):
                    continue
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in (
                    "tell",
                    "worded",
                    "about",
                    "notify",
                    "NewNotice",
                    "_plain",
                    "_tell",
                    "tell_county",
                ):
                    literal = [word.value for word in node.keywords if word.arg == "kind"]
                    literal += node.args[2:3] if name == "_plain" else []
                    yield from (one.value for one in literal if isinstance(one, ast.Constant))


def test_every_kind_that_is_written_belongs_to_a_named_one() -> None:
    found = set(kinds_written())
    assert len(found) > 20
    assert {kind for kind in found if topic_of(kind) == Topic.OTHER} == set()


def test_the_kinds_that_matter_by_hand() -> None:
    table = {
        "danger": "danger",
        "warning.escalation": "escalation",
        "warning.consent": "request",
        "warning.instruction": "warning",
        "step.sign_for": "turn",
        "recalled": "turn",
        "deadline.missed": "late",
        "deadline.due_soon": "due",
        "silence.report_up": "request",
        "reminder": "reminder",
        "coordinated": "meeting",
        "merged_in": "twins",
        "ledger.seal": "house",
    }
    assert {kind: topic_of(kind) for kind in table} == table


# ── 紧急 only for danger, level 1 and 2, and the last hours ──


@pytest.fixture
def handed_out(reference_data: None, clerk: Appointment, coordinator: Appointment) -> Callable[..., Dispute]:
    def make(level: int = 0, **facts: object) -> Dispute:
        now = clock.now()
        dispute = registered(clerk, now, **facts)
        if level:
            a_warning(dispute, level, now)
        take("accept", dispute, coordinator, now)
        return take("assign", dispute, coordinator, now, lead_unit="t01.v01")

    return make


@pytest.mark.parametrize(("level", "marked"), [(0, False), (3, False), (2, True), (1, True)])
def test_whose_turn_it_is_reads_urgent_only_at_level_one_and_two(
    level: int, marked: bool, handed_out: Callable[..., Dispute], village: Appointment
) -> None:
    handed_out(level)
    told = Notice.objects.get(recipient=village.user, kind="step.assign")
    assert (told.urgent, told.at_once) == (marked, marked)


def test_danger_is_urgent_whatever_is_told_of_it(
    handed_out: Callable[..., Dispute], village: Appointment
) -> None:
    handed_out(danger=True)
    assert Notice.objects.get(recipient=village.user, kind="step.assign").urgent


def test_what_only_leaves_at_once_is_not_marked(
    handed_out: Callable[..., Dispute], village: Appointment
) -> None:
    dispute = handed_out(3)
    notices.tell(
        dispute,
        [village.user_id],
        kind="silence.report_up",
        title="请接收",
        key="k",
        now=clock.now(),
        urgent=True,
    )
    told = Notice.objects.get(dedupe_key="k")
    assert (told.urgent, told.at_once) == (False, True)


@pytest.mark.parametrize(("hours", "marked"), [(30, False), (5, False), (4, True), (1, True)])
def test_the_last_four_hours_are_urgent(
    hours: int, marked: bool, handed_out: Callable[..., Dispute], village: Appointment
) -> None:
    dispute, now = handed_out(), clock.now()
    fact = DeadlineFact(1, "dispute", dispute.pk, "resolve", now + timedelta(hours=hours))
    overdue_notices.tell_due_soon([(dispute, fact)], now=now)
    assert Notice.objects.get(recipient=village.user, kind="deadline.due_soon").urgent is marked


def test_the_mark_does_not_tell_a_unit_that_is_a_party_the_level(
    handed_out: Callable[..., Dispute], village: Appointment, coordinator: Appointment
) -> None:
    dispute = handed_out(1)
    Dispute.objects.filter(pk=dispute.pk).update(unit=Organization.objects.get(code="t01.v01"))
    dispute.refresh_from_db()
    users = [village.user_id, coordinator.user_id]
    notices.tell(dispute, users, kind="reminder", title="请尽快办理", key="k", now=clock.now())
    told = {row.recipient_id: (row.urgent, row.at_once) for row in Notice.objects.filter(dedupe_key="k")}
    assert told == {village.user_id: (False, True), coordinator.user_id: (True, True)}


# ── muted ──


@pytest.mark.usefixtures("mailbox")
def test_a_muted_kind_is_written_but_rings_nowhere(
    handed_out: Callable[..., Dispute], village: Appointment, client_of: Open
) -> None:
    set_preference(user=village.user, email=True, muted=["turn"])
    handed_out()
    told = Notice.objects.get(recipient=village.user, kind="step.assign")
    assert told.muted
    assert not Delivery.objects.filter(notice=told).exists()
    browser = client_of(village)
    assert told.title not in browser.get("/notifications/bell/").content.decode()
    assert told.title not in browser.get(LIST).content.decode()
    page = browser.get(f"{LIST}?show=all").content.decode()
    assert told.title in page
    assert "不提醒" in page


@pytest.mark.parametrize("facts", [{"level": 1}, {"level": 2}, {"danger": True}])
def test_level_one_and_two_and_danger_ring_although_their_kind_is_muted(
    facts: dict[str, object], handed_out: Callable[..., Dispute], village: Appointment
) -> None:
    set_preference(user=village.user, email=True, muted=[topic.value for topic in MUTABLE])
    handed_out(**facts)
    assert not Notice.objects.get(recipient=village.user, kind="step.assign").muted


@pytest.mark.parametrize("topic", ["danger", "escalation", "nonsense"])
def test_what_may_not_be_muted_is_refused(topic: str, clerk: Appointment, client_of: Open) -> None:
    with pytest.raises(InvalidInput):
        set_preference(user=clerk.user, email=True, muted=[topic])
    answer = client_of(clerk).post("/notifications/preferences/", {"email": "on", "muted": [topic]})
    assert answer.status_code == 200
    assert not Preference.objects.exists()


def test_the_database_holds_no_urgent_notice_that_is_muted(clerk: Appointment) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        a_notice(clerk.user, urgent=True, at_once=True, muted=True)


def test_kinds_are_muted_on_the_page_and_come_back(clerk: Appointment, client_of: Open) -> None:
    browser = client_of(clerk)
    browser.post("/notifications/preferences/", {"email": "on", "muted": ["due", "twins"]})
    assert Preference.objects.get(user=clerk.user).muted == ["due", "twins"]
    page = browser.get("/notifications/preferences/").content.decode()
    assert page.count("checked") == 3
    browser.post("/notifications/preferences/", {"email": "on"})
    assert Preference.objects.get(user=clerk.user).muted == []


# ── grouped and filtered ──


def test_the_notices_of_a_dispute_stand_together_with_its_level(
    handed_out: Callable[..., Dispute], village: Appointment, client_of: Open
) -> None:
    dispute = handed_out(3)
    other = handed_out()
    for number in range(3):
        notices.tell(
            dispute,
            [village.user_id],
            kind="reminder",
            title=f"催办{number}",
            key=f"r{number}",
            now=clock.now(),
        )
    answer = client_of(village).get(LIST)
    found = {group.key[1]: [one.title for one in group.notices] for group in answer.context["page"].groups}
    assert list(found) == [dispute.pk, other.pk]  # the one told of last is first
    assert found[dispute.pk][:3] == ["催办2", "催办1", "催办0"]
    page = answer.content.decode()
    assert "这件事项另有 3 条消息" in page
    assert page.count("level-3") == 1
    assert "level-3" in client_of(village).get("/notifications/bell/").content.decode()


def test_a_unit_that_is_a_party_reads_no_level_beside_its_notices(
    handed_out: Callable[..., Dispute], village: Appointment, client_of: Open
) -> None:
    dispute = handed_out(3)
    Dispute.objects.filter(pk=dispute.pk).update(unit=Organization.objects.get(code="t01.v01"))
    for path in (LIST, "/notifications/bell/"):
        page = client_of(village).get(path).content.decode()
        assert dispute.display_number in page
        assert "level-3" not in page


def test_a_group_is_read_at_once_up_to_what_was_shown(clerk: Appointment, client_of: Open) -> None:
    shown = [a_notice(clerk.user, subject="dispute", subject_id=7) for _number in range(3)]
    later = a_notice(clerk.user, subject="dispute", subject_id=7)
    alone = a_notice(clerk.user)
    body = {"subject": "dispute", "subject_id": "7", "up_to": str(shown[-1].pk)}
    assert client_of(clerk).post("/notifications/read-group/", body).status_code == 302
    assert set(Notice.objects.of(clerk.user_id).unread()) == {later, alone}


BROKEN = ({}, {"subject": "dispute", "subject_id": "x", "up_to": "9"}, {"subject_id": "0", "up_to": "9" * 30})


@pytest.mark.parametrize("body", BROKEN)
def test_a_broken_group_reads_nothing(body: dict[str, str], clerk: Appointment, client_of: Open) -> None:
    a_notice(clerk.user)
    assert client_of(clerk).post("/notifications/read-group/", body).status_code == 302
    assert Notice.objects.unread().exists()


def test_groups_go_on_where_the_last_page_ended(clerk: Appointment, client_of: Open) -> None:
    for matter in range(1, 31):
        for _number in range(2):
            a_notice(clerk.user, subject="dispute", subject_id=matter)
    browser = client_of(clerk)
    first = browser.get(LIST).context
    second = browser.get(first["next_url"]).context
    seen = [group.key[1] for context in (first, second) for group in context["page"].groups]
    assert seen == list(range(30, 0, -1))
    assert not second["next_url"]


def test_the_list_is_narrowed_by_kind(clerk: Appointment, client_of: Open) -> None:
    a_notice(clerk.user, topic="late", title="超期的")
    a_notice(clerk.user, topic="turn", title="轮到的")
    browser = client_of(clerk)
    page = browser.get(f"{LIST}?topic=late").content.decode()
    assert ("超期的" in page, "轮到的" in page) == (True, False)
    assert "?topic=turn" in page
    both = browser.get(f"{LIST}?topic=nonsense").content.decode()
    assert ("超期的" in both, "轮到的" in both) == (True, True)


@pytest.mark.parametrize("path", [LIST, f"{LIST}?show=all", "/notifications/bell/"])
def test_more_matters_cost_no_more_queries(
    path: str, handed_out: Callable[..., Dispute], village: Appointment, client_of: Open
) -> None:
    browser = client_of(village)
    handed_out(3)
    browser.get(path)
    with CaptureQueriesContext(connection) as few:
        browser.get(path)
    for level in (0, 3, 1):
        handed_out(level)
    with CaptureQueriesContext(connection) as many:
        browser.get(path)
    assert len(many) == len(few)
