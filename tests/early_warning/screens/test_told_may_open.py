"""Whoever is sent a notice of a warning can open what it leads to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from accounts.models import Appointment
from core import jobs
from notifications.models import ChannelSetting, Notice
from tests.factories.accounts import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


def unopened() -> list[str]:
    """Notices of warnings whose recipient meets anything but the page."""
    appointments = {row.user_id: row for row in Appointment.objects.select_related("user", "post")}
    bad = []
    for notice in Notice.objects.filter(kind__startswith="warning"):
        answer = client_of(appointments[notice.recipient_id]).get(notice.url)
        if answer.status_code != 200:
            bad.append(f"{notice.recipient.username} {notice.kind} {notice.url} {answer.status_code}")
    return bad


def test_all_who_are_told_of_a_warning_see_it(warned, deputy):
    ChannelSetting.objects.update(enabled=False)
    Appointment.objects.filter(pk=deputy.pk).update(ends_on=date(2021, 1, 1))
    for level in (3, 2, 1):
        warned(level)
    assert unopened() == []


def test_all_who_are_told_when_it_reaches_the_county_see_it(warned, monday):
    warned(1)
    jobs.run_all(monday + timedelta(hours=3))
    assert Notice.objects.filter(recipient__username="county.deputy").exists()
    assert unopened() == []
