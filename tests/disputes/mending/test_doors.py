"""The same correction through the form and the API; afterwards every door shows the new value, the trail the old."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from accounts.models import Appointment
from core import clock
from core.actor import Actor
from disputes.models import Dispute, Party
from disputes.rules import corrections
from disputes.selectors import ledger_export
from disputes.selectors.ledger import SORTS
from tests.disputes.conftest import Make
from tests.factories import disputes
from tests.factories.disputes import QUARREL

pytestmark = pytest.mark.django_db
Clients = Callable[[Appointment], Client]
# field → what the form sends, what page, API and export show of it, what the timeline says it was
NEW: dict[str, tuple[str, Any, dict[str, str], str]] = {
    "title": (
        "title",
        "晒场归属引起的争执",
        dict.fromkeys(("page", "api", "export"), "晒场归属引起的争执"),
        QUARREL.title,
    ),
    "narrative": (
        "narrative",
        "两家为晒场归属争吵，要求村里丈量。",
        dict.fromkeys(("page", "api", "export"), "要求村里丈量"),
        "雨后积水漫进院子",
    ),
    "category": ("category", "wage_arrears", {"page": "拖欠农民工工资", "api": "wage_arrears"}, "邻里"),
    "place": ("place", "t01.v02", {"page": "青石镇石桥村", "api": "青石镇石桥村"}, "青石镇上湾村"),
    "people_count": ("people_count", "43", {"page": "43 人", "api": "43"}, "2 人"),
    "occurred_on": ("occurred_on", "2026-02-19", {"page": "2026-02-19", "api": "2026-02-19"}, "（无）"),
    "amount": ("amount", "123456.78", {"page": "123,456.78", "api": "123456.78"}, "（无）"),
    "jurisdiction": ("sectors", ["labour"], {"page": "劳动和社会保障", "api": "labour"}, "（无）"),
    "origin": (
        "origin_sender",
        "县信访局",
        dict.fromkeys(("page", "api", "export"), "县信访局"),
        "来件单位：（无） → 县信访局",
    ),
}


def test_every_field_is_tried() -> None:
    assert tuple(NEW) == corrections.FIELDS


@pytest.fixture
def recent(clerk: Appointment, reference_data: None) -> Dispute:
    """Registered a minute ago, for doors that ask the clock themselves."""
    return disputes.registered(clerk, clock.now())


def unchanged(browser: Client, dispute: Dispute) -> dict[str, Any]:
    """What the form holds before anybody types."""
    form = browser.get(f"/disputes/{dispute.number}/steps/correct/").context["form"]
    return {name: value for name in form.fields if (value := form[name].value()) is not None}


def told(by: Appointment, dispute: Dispute, browser: Client, machine: Client, actor: Any) -> dict[str, str]:
    rows = ledger_export.batches(
        Dispute.objects.visible_to(actor(by)), sort=SORTS["registered"], by=actor(by)
    )
    return {
        "page": browser.get(f"/disputes/{dispute.number}/").content.decode(),
        "api": str(machine.get(f"/api/v1/disputes/{dispute.number}/").json()),
        "export": str(next(rows)),
    }


@pytest.mark.parametrize("field", NEW)
def test_by_form_every_door_shows_the_new_and_the_trail_the_old(
    recent: Dispute, clerk: Appointment, client_of: Clients, api_client_of: Clients, actor: Any, field: str
) -> None:
    browser, (name, value, shown, was) = client_of(clerk), NEW[field]
    typed = unchanged(browser, recent) | {name: value, "reason": "登记时听错了"}
    answer = browser.post(f"/disputes/{recent.number}/steps/correct/", typed, follow=True)
    assert answer.redirect_chain, answer.context["form"].errors
    found = told(clerk, recent, browser, api_client_of(clerk), actor)
    assert [door for door, words in shown.items() if words not in found[door]] == []
    timeline = found["page"].split("流转记录", 1)[1]
    assert was in timeline
    assert "登记时听错了" in timeline
    payload = json.loads(recent.trail.get(step="correct").payload)["data"]
    expected = {"amount": "amount_fen", "jurisdiction": "sectors", "origin": "origin_sender"}.get(
        field, field
    )
    assert corrections.names_changed(payload) - {"place_name"} == {expected}


def test_a_form_with_faults_says_them_at_their_fields_and_keeps_what_was_typed(
    recent: Dispute, clerk: Appointment, client_of: Clients
) -> None:
    browser = client_of(clerk)
    typed = unchanged(browser, recent) | {
        "title": "新题",
        "people_count": "1",
        "place": "t02.v01",
        "reason": "x",
    }
    typed |= {"unit": "窑场", "other_towns": ["369901102"]}
    answer = browser.post(f"/disputes/{recent.number}/steps/correct/", typed)
    form = answer.context["form"]
    assert answer.status_code == 422
    assert set(form.errors) == {"people_count", "place", "unit_relation"}
    assert form["title"].value() == "新题"
    nothing = browser.post(
        f"/disputes/{recent.number}/steps/correct/", unchanged(browser, recent) | {"reason": "x"}
    )
    assert "没有改动任何内容" in nothing.content.decode()


def test_the_buttons_are_there_for_who_may(
    recent: Dispute, clerk: Appointment, coordinator: Appointment, deputy: Appointment, client_of: Clients
) -> None:
    address = f"/disputes/{recent.number}/"
    for by, there in ((clerk, True), (coordinator, True), (deputy, False)):
        page = client_of(by).get(address).content.decode()
        assert (f"{address}steps/correct/" in page) is there
        assert (f"{address}steps/correct_party/?party=" in page) is there


def test_a_party_by_form(recent: Dispute, clerk: Appointment, client_of: Clients) -> None:
    browser, address = client_of(clerk), f"/disputes/{recent.number}/steps/"
    party = recent.parties.get(role="applicant")
    page = browser.get(f"{address}correct_party/?party={party.pk}")
    assert "138****0001" in page.content.decode()
    assert "张建国" not in page.content.decode()
    typed = {"version": page.context["form"]["version"].value(), "party": party.pk, "phone": "13922223333"}
    done = browser.post(f"{address}correct_party/", typed | {"reason": "当事人要求更正"}, follow=True)
    assert done.redirect_chain, done.context["form"].errors
    party.refresh_from_db()
    assert (party.phone, party.name, party.kind) == ("13922223333", "张建国", "natural")
    more = {"role": "respondent", "kind": "group", "name": "窑工", "head_count": "", "version": 3}
    wrong = browser.post(f"{address}add_party/", more)
    assert set(wrong.context["form"].errors) == {"head_count"} or "version" in str(wrong.content)
    fresh = browser.get(f"{address}add_party/").context["form"]["version"].value()
    wrong = browser.post(f"{address}add_party/", more | {"version": fresh})
    assert set(wrong.context["form"].errors) == {"head_count"}
    browser.post(f"{address}add_party/", more | {"version": fresh, "head_count": "37"})
    assert Party.objects.filter(dispute=recent, kind="group", head_count=37).exists()


def test_twins_are_offered_after_a_party_is_put_right(
    register: Make, recent: Dispute, clerk: Appointment, client_of: Clients
) -> None:
    other = disputes.registered(clerk, clock.now(), narrative="赵家的果园被淹。", title="果园被淹")
    browser, address = client_of(clerk), f"/disputes/{other.number}/steps/add_party/"
    form = browser.get(address).context["form"]
    typed = {"role": "third_party", "kind": "natural", "name": "不同名", "phone": "13800000001"}
    page = browser.post(address, typed | {"version": form["version"].value()}, follow=True).content.decode()
    assert recent.display_number in page
    assert "可能与" in page


# --- the API, as one story


def post(machine: Client, number: str, step: str, body: dict[str, Any]) -> Any:
    return machine.post(f"/api/v1/disputes/{number}/steps/{step}/", body, content_type="application/json")


def test_a_story_of_the_api(clerk: Appointment, api_client_of: Clients, reference_data: None) -> None:
    machine = api_client_of(clerk)
    body = {
        "title": "工钱",
        "narrative": "老板欠下两个月工钱。",
        "category": "other",
        "source": "walk_in",
        "place": "t01.v01",
        "parties": [{"role": "applicant", "kind": "natural", "name": "王大有", "phone": "13811112222"}],
    }
    number = machine.post("/api/v1/disputes/", body, content_type="application/json").json()["number"]
    shown = machine.get(f"/api/v1/disputes/{number}/").json()
    assert {"correct", "add_party", "correct_party"} <= set(shown["steps"])
    (party,) = shown["parties"]
    assert isinstance(party["id"], int)

    fields = {"category": "wage_arrears", "amount": "3200.50", "jurisdiction": {"sectors": ["labour"]}}
    done = post(machine, number, "correct", {"fields": fields, "reason": "选错了类别"}).json()
    assert (done["category"], done["amount"], done["jurisdiction"]["sectors"]) == (
        "wage_arrears",
        "3200.50",
        ["labour"],
    )
    assert done["responsibility"]["rule"] == "one_sector"

    boss = {"role": "respondent", "kind": "natural", "name": "刘老板", "phone": "13933334444"}
    added = post(machine, number, "add_party", {"party": boss}).json()
    assert [one["name"] for one in added["parties"]] == ["王**", "刘**"]
    assert added["people_count"] == 2

    change = {"party": party["id"], "fields": {"phone": "13811113333"}, "reason": "当事人要求更正"}
    assert post(machine, number, "correct_party", change).json()["parties"][0]["phone"] == "138****3333"

    entries = machine.get(f"/api/v1/disputes/{number}/ledger/").json()["results"]
    corrected = next(entry for entry in entries if entry["step"] == "correct")
    assert corrected["data"]["changed"]["category"] == ["other", "wage_arrears"]
    assert corrected["texts"] == {"reason": "选错了类别"}


BAD: list[tuple[str, dict[str, Any], str]] = [
    ("correct", {"fields": {"title": "x" * 101}, "reason": "r"}, "fields.title"),
    ("correct", {"fields": {"colour": "red"}, "reason": "r"}, "fields.colour"),
    ("correct", {"fields": {"place": "t02.v01"}, "reason": "r"}, "fields.place"),
    ("correct", {"fields": {"jurisdiction": {"towns": ["t09"]}}, "reason": "r"}, "fields.jurisdiction.towns"),
    ("correct", {"fields": {"people_count": 9}}, "reason"),
    ("correct", {"reason": "r"}, "fields"),
    ("correct", {"fields": "title", "reason": "r"}, "fields"),
    ("add_party", {"party": {"role": "applicant", "kind": "natural"}}, "party.name"),
    ("add_party", {"party": {"role": "x", "kind": "natural", "name": "y"}}, "party.role"),
    ("add_party", {}, "party"),
    ("correct_party", {"party": 10**9, "fields": {"name": "甲"}, "reason": "r"}, "party"),
    ("correct_party", {"party": 10**30, "fields": {"name": "甲"}, "reason": "r"}, "party"),
    ("correct_party", {"party": "甲", "fields": {"name": "甲"}, "reason": "r"}, "party"),
]


@pytest.mark.parametrize(("step", "body", "at"), BAD)
def test_bad_bodies_are_refused_at_their_place(
    recent: Dispute, clerk: Appointment, api_client_of: Clients, step: str, body: dict[str, Any], at: str
) -> None:
    answer = post(api_client_of(clerk), recent.number, step, body)
    assert answer.status_code == 400
    assert at in str(answer.json()), answer.json()
    assert recent.trail.filter(step=step).count() == 0


def test_the_day_of_an_event_is_judged_like_at_intake(
    register: Make, coordinator: Appointment, now: datetime, actor: Callable[[Appointment], Actor]
) -> None:
    dispute = register()
    disputes.take("correct", dispute, coordinator, now, fields={"occurred_on": date(2026, 3, 2)}, reason="r")
    dispute.refresh_from_db()
    assert dispute.occurred_on == date(2026, 3, 2)
