"""One style of number for people: 〔2026〕青石镇第000123号 on pages and in notices; the code only in addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.utils.html import strip_tags

from accounts.models import Appointment
from disputes.models.shown_numbers import shown_number
from notifications.models import Notice
from tests.disputes.conftest import Make

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
RAW = re.compile(r"(?:dispute|case|merged_into)\.number(?: \}\}| %\})")
IN_ATTRIBUTE = re.compile(r'(?:value|name|href|hx-[a-z]+)="[^"]*$|\{% url [^%]*$')
CODE = re.compile(r"[a-z0-9_.]+-20\d\d-\d{6}")


@pytest.mark.django_db
def test_a_number_is_told_from_the_code_alone(register: Make) -> None:
    assert shown_number(register().number) == "〔2026〕青石镇第000001号"
    assert shown_number("x99-2026-000001") == "x99-2026-000001"


@pytest.mark.django_db
def test_pages_and_notices_show_people_no_code(
    register: Make, client_of: Callable[[Appointment], Client], clerk: Appointment, coordinator: Appointment
) -> None:
    dispute = register(danger=True, danger_told="派出所值班室")
    for page in (f"/disputes/{dispute.number}/", "/disputes/", "/"):
        shown = strip_tags(client_of(coordinator).get(page).content.decode())
        assert dispute.display_number in shown
        assert not CODE.search(re.sub(r"/disputes/\S+", "", shown))
    titles = list(Notice.objects.values_list("title", flat=True))
    assert titles
    assert not any(CODE.search(title) for title in titles)


def test_no_template_shows_the_code() -> None:
    shown = [
        f"{path.relative_to(TEMPLATES)}: {match[0]}"
        for path in TEMPLATES.rglob("*.html")
        for line in path.read_text(encoding="utf-8").splitlines()
        for match in RAW.finditer(line)
        if not IN_ATTRIBUTE.search(line[: match.start()])
    ]
    assert shown == []


@pytest.mark.django_db
def test_a_merge_takes_and_shows_the_number_as_people_write_it(
    register: Make, client_of: Callable[[Appointment], Client], coordinator: Appointment
) -> None:
    stays, client = register(), client_of(coordinator)
    for typed in (stays.display_number, str(stays.seq), stays.number):
        ends = register()
        page = f"/disputes/{ends.number}/steps/merge/"
        answer = client.post(page, {"into": typed, "version": ends.version})
        assert answer.status_code == 302, typed
        ends.refresh_from_db()
        assert ends.survivor_id == stays.pk
    for dispute in (ends, stays):
        shown = strip_tags(client.get(f"/disputes/{dispute.number}/").content.decode())
        assert not CODE.search(re.sub(r"/disputes/\S+", "", shown))


@pytest.mark.django_db
def test_where_a_merged_one_goes_on_is_told_before_everything_else(
    register: Make, client_of: Callable[[Appointment], Client], coordinator: Appointment
) -> None:
    stays, ends, client = register(), register(), client_of(coordinator)
    client.post(f"/disputes/{ends.number}/steps/merge/", {"into": stays.number, "version": ends.version})
    page = client.get(f"/disputes/{ends.number}/").content.decode()
    assert page.index("由该件继续办理") < page.index("<aside")
    assert page.index("由该件继续办理") < page.index("事由")
