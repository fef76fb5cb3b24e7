"""人身危险: who is told, who sees whom somebody told and when, and who never does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import Appointment
from core import clock
from core.errors import InvalidInput
from disputes.disclosure import Disclosure
from disputes.models import Dispute
from disputes.rules.intake import PartyFacts
from disputes.selectors import trail
from disputes.services import danger
from notifications.models import Notice
from tests.factories.accounts import actor
from tests.factories.disputes import QUARREL

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("police_head")]
Clients = Callable[[Appointment], Client]
TOLD = "派出所王警官、值班领导刘镇长"
WITH_PETROL = "对方扬言要点燃汽油同归于尽，家属很害怕。"


@pytest.fixture
def dangerous(register: Any, now: datetime) -> Callable[..., Dispute]:
    def make(**facts: Any) -> Dispute:
        found: Dispute = register(
            danger=True, danger_told=TOLD, danger_told_at=now - timedelta(minutes=9), **facts
        )
        return found

    return make


def told_of(dispute: Dispute) -> set[str]:
    notices = Notice.objects.filter(kind="danger", url=f"/disputes/{dispute.number}/")
    return set(notices.values_list("recipient__username", flat=True))


def sees(who: Appointment, dispute: Dispute) -> bool:
    return Dispute.objects.visible_to(actor(who)).filter(pk=dispute.pk).exists()


@pytest.mark.parametrize("restricted", [False, True])
def test_duty_deputy_secretary_head_and_police_are_told_and_may_open_it(
    dangerous: Any, people: dict[str, Appointment], police_head: Appointment, restricted: bool
) -> None:
    dispute = dangerous(restricted=restricted)
    expected = {"t01.duty", "t01.deputy", "t01.secretary", "t01.mayor", "t01.police"}
    assert told_of(dispute) == expected
    seated = people | {"t01.police": police_head}
    assert [name for name in expected if not sees(seated[name], dispute)] == []
    assert Notice.objects.filter(kind="danger", urgent=True).count() == len(expected)


def test_the_notice_says_whom_the_clerk_told_and_when(dangerous: Any, duty: Appointment) -> None:
    dispute = dangerous()
    notice = Notice.objects.get(kind="danger", recipient=duty.user)
    assert notice.body == f"{dispute.title}\n已报告：{TOLD}（2026-03-02 08:51）"


def test_of_a_restricted_matter_it_says_only_when(dangerous: Any, duty: Appointment) -> None:
    dangerous(restricted=True)
    assert Notice.objects.get(kind="danger", recipient=duty.user).body == "登记人已于 2026-03-02 08:51 报告"


def test_nobody_it_is_about_is_told_or_let_in(dangerous: Any, people: dict[str, Appointment]) -> None:
    dispute = dangerous(accused_units=("t01.gov",))
    told = told_of(dispute)
    assert told
    assert not {"t01.mayor", "t01.deputy"} & told
    assert not sees(people["t01.mayor"], dispute)


def test_nor_whoever_is_complained_about_himself(dangerous: Any, people: dict[str, Appointment]) -> None:
    dispute = dangerous(accused_people=("t01.police",))
    assert "t01.police" not in told_of(dispute)
    assert not sees(people["t01.police"], dispute)


def test_page_timeline_and_api_tell_it_to_who_works_on_it(
    dangerous: Any, coordinator: Appointment, client_of: Clients, api_client_of: Clients
) -> None:
    dispute = dangerous()
    page = client_of(coordinator).get(f"/disputes/{dispute.number}/").content.decode()
    assert page.count(f"{TOLD}（2026-03-02 08:51）") == 3  # alert, facts, timeline
    entries = api_client_of(coordinator).get(f"/api/v1/disputes/{dispute.number}/ledger/").json()["results"]
    assert entries[0]["texts"]["danger_told"] == TOLD
    assert entries[0]["data"]["danger_told_at"] == "2026-03-02T08:51:00+08:00"


def test_a_unit_that_is_a_party_reads_of_it_nowhere(
    dangerous: Any, enterprise_handler: Appointment, client_of: Clients, api_client_of: Clients
) -> None:
    unit = PartyFacts("respondent", "legal", "青岚陶瓷厂", organization="unit01")
    dispute = dangerous(parties=(QUARREL.parties[0], unit))
    Dispute.objects.filter(pk=dispute.pk).update(
        access_keys=[*dispute.access_keys, *actor(enterprise_handler).scope.keys]
    )
    page = client_of(enterprise_handler).get(f"/disputes/{dispute.number}/")
    assert page.status_code == 200
    assert "王警官" not in page.content.decode()
    for path in ("", "ledger/"):
        answer = api_client_of(enterprise_handler).get(f"/api/v1/disputes/{dispute.number}/{path}")
        assert answer.status_code == 200
        assert "王警官" not in answer.content.decode()
        assert "danger_told_at" not in answer.content.decode()


def test_the_duty_posts_home_begins_with_danger(
    dangerous: Any, duty: Appointment, client_of: Clients, clerk: Appointment, outsider: Appointment
) -> None:
    dispute = dangerous()
    page = client_of(duty).get("/").content.decode()
    assert page.index(dispute.title) < page.index("等我打的电话")
    assert page.index("有人身危险 (1)") < page.index("等我打的电话")
    assert f"已报告：{TOLD}" in page
    theirs = client_of(clerk).get("/").content.decode()
    assert theirs.index("有人身危险 (1)") < theirs.index(
        "等我办理 ("
    )  # every home that sees it begins with it
    assert "有人身危险 (" not in client_of(outsider).get("/").content.decode()


def test_an_empty_desk_of_the_duty_post_says_so(duty: Appointment, client_of: Clients, now: datetime) -> None:
    assert "没有标明人身危险的未结纠纷" in client_of(duty).get("/").content.decode()


def test_danger_found_later_is_taken_down_with_whom_was_told(
    register: Any, coordinator: Appointment, duty: Appointment, client_of: Clients, now: datetime
) -> None:
    dispute = register(narrative=WITH_PETROL)
    address, page = f"/warnings/danger/{dispute.number}/", f"/disputes/{dispute.number}/"
    client = client_of(coordinator)
    late = {"told": TOLD, "told_at": f"{clock.now() + timedelta(days=2):%Y-%m-%dT%H:%M}"}
    assert "报告时间不能晚于现在" in client.post(address, late).content.decode()
    assert client.post(address, {"told": TOLD, "told_at": "2026-03-02T08:40"}).status_code == 302
    dispute.refresh_from_db()
    assert (dispute.danger_told, dispute.danger_told_at) == (
        TOLD,
        datetime.fromisoformat("2026-03-02T08:40+08:00"),
    )
    assert f"{TOLD}（2026-03-02 08:40）" in client.get(page).content.decode()
    assert TOLD in Notice.objects.get(kind="danger", recipient=duty.user).body


def test_what_nobody_wrote_down_is_asked_until_somebody_does(
    register: Any, coordinator: Appointment, client_of: Clients, now: datetime
) -> None:
    dispute = register()
    Dispute.objects.filter(pk=dispute.pk).update(danger=True)  # as rows of earlier days are
    address, page = f"/warnings/danger/{dispute.number}/", f"/disputes/{dispute.number}/"
    client = client_of(coordinator)
    assert "还没有写明报告了谁" in client.get(page).content.decode()
    assert address in client.get(page).content.decode()
    assert client.get(address).status_code == 200
    assert client.post(address, {"told": ""}).status_code == 422
    assert client.post(address, {"told": "110"}).status_code == 302
    shown = client.get(page).content.decode()
    assert "已报告：110" in shown
    assert address not in shown
    dispute.refresh_from_db()
    steps = [row.step for row in dispute.trail.order_by("seq")]
    assert steps.count("danger_reported") == 1


def test_a_time_before_anybody_lived_is_refused_at_its_field(
    register: Any, coordinator: Appointment, now: datetime
) -> None:
    early = datetime.fromisoformat("0026-03-02T08:00+08:00")
    with pytest.raises(InvalidInput) as refused:
        danger.mark(dispute_id=register().pk, told="110", told_at=early, by=actor(coordinator), now=now)
    assert set(refused.value.errors) == {"told_at"}


def test_the_first_entry_keeps_it_and_the_chain_holds(dangerous: Any) -> None:
    dispute = dangerous()
    assert next(row.step for row in dispute.trail.order_by("seq")) == "register"
    assert trail.data_of(dispute.trail.order_by("seq")[0], Disclosure())["danger_told_at"]


def test_a_leader_whose_government_is_a_party_is_called_but_does_not_read_who_was_told(
    dangerous: Any, people: dict[str, Appointment]
) -> None:
    town = PartyFacts("respondent", "legal", "青石镇政府", organization="t01.gov")
    dispute = dangerous(parties=(QUARREL.parties[0], town))
    assert Notice.objects.get(kind="danger", recipient=people["t01.mayor"].user).body == dispute.title
    assert TOLD in Notice.objects.get(kind="danger", recipient=people["t01.duty"].user).body
