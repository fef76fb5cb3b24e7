"""While the demo county is loaded, pages say how far it is; a real county never hears of it."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.conf import settings
from django.test import Client, override_settings

from accounts.models import User
from core.clock import SHANGHAI
from demo import progress
from demo.build import structure
from demo.progress import Progress

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
STRIP = "demo-strip"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_word_left() -> Iterator[None]:
    progress.clear()
    yield
    progress.clear()


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_login_page_says_how_far_it_is(client: Client) -> None:
    progress.write(Progress(23, 62))
    assert "正在装入演示县：已装入 23 / 62 件" in page(client, "/accounts/login/")


def test_the_pages_of_who_signed_in_say_it_too_and_it_goes_by_itself(client: Client) -> None:
    structure.build(NOW)
    client.force_login(User.objects.get(username="t01.clerk"))
    progress.write(Progress(23, 62))
    assert "正在装入演示县：已装入 23 / 62 件" in page(client, "/")
    assert 'hx-get="/demo/loading/"' in page(client, "/")
    progress.write(Progress(24, 62))
    assert "已装入 24 / 62 件" in page(client, "/demo/loading/")
    progress.clear()
    assert page(client, "/demo/loading/").strip() == ""
    assert STRIP not in page(client, "/")


def test_before_anything_is_counted_it_says_that_it_is_being_loaded(client: Client) -> None:
    progress.write(Progress())
    assert "正在装入演示县" in page(client, "/demo/loading/")
    assert "0 / 0" not in page(client, "/demo/loading/")


def test_a_failed_load_is_told_and_not_asked_about_again(client: Client) -> None:
    progress.write(Progress(23, 62))
    progress.fail()
    said = page(client, "/demo/loading/")
    assert "演示县没有装完：已装入 23 / 62 件" in said
    assert "hx-get" not in said


def test_in_english(client: Client) -> None:
    progress.write(Progress(23, 62))
    said = client.get("/demo/loading/", headers={"Accept-Language": "en"}).content.decode()
    assert "Loading the demo county: 23 of 62 disputes" in said


@override_settings(DEMO_ALLOWED=False)
def test_a_real_county_shows_no_strip_whatever_lies_in_its_folder(client: Client) -> None:
    progress.write(Progress(23, 62))
    assert STRIP not in page(client, "/accounts/login/")


def test_an_unreadable_file_is_no_progress(client: Client) -> None:
    settings.DEMO_PROGRESS.write_text("{")
    assert STRIP not in page(client, "/accounts/login/")


def test_a_load_that_failed_before_counting_names_no_numbers(client: Client) -> None:
    progress.fail()
    assert "演示县没有装完。" in page(client, "/demo/loading/")
