"""The guided first start in a client: who gets in, and what is kept."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import User
from core.models import Installation
from first_start.models import FirstStart
from first_start.services import answers
from first_start.services.opening import issue_code
from jurisdictions.models import Organization, Place
from tests.first_start.county import PLACES
from tests.first_start.walking import PASSWORD, STEPS, answer_all, as_shown, let_in, officers, superuser

pytestmark = pytest.mark.usefixtures("empty")


# who gets in


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/disputes/"])
def test_an_empty_county_leads_to_its_first_start(path: str) -> None:
    answer = Client().get(path, follow=True)
    assert answer.request["PATH_INFO"] == "/first-start/"
    assert "还没有县的数据" in answer.content.decode()


@pytest.mark.parametrize("step", STEPS)
def test_without_the_code_no_step_opens(step: str) -> None:
    client = Client()
    for answer in (
        client.get(f"/first-start/{step}/"),
        client.post(f"/first-start/{step}/", {"text": PLACES}),
    ):
        assert (answer.status_code, answer["Location"]) == (302, "/first-start/")
    assert not FirstStart.objects.exclude(answers="").exists()


def test_a_code_opens_once_however_it_is_typed() -> None:
    code = issue_code(now=timezone.now())
    first, second = Client(), Client()
    assert first.post("/first-start/", {"code": code.upper().replace("-", " ")}).status_code == 302
    assert first.get("/first-start/places/").status_code == 200
    answer = second.post("/first-start/", {"code": code})
    assert "已用过或已过期" in answer.content.decode()
    assert second.get("/first-start/places/").status_code == 302


def test_a_new_code_shuts_out_the_browser_before() -> None:
    first = let_in()
    second = let_in()
    assert first.get("/first-start/places/").status_code == 302
    assert second.get("/first-start/places/").status_code == 200


def test_an_old_code_is_none() -> None:
    code = issue_code(now=timezone.now() - timedelta(hours=25))
    assert "已过期" in Client().post("/first-start/", {"code": code}).content.decode()


def test_guessing_is_closed_like_guessing_a_password() -> None:
    code = issue_code(now=timezone.now())
    client = Client()
    for _try in range(5):
        client.post("/first-start/", {"code": "abcd-efgh"})
    answer = client.post("/first-start/", {"code": code})
    assert "次数过多" in answer.content.decode()
    assert FirstStart.objects.get().code_digest  # the right one was not even read


def test_only_digests_are_kept() -> None:
    code = issue_code(now=timezone.now())
    assert code not in str(FirstStart.objects.values_list())
    assert code.replace("-", "") not in str(FirstStart.objects.values_list())


def test_a_superuser_gets_in_past_the_login() -> None:
    assert Client().get("/accounts/login/?next=/first-start/").status_code == 200
    client = superuser()
    answer = client.get("/", follow=True)
    assert answer.request["PATH_INFO"] == "/first-start/places/"
    answer = client.get("/manage/users/", follow=True)
    assert answer.request["PATH_INFO"] == "/first-start/places/"


def test_an_account_without_more_does_not() -> None:
    client = Client()
    client.force_login(User.objects.create(username="nobody", name="某人"))
    assert client.get("/first-start/places/").status_code == 302


def test_a_superuser_of_a_county_is_told_what_to_do_instead_of_refused() -> None:
    client = let_in()
    answer_all(client)
    client.post("/first-start/check/")
    client = superuser()
    for path in ("/", "/manage/users/", "/manage/organizations/", "/disputes/", "/warnings/"):
        answer = client.get(path, follow=True)
        assert answer.status_code == 200, path
        assert "officers appoint administrator first" in answer.content.decode(), path


def test_where_a_county_is_every_door_is_shut() -> None:
    client = let_in()
    answer_all(client)
    client.post("/first-start/check/")
    for path in ("/first-start/", *(f"/first-start/{step}/" for step in STEPS)):
        assert client.get(path)["Location"] == "/"
        assert client.post(path, {"text": PLACES})["Location"] == "/"
    with pytest.raises(Exception, match="已经有县"):
        call_command("first_start_code")


def test_a_demo_county_has_no_first_start() -> None:
    Installation.objects.update(kind=Installation.Kind.DEMO)
    assert Client().get("/accounts/login/").status_code == 200
    assert Client().get("/first-start/")["Location"] == "/"


def test_make_run_finds_the_code_where_it_was_left(settings: Any, tmp_path: Path) -> None:
    settings.FIRST_START_CODE = tmp_path / "code"
    call_command("first_start_code", leave_word=True)
    assert settings.FIRST_START_CODE.stat().st_mode & 0o777 == 0o600
    assert Client().post("/first-start/", {"code": settings.FIRST_START_CODE.read_text()}).status_code == 302


# what is kept


def test_answers_stay_and_nothing_is_in_force_before_the_end() -> None:
    client = let_in()
    answer_all(client)
    assert not Place.objects.exists()
    assert not User.objects.exists()
    again = client.get("/first-start/", follow=True)
    assert again.request["PATH_INFO"] == "/first-start/check/"
    assert "云岭县" in client.get("/first-start/places/").content.decode()
    raw = FirstStart.objects.extra(select={"raw": "answers::text"}).values_list("raw", flat=True)[0]
    assert "陈一" not in raw
    assert PASSWORD not in str(answers.read())


def test_steps_that_are_named_after_the_places_wait_for_them() -> None:
    client = let_in()
    for step in STEPS[1:]:
        assert client.get(f"/first-start/{step}/")["Location"] == "/first-start/places/"


@pytest.mark.parametrize(
    ("step", "sent", "field", "words"),
    [
        ("places", {"text": ""}, "file", "请选择区划代码文件"),
        ("places", {"text": "代码,名称\n369902,云岭县\n36990210,短了\n"}, "text", "第 3 行"),
        (
            "people",
            officers(security_username="chen.admin", security_name="陈一"),
            "security_username",
            "三个人分别担任",
        ),
        ("people", officers(again="x"), "again", "不一样"),
        ("people", officers(password="1234567890", again="1234567890"), "password", ""),
        ("people", officers(auditor_username="王三"), "auditor_username", ""),
        ("calendar", {"text": "日期,类型,名称\n2031-13-01,休,元旦\n"}, "text", "第 2 行"),
    ],
)
def test_an_error_stands_at_its_field(step: str, sent: dict[str, str], field: str, words: str) -> None:
    client = let_in()
    answers.keep(step="places", answer={"text": PLACES})
    answer = client.post(f"/first-start/{step}/", sent)
    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors[field])
    assert step == "places" or step not in answers.read()


def test_a_department_is_changed_removed_and_added_before_it_is_written() -> None:
    client = let_in()
    answers.keep(step="places", answer={"text": PLACES})
    sent = as_shown(client, "/first-start/departments/")
    rows = int(sent["form-TOTAL_FORMS"])
    codes = [sent[f"form-{n}-code"] for n in range(rows)]
    sent[f"form-{codes.index('hrss')}-name"] = "人社局"
    sent[f"form-{codes.index('tax')}-DELETE"] = "on"
    sent |= {
        "form-TOTAL_FORMS": str(rows + 1),
        f"form-{rows}-name": "大数据局",
        f"form-{rows}-code": "data",
        f"form-{rows}-sector": "data",
    }
    answer = client.post("/first-start/departments/", sent)
    assert answer.status_code == 422  # a sector needs its name
    assert "行业" in str(answer.context["formset"].forms[rows].errors)
    sent[f"form-{rows}-sector_name"] = "数据资源"
    assert client.post("/first-start/departments/", sent).status_code == 302
    client.post("/first-start/units/", as_shown(client, "/first-start/units/"))
    client.post("/first-start/people/", officers())
    client.post("/first-start/calendar/", {"text": ""})
    client.post("/first-start/check/")
    assert Organization.objects.get(code="hrss").name == "云岭县人社局"
    assert Organization.objects.get(code="data").sectors.get().name == "数据资源"
    assert not Organization.objects.filter(code="tax").exists()


def test_two_browsers_write_one_county() -> None:
    client = let_in()
    answer_all(client)
    assert client.post("/first-start/check/").status_code == 200
    assert client.post("/first-start/check/")["Location"] == "/"
    assert Place.objects.filter(kind="county").count() == 1
