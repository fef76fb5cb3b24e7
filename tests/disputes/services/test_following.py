"""关注: who asked for it hears what others do, as long as they see the case; nobody learns who follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import Appointment
from core.errors import NotFound, NotPermitted
from disputes.models import Dispute, Following
from disputes.services import following
from notifications.models import Notice
from notifications.rules import topics
from tests.disputes.conftest import Make
from tests.factories.accounts import actor
from tests.factories.disputes import take

pytestmark = pytest.mark.django_db
Clients = Callable[[Appointment], Client]
HOUR = timedelta(hours=1)
LEDGER, HOME = "/disputes/?followed=true", "/"


def heard(person: Appointment) -> list[Notice]:
    rows = Notice.objects.filter(recipient_id=person.user_id, kind__startswith="followed.")
    return list(rows.order_by("pk"))


def follow(dispute: Dispute, person: Appointment, now: datetime) -> None:
    following.follow(number=dispute.number, by=actor(person), now=now)


@pytest.fixture
def assigned(register: Make, coordinator: Appointment, now: datetime) -> Dispute:
    dispute = register()
    take("accept", dispute, coordinator, now)
    return take("assign", dispute, coordinator, now, lead_unit="t01.justice")


def test_who_follows_hears_quietly_of_what_others_do_and_not_of_their_own(
    assigned: Dispute, mayor: Appointment, handler: Appointment, now: datetime
) -> None:
    follow(assigned, mayor, now)
    take("sign_for", assigned, handler, now + HOUR)
    take("instruct", assigned, mayor, now + 2 * HOUR, instruction="今天就去。")
    (notice,) = heard(mayor)
    assert assigned.display_number in notice.title
    assert "签收" in notice.title
    assert (notice.topic, notice.urgent, notice.at_once) == (topics.FOLLOWED, False, False)
    assert (notice.subject, notice.subject_id) == ("dispute", assigned.pk)


def test_it_stays_quiet_where_there_is_danger(
    register: Make, coordinator: Appointment, mayor: Appointment, now: datetime
) -> None:
    dispute = register(danger=True, danger_told="已报110", danger_told_at=now)
    follow(dispute, mayor, now)
    take("accept", dispute, coordinator, now + HOUR)
    assert [(one.urgent, one.at_once) for one in heard(mayor)] == [(False, False)]


def test_whose_turn_it_is_is_told_once(
    assigned: Dispute, coordinator: Appointment, handler: Appointment, now: datetime
) -> None:
    follow(assigned, coordinator, now)
    take("sign_for", assigned, handler, now + HOUR)
    take("submit_result", assigned, handler, now + 2 * HOUR, outcome="oral_agreement", account="双方同意。")
    last = Notice.objects.filter(
        recipient_id=coordinator.user_id, subject_id=assigned.pk, created_at=now + 2 * HOUR
    )
    assert [one.kind for one in last] == ["step.submit_result"]


def test_who_is_named_in_a_comment_and_follows_is_told_once(
    assigned: Dispute, coordinator: Appointment, handler: Appointment, mayor: Appointment, now: datetime
) -> None:
    for person in (handler, mayor):
        follow(assigned, person, now)
    take("comment", assigned, coordinator, now + HOUR, text="先别上门。", people=[handler.user.username])
    told = Notice.objects.filter(created_at=now + HOUR, subject_id=assigned.pk)
    assert sorted(told.values_list("recipient_id", "kind")) == sorted(
        [(handler.user_id, "comment"), (mayor.user_id, "followed.comment")]
    )


def test_twice_is_once_and_it_ends_when_its_reader_wants(
    assigned: Dispute, mayor: Appointment, handler: Appointment, now: datetime
) -> None:
    follow(assigned, mayor, now)
    follow(assigned, mayor, now + HOUR)
    row = Following.objects.get()
    assert row.since == now
    with pytest.raises(IntegrityError), transaction.atomic():
        Following.objects.create(dispute=assigned, user=mayor.user, since=now)
    following.unfollow(number=assigned.number, by=actor(mayor))
    take("sign_for", assigned, handler, now + HOUR)
    assert heard(mayor) == []


def test_the_button_the_list_and_the_home(
    assigned: Dispute, mayor: Appointment, handler: Appointment, client_of: Clients
) -> None:
    browser, address = client_of(mayor), f"/disputes/{assigned.number}/follow/"
    assert assigned.title not in browser.get(LEDGER).content.decode()
    assert browser.get(address).status_code == 405
    assert browser.post(address, {"follow": "1"}).status_code == 302
    assert "取消关注" in browser.get(f"/disputes/{assigned.number}/").content.decode()
    assert assigned.title in browser.get(LEDGER).content.decode()
    home = browser.get(HOME).content.decode()
    assert "我关注的 (1)" in home
    assert "我关注的" not in client_of(handler).get(HOME).content.decode()
    assert assigned.title not in client_of(handler).get(LEDGER).content.decode()
    browser.post(address, {"follow": "0"})
    assert assigned.title not in browser.get(LEDGER).content.decode()


def test_nobody_learns_who_follows_or_how_many(
    assigned: Dispute,
    mayor: Appointment,
    handler: Appointment,
    client_of: Clients,
    api_client_of: Clients,
    now: datetime,
) -> None:
    """What the others read is the same with followers and without."""
    address = f"/api/v1/disputes/{assigned.number}/"
    before = api_client_of(handler).get(address).json()
    follow(assigned, mayor, now)
    assert api_client_of(handler).get(address).json() == before
    page = client_of(handler).get(f"/disputes/{assigned.number}/").content.decode()
    assert "取消关注" not in page
    assert mayor.user.name not in page.partition("流转记录")[2]


def lost_by_mark(dispute: Dispute, coordinator: Appointment, person: Appointment, now: datetime) -> None:
    take("mark_conflict", dispute, coordinator, now, reason="其为当事人亲属。", people=[person.user.username])


def lost_by_restriction(
    dispute: Dispute, coordinator: Appointment, person: Appointment, now: datetime
) -> None:
    take("restrict", dispute, coordinator, now, reason="涉及未成年人。")


@pytest.mark.parametrize("lose", [lost_by_mark, lost_by_restriction])
def test_who_loses_sight_hears_no_more_and_finds_it_nowhere(
    assigned: Dispute,
    coordinator: Appointment,
    handler: Appointment,
    mayor: Appointment,
    client_of: Clients,
    now: datetime,
    lose: Any,
) -> None:
    follow(assigned, mayor, now)
    lose(assigned, coordinator, mayor, now + HOUR)
    known = len(heard(mayor))
    take("sign_for", Dispute.objects.get(pk=assigned.pk), handler, now + 2 * HOUR)
    assert len(heard(mayor)) == known == 0
    browser = client_of(mayor)
    assert assigned.display_number not in browser.get(LEDGER).content.decode()
    assert "我关注的 (" not in browser.get(HOME).content.decode()
    with pytest.raises((NotFound, NotPermitted)):
        follow(assigned, mayor, now)
    with pytest.raises((NotFound, NotPermitted)):
        following.unfollow(number=assigned.number, by=actor(mayor))


def test_who_gave_it_back_hears_nothing_of_what_comes_later(
    assigned: Dispute, coordinator: Appointment, handler: Appointment, village: Appointment, client_of: Clients,
    now: datetime,
) -> None:  # fmt: skip
    follow(assigned, handler, now)
    take("transfer", assigned, coordinator, now + HOUR, lead_unit="t01.v01", reason="改由村里办理。")
    take("sign_for", assigned, village, now + 2 * HOUR)
    assert heard(handler) == []
    browser = client_of(handler)
    assert assigned.display_number not in browser.get(LEDGER).content.decode()
    assert "/follow/" not in browser.get(f"/disputes/{assigned.number}/").content.decode()
    with pytest.raises(NotPermitted):
        follow(assigned, handler, now)


def test_who_left_their_post_hears_nothing(
    assigned: Dispute, mayor: Appointment, handler: Appointment, now: datetime
) -> None:
    follow(assigned, mayor, now)
    mayor.user.is_active = False
    mayor.user.save(update_fields=["is_active"])
    take("sign_for", assigned, handler, now + HOUR)
    assert heard(mayor) == []


def test_a_merged_case_is_followed_in_the_one_that_goes_on(
    assigned: Dispute, register: Make, coordinator: Appointment, mayor: Appointment, handler: Appointment,
    now: datetime,
) -> None:  # fmt: skip
    other = register()
    follow(other, mayor, now)
    take("merge", other, coordinator, now + HOUR, into=assigned.number)
    take("sign_for", assigned, handler, now + 2 * HOUR)
    assert [one.subject_id for one in heard(mayor)] == [other.pk, assigned.pk]


def test_a_restricted_case_of_the_named_is_told_without_its_title(
    register: Make, coordinator: Appointment, county_office: Appointment, now: datetime
) -> None:
    dispute = register(restricted=True)
    by = coordinator
    follow(dispute, by, now)
    assert Following.objects.count() == 1
    person = county_office
    with pytest.raises((NotFound, NotPermitted)):
        follow(dispute, person, now)


def test_a_step_nobody_follows_costs_one_question(
    assigned: Dispute, handler: Appointment, mayor: Appointment, django_assert_num_queries: Any, now: datetime
) -> None:
    by = actor(handler)
    with django_assert_num_queries(1):
        following.tell_followers(assigned, "sign_for", by=by, now=now)
    for person in (mayor, handler):
        follow(assigned, person, now)
    following.hearers(assigned, [mayor.user_id, handler.user_id], now)  # what they hold is remembered
    with django_assert_num_queries(3):  # who follows, whether that still holds, what the case gave
        users = list(Following.objects.filter(dispute=assigned).values_list("user_id", flat=True))
        assert following.hearers(assigned, users, now)
