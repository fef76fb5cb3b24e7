"""The ledger's page draws once what is the same for every reader: what changes is there at once, and nothing of one
reader reaches another."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from accounts.models import Appointment
from core import clock
from core.actor import Actor
from core.clock import shanghai_date
from core.drawn_fields import field_box
from disputes.models import DisputeCategory, SavedView
from disputes.selectors.empty_filter import empty_form
from disputes.services import ledger_columns, saved_views
from jurisdictions.models import Organization, Place
from tests.disputes.conftest import Make
from tests.factories.disputes import take

pytestmark = pytest.mark.django_db
Clients = Callable[[Appointment], Client]
Acting = Callable[[Appointment], Actor]
ROW = re.compile(r"<tr data-href.*?</tr>", re.DOTALL)


def opened(client: Client, query: str = "", language: str = "zh-CN") -> str:
    answer = client.get(f"/disputes/{query}", headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


def choices(page: str, name: str) -> dict[str, str]:
    """What a select offers: by value, in words."""
    (found,) = re.findall(rf'<select name="{name}".*?</select>', page, re.DOTALL)
    offered = re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)</option>', found)
    return {value: html.unescape(words) for value, words in offered}


def rows(page: str) -> str:
    return "".join(ROW.findall(page))


def fields(page: str) -> dict[str, str]:
    """Each field of the filter as it is drawn, by its control's id."""
    page = page.partition('<form class="ledger-filter"')[2].partition("</form>")[0]
    page = re.sub("<details.*?</summary>", "", page, flags=re.DOTALL)  # opens where something in it is wrong
    return {
        found: box
        for box in page.split('<div class="field ')[1:]
        for found in re.findall(r'\bid="(id_[a-z_]+)"', box)[-1:]
    }


def test_a_new_a_renamed_and_an_ended_category_stand_in_the_filter_at_once(
    register: Make, client_of: Clients, clerk: Appointment
) -> None:
    register()
    client = client_of(clerk)
    before = choices(opened(client), "category")
    made = DisputeCategory.objects.create(
        code="new_one", name="新类别", name_en="A new one", group="civil", position=99
    )
    assert choices(opened(client), "category") == before | {"new_one": "新类别"}
    assert "没有“" not in opened(client, "?category=new_one")
    DisputeCategory.objects.filter(pk=made.pk).update(name="改名的<类别>")
    assert choices(opened(client), "category")["new_one"] == "改名的<类别>"
    assert "改名的<类别>" not in opened(client)
    made.delete()
    assert choices(opened(client), "category") == before
    assert "没有“new_one”" in opened(client, "?category=new_one")


def test_units_and_towns_are_those_of_now(
    register: Make, client_of: Clients, clerk: Appointment, organizations: dict[str, Organization]
) -> None:
    register()
    client, centre = client_of(clerk), clerk.post.organization
    units, towns = (choices(opened(client), name) for name in ("lead_unit", "place"))
    Organization.objects.create(code="t01.new", name="新设单位", kind="town_station", place=centre.place)
    Place.objects.filter(pk=centre.place_id).update(name="改名镇")
    page = opened(client)
    assert choices(page, "lead_unit") == units | {"t01.new": "新设单位"}
    assert choices(page, "place") == towns | {centre.place.code: "改名镇"}


def test_a_row_names_its_category_unit_and_person_as_they_are_called_now(
    in_hand: Make, client_of: Clients, clerk: Appointment
) -> None:
    dispute = in_hand()
    client, unit, person = client_of(clerk), dispute.lead_unit, dispute.responsible_person
    assert person.user.name in rows(opened(client))
    type(person.user).objects.filter(pk=person.user_id).update(name="<新名>")
    Organization.objects.filter(pk=unit.pk).update(short_name="新<单位>")
    DisputeCategory.objects.filter(pk=dispute.category_id).update(name="新<类别>")
    said = rows(opened(client))
    for word in ("&lt;新名&gt;", "新&lt;单位&gt;", "新&lt;类别&gt;"):
        assert word in said
    assert person.user.name not in said


def test_each_reader_reads_in_their_own_language(
    register: Make, client_of: Clients, clerk: Appointment
) -> None:
    register()
    client, words = client_of(clerk), ("更多条件", "待我办理", "主导航", "跳到正文", "显示的列")
    for language, is_chinese in (("zh-CN", True), ("en", False), ("zh-CN", True), ("en", False)):
        page = opened(client, language=language)
        assert {word in page for word in words} == {is_chinese}, language
    names = DisputeCategory.objects.values_list("code", "name", "name_en")
    chinese, english = (choices(opened(client, language=one), "category") for one in ("zh-CN", "en"))
    assert all((chinese[code], english[code]) == (name, name_en) for code, name, name_en in names)


def test_what_one_reader_filled_in_stands_on_no_other_page(
    register: Make, client_of: Clients, clerk: Appointment, coordinator: Appointment
) -> None:
    register()
    mine, other = client_of(clerk), client_of(coordinator)
    before = fields(opened(other))
    assert len(before) > 25
    query = "?q=<b>水沟</b>&place=t01&category=neighbour&status=open&danger=1&registered_from=2020-13-01"
    filled = fields(opened(mine, query))
    assert fields(opened(other)) == fields(opened(mine)) == before
    changed = {name for name in before if filled[name] != before[name]}
    assert changed == {f"id_{name}" for name in re.findall(r"[?&](\w+)=", query)}
    assert 'value="&lt;b&gt;水沟&lt;/b&gt;"' in filled["id_q"]


def test_an_empty_field_is_drawn_as_the_form_draws_it(
    register: Make, client_of: Clients, clerk: Appointment
) -> None:
    """The whole form with nothing filled in is what the page showed before it was drawn once."""
    register()
    page = opened(client_of(clerk))
    whole = [field_box(field) for field in empty_form(shanghai_date(clock.now())) if field.name != "name"]
    assert len(whole) > 25
    assert [box for box in whole if str(box) not in page] == []


def test_views_columns_and_rights_are_this_persons_and_of_now(
    register: Make,
    client_of: Clients,
    clerk: Appointment,
    coordinator: Appointment,
    actor: Acting,
) -> None:
    register()
    mine, other = client_of(clerk), client_of(coordinator)
    before, others = opened(mine), opened(other)
    saved_views.save(name="我的<视图>", query="status=open", by=actor(clerk))
    ledger_columns.choose(names=["people", "status"], by=actor(clerk))
    page = opened(mine)
    assert "我的&lt;视图&gt;" in page
    assert "涉及人数" in page
    assert (rows(opened(other)), "我的" in opened(other)) == (rows(others), "我的" in others)
    SavedView.objects.all().delete()
    ledger_columns.reset(by=actor(clerk))
    assert rows(opened(mine)) == rows(before)
    assert "我的&lt;视图&gt;" not in opened(mine)


def test_who_loses_a_post_loses_its_buttons_at_once(
    register: Make, client_of: Clients, clerk: Appointment, handler: Appointment
) -> None:
    register()
    client = client_of(clerk)
    door = 'href="/disputes/new/"'
    assert door in opened(client)
    Appointment.objects.filter(pk=clerk.pk).update(post=handler.post)
    assert door not in opened(client)


def test_a_step_is_in_the_row_at_once(
    register: Make, client_of: Clients, clerk: Appointment, coordinator: Appointment, now: datetime
) -> None:
    dispute = register()
    client = client_of(clerk)
    assert "待受理" in rows(opened(client))
    take("accept", dispute, coordinator, now)
    assert "待分流" in rows(opened(client))
