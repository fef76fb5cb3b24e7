"""From nothing to an assigned dispute: a stranger sets up the county, the people named there work in it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Appointment, User
from disputes.models import Dispute
from jurisdictions.models import Post
from tests.first_start.walking import PASSWORD, answer_all, let_in, superuser

pytestmark = pytest.mark.usefixtures("empty")


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


POSTS = (
    ("zhao.clerk", "t02.centre:clerk"),
    ("qian.director", "t02.centre:coordinator"),
    ("sun.village", "t02.v02:village_secretary"),
)


def take_office(security: Client) -> dict[str, Client]:
    """The security administrator appoints them and prints their first passwords."""
    staff = {}
    for username, code in POSTS:
        user = User.objects.get(username=username)
        sent = {"post": Post.objects.by_code(code).get().pk, "starts_on": timezone.localdate().isoformat()}
        assert security.post(f"/manage/users/{user.pk}/appoint/", sent).status_code == 302
        once = printed(
            security.post(f"/manage/users/{user.pk}/password/", {"way": "print"}).content.decode()
        )[0]
        staff[username] = with_own_password(username, once)
    return staff


def register(clerk: Client) -> Dispute:
    """Through the intake form, as a clerk fills it in."""
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
    return dispute


def test_from_nothing_to_an_assigned_dispute(client: Client) -> None:
    """A stranger sets up the county; those named there receive, accept and assign its first dispute."""
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
    staff = take_office(security)
    assert Appointment.objects.count() == 6

    clerk = staff["zhao.clerk"]
    assert "还没有负责同志任职" in clerk.get("/").content.decode()  # a sentence: a clerk appoints nobody
    dispute = register(clerk)

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
