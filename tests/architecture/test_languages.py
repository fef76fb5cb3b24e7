"""The reader chooses the language of the pages; what is kept and what others get stays in the county's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils import translation

from accounts.models import Appointment
from disputes.models import TrailEntry
from notifications.models import Notice
from supervisor.catalogues import compile_catalogues
from tests.architecture.sources import ROOT
from tests.architecture.test_catalogue import CHINESE, catalogue
from tests.factories.disputes import registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data", "english")]
PAGES = ("/", "/disputes/", "/disputes/new/", "/disputes/{number}/", "/disputes/{number}/steps/accept/")


@pytest.fixture(scope="module")
def english() -> None:
    compile_catalogues(ROOT / "locale")


class Texts(HTMLParser):
    """Text and attributes that people see or hear, without what they typed themselves."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if value and name != "value"]

    def handle_data(self, data: str) -> None:
        self.found.append(" ".join(data.split()))


def own_chinese(html: str) -> Iterator[str]:
    """Sentences of the catalogue that the page still says in Chinese; names and narratives are data."""
    sentences = {entry.msgid for entry in catalogue() if CHINESE.search(entry.msgid)}
    yield from (text for text in Texts(html).found if text in sentences)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_in_english_says_nothing_of_its_own_in_chinese(path, coordinator, clerk, client_of, monday):
    client: Client = client_of(coordinator)
    number = registered(clerk, monday).number
    client.post("/i18n/setlang/", {"language": "en", "next": "/"})

    answer = client.get(path.format(number=number), follow=True)

    html = answer.content.decode()
    assert answer.status_code == 200
    assert re.search(r'<html[^>]* lang="en"', html)
    assert list(own_chinese(html)) == []


def test_the_county_dashboard_is_in_english_too(county_secretary, client_of):
    client: Client = client_of(county_secretary)
    client.cookies["django_language"] = "en"

    assert list(own_chinese(client.get("/dashboards/county/").content.decode())) == []


def test_pages_are_in_chinese_until_somebody_chooses_otherwise(coordinator, client_of):
    client: Client = client_of(coordinator)

    assert "纠纷台账" in client.get("/disputes/").content.decode()


def test_the_trail_and_the_notices_of_an_english_reader_stay_in_chinese(
    clerk: Appointment, monday, client_of: Callable[[Appointment], Client]
):
    with translation.override("en"):
        dispute = registered(clerk, monday)

    entry = TrailEntry.objects.get(dispute=dispute, step="register")
    assert entry.actor_label.startswith("青石镇综治中心受理员")
    titles = list(Notice.objects.values_list("title", flat=True))
    assert titles
    assert all(CHINESE.search(title) for title in titles)
