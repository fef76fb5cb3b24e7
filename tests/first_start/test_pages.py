"""The guided first start in a client: who gets in, what is kept, and from nothing to an assigned dispute."""

from __future__ import annotations

import re
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import Appointment, User
from core.models import Installation
from disputes.models import Dispute
from first_start.models import FirstStart
from first_start.services import answers
from first_start.services.opening import issue_code
from jurisdictions.models import Organization, Place, Post
from tests.first_start.county import PLACES

pytestmark = pytest.mark.usefixtures("empty")
PASSWORD = "mountain-tea-and-rain-9"
STEPS = ("places", "units", "departments", "people", "calendar", "check")


def let_in() -> Client:
    client = Client()
    answer = client.post("/first-start/", {"code": issue_code(now=timezone.now())})
    assert answer.status_code == 302, answer.content.decode()
    return client


def as_shown(client: Client, path: str) -> dict[str, Any]:
    """What a browser would send of the page's form as it stands."""
    context = client.get(path).context
    sent: dict[str, Any] = {}
    for form in [context["form"], *[row for formset in context.get("formsets", []) for row in formset]]:
        for field in form:
            value = field.value()
            if value not in (None, False, "") and field.name != "file":
                sent[field.html_name] = value
    for formset in context.get("formsets", []):
        for field in formset.management_form:
            sent[field.html_name] = field.value()
    return sent


def officers(**changes: str) -> dict[str, str]:
    said = {
        "administrator_username": "chen.admin",
        "administrator_name": "陈一",
        "security_username": "li.security",
        "security_name": "李二",
        "auditor_username": "wang.audit",
        "auditor_name": "王三",
        "password": PASSWORD,
        "again": PASSWORD,
        "others-TOTAL_FORMS": "0",
        "others-INITIAL_FORMS": "0",
    }
    return said | changes


def answer_all(client: Client, **people: str) -> None:
    for step, sent in (
        ("places", {"text": PLACES}),
        ("units", None),
        ("departments", None),
        ("people", officers(**people)),
        ("calendar", {"text": ""}),
    ):
        path = f"/first-start/{step}/"
        answer = client.post(path, as_shown(client, path) if sent is None else sent)
        assert answer.status_code == 302, (step, answer.context["form"].errors)


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


def superuser() -> Client:
    call_command(
        "createsuperuser",
        interactive=False,
        username="first",
        name="张一",
        email="a@b.example",
        stdout=StringIO(),
    )
    client = Client()
    client.force_login(User.objects.get(username="first"))
    return client


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
    raw = FirstStart.objects.extra(select={"raw": "answers::text"}).values_list("raw", flat=True)[0]  # noqa: S610
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


# the whole way


def signed_in(username: str, password: str) -> Client:
    client = Client()
    answer = client.post("/accounts/login/", {"login": username, "password": password})
    assert answer.status_code == 302, answer.content.decode()
    return client


def with_own_password(username: str, once: str) -> Client:
    """Signs in with the one-time password and changes it, as everybody must."""
    client = signed_in(username, once)
    assert client.get("/")["Location"] == "/accounts/password/change/"
    own = f"{username}-walks-to-the-market-7"
    sent = {"oldpassword": once, "password1": own, "password2": own}
    assert client.post("/accounts/password/change/", sent).status_code == 302
    return client


def printed(page: str) -> list[str]:
    return re.findall(r'<code class="secret"[^>]*>([^<]+)</code>', page)


def test_from_nothing_to_an_assigned_dispute(client: Client) -> None:
    """A stranger sets up the county; the people he names receive, accept and assign its first dispute."""
    setting_up = let_in()
    answer_all(setting_up)
    page = setting_up.post("/first-start/check/").content.decode()
    security_password = dict(zip(("wang.audit", "li.security"), printed(page), strict=True))["li.security"]

    admin = signed_in("chen.admin", PASSWORD)
    home = admin.get("/").content.decode()
    assert "还没有受理员" in home
    assert "/manage/users/new/" in home
    for username, name in (("zhao.clerk", "赵四"), ("qian.director", "钱五"), ("sun.village", "孙六")):
        sent = {"username": username, "name": name, "phone": "", "email": ""}
        assert admin.post("/manage/users/new/", sent).status_code == 302
    town = {"code": "369902300", "name": "新镇", "alias": "t09", "valid_from": "2026-01-01"}
    assert admin.post("/manage/places/new/", town).status_code == 302

    security = with_own_password("li.security", security_password)
    assert "/manage/posts/vacant/" in security.get("/").content.decode()
    staff = {}
    posts = (
        ("zhao.clerk", "t02.centre:clerk"),
        ("qian.director", "t02.centre:coordinator"),
        ("sun.village", "t02.v02:village_secretary"),
    )
    for username, code in posts:
        user = User.objects.get(username=username)
        sent = {"post": Post.objects.by_code(code).get().pk, "starts_on": timezone.localdate().isoformat()}
        assert security.post(f"/manage/users/{user.pk}/appoint/", sent).status_code == 302
        once = printed(
            security.post(f"/manage/users/{user.pk}/password/", {"way": "print"}).content.decode()
        )[0]
        staff[username] = with_own_password(username, once)
    assert Appointment.objects.count() == 6

    clerk = staff["zhao.clerk"]
    assert "还没有负责同志任职" in clerk.get("/").content.decode()  # a sentence: a clerk appoints nobody
    draft = clerk.get("/disputes/new/", follow=True)
    path = f"{draft.request['PATH_INFO']}?{draft.request['QUERY_STRING']}"
    shown = draft.content.decode()
    assert "登记" in shown
    sent = {
        "title": "上湾村两户争水",
        "narrative": "两户村民为水渠的用水时间争执，请求调解。",
        "place": "369902100201",
        "category": "water",
        "source": "walk_in",
        "parties-TOTAL_FORMS": "1",
        "parties-INITIAL_FORMS": "0",
        "parties-0-role": "applicant",
        "parties-0-kind": "natural",
        "parties-0-name": "周七",
        "accused-TOTAL_FORMS": "0",
        "accused-INITIAL_FORMS": "0",
    }
    answer = clerk.post(path, hidden_of(shown) | sent)
    assert answer.status_code == 302, re.sub(r"<[^>]+>|\s+", " ", answer.content.decode())[:3000]
    dispute = Dispute.objects.get()
    assert dispute.number.startswith("t02-")

    director = staff["qian.director"]
    assert take(director, dispute, "accept", {}).status_code == 302
    assert take(director, dispute, "assign", {"lead_unit": "t02.v02"}).status_code == 302
    dispute.refresh_from_db()
    assert (dispute.status, dispute.lead_unit.code) == ("assigned", "t02.v02")
    assert dispute.responsible_person.user.username == "sun.village"


def hidden_of(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))


def take(client: Client, dispute: Dispute, step: str, sent: dict[str, str]) -> Any:
    path = f"/disputes/{dispute.number}/steps/{step}/"
    context = client.get(path).context
    shown = {f.html_name: f.value() for f in context["form"] if f.value() not in (None, "", [])}
    return client.post(path, shown | sent)


def test_a_superuser_may_be_the_first_administrator_and_keeps_the_chosen_password() -> None:
    client = superuser()
    answer_all(client, administrator_username="first", administrator_name="张一")
    assert client.post("/first-start/check/").status_code == 200
    answer = signed_in("first", PASSWORD).get("/manage/users/")
    assert answer.status_code == 200
