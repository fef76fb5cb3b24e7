from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from accounts.models import Appointment
from disputes.models import SavedView

Clients = Callable[[Appointment], Client]
QUERY = "status=open&place=t01&name=secret&cursor=x&nonsense=1"


def test_a_saved_view_is_a_tab_of_its_owner_alone(
    client_of: Clients, clerk: Appointment, coordinator: Appointment
) -> None:
    client = client_of(clerk)
    client.post("/disputes/ledger/views/", {"name": "青石未结", "query": QUERY})
    page = client.get("/disputes/?place=t01&status=open")
    own = page.context["tabs"][-1]
    assert (own.label, own.active) == ("青石未结", True)
    assert "青石未结" not in client_of(coordinator).get("/disputes/").content.decode()


def test_names_cursors_and_unknown_words_are_not_kept(client_of: Clients, clerk: Appointment) -> None:
    client_of(clerk).post("/disputes/ledger/views/", {"name": "青石未结", "query": QUERY})
    assert SavedView.objects.get().query == "place=t01&status=open"


def test_the_same_name_replaces(client_of: Clients, clerk: Appointment) -> None:
    client = client_of(clerk)
    for query in ("overdue=1", "mine=1"):
        client.post("/disputes/ledger/views/", {"name": "我的", "query": query})
    assert list(SavedView.objects.values_list("name", "query")) == [("我的", "mine=1")]


def test_nothing_filtered_is_no_view(client_of: Clients, clerk: Appointment) -> None:
    answer = client_of(clerk).post("/disputes/ledger/views/", {"name": "空", "query": ""}, follow=True)
    assert "请先选择筛选条件，再保存为视图。" in answer.content.decode()
    assert not SavedView.objects.exists()


def test_only_ones_own_view_can_be_deleted(
    client_of: Clients, clerk: Appointment, coordinator: Appointment
) -> None:
    client_of(clerk).post("/disputes/ledger/views/", {"name": "我的", "query": "mine=1"})
    view = SavedView.objects.get()
    assert client_of(coordinator).post(f"/disputes/ledger/views/{view.pk}/delete/").status_code == 404
    assert client_of(clerk).post(f"/disputes/ledger/views/{view.pk}/delete/").status_code == 302
    assert not SavedView.objects.exists()
