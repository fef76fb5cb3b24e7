"""Another leader than the rule's, named with a reason while the dispute is registered: one form, one transaction."""

from __future__ import annotations

from uuid import uuid4

import pytest

from disputes.models import Dispute, TrailEntry
from notifications.models import Notice
from tests.disputes.intake.conftest import filled
from tests.responsibility.conftest import current, leader, leave

pytestmark = pytest.mark.usefixtures("reference_data", "deputy", "mayor")
LEADER, REASON = "responsibility-leader", "responsibility-reason"
WHY = "分管负责人是当事人的亲属。"


@pytest.fixture
def send(clerk, client_of):
    """Posts the intake form as the clerk of t01, unless somebody else is named."""

    def post(by=clerk, **fields):
        typed = {name.replace("__", "-"): value for name, value in fields.items()}
        return client_of(by).post(f"/disputes/new/?draft={uuid4()}", filled(**typed))

    return post


def named(post, why=WHY):
    return {"responsibility__leader": post, "responsibility__reason": why}


def text(answer) -> str:
    return answer.content.decode()


def test_who_registers_at_the_centre_may_name_another_leader_with_the_reason(send, mayor):
    assert send(**named(mayor.post.code)).status_code == 302
    dispute = Dispute.objects.get()
    row = current(dispute)
    assert (leader(dispute), row.overridden, row.rule, row.reason) == (
        mayor.post.code,
        True,
        "within_town",
        WHY,
    )
    assert row.decided_by.user.username == "t01.clerk"
    entry = TrailEntry.objects.get(
        dispute=dispute, step="leader_named"
    )  # one entry: the rule's was never named
    assert entry.user_id == row.decided_by.user_id
    assert [one.text for one in entry.texts.filter(name="reason")] == [WHY]


def test_the_leader_named_is_told_and_the_rules_leader_is_not(send, mayor):
    send(**named(mayor.post.code))
    told = Notice.objects.filter(kind="leader.named").values_list("recipient__username", flat=True)
    assert list(told) == ["t01.mayor"]


def test_a_title_or_a_name_does_as_well_as_a_code(send, mayor):
    assert send(**named(str(mayor.post))).status_code == 302
    assert send(**named(mayor.user.name)).status_code == 302
    assert {leader(dispute) for dispute in Dispute.objects.all()} == {mayor.post.code}


def test_left_empty_the_rule_decides(send, deputy):
    assert send(**named("", "")).status_code == 302
    assert leader(Dispute.objects.get()) == deputy.post.code


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("t01.government:nobody", WHY), "没有找到领导"),
        (("mayor", ""), "请写明另行指定的理由"),
        (("", WHY), "请选择改由谁任责任领导"),
        (("deputy", WHY), "按 §8 已经是责任领导"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_saved(send, request, given, said):
    who, why = given
    code = request.getfixturevalue(who).post.code if who in ("mayor", "deputy") else who
    answer = send(**named(code, why))
    assert answer.status_code == 422
    assert said in text(answer)
    assert 'id="id_responsibility-leader' in text(answer)
    assert not Dispute.objects.exists()


def test_a_leader_complained_about_cannot_be_named(send, county_office, county_deputy):
    accused = {"accused__TOTAL_FORMS": "1", "accused__0__who": "person:county.deputy"}
    answer = send(by=county_office, **named(county_deputy.post.code), **accused)
    assert answer.status_code == 422
    assert "应当回避" in text(answer)


def test_a_post_that_fell_vacant_cannot_be_named(send, mayor):
    leave(mayor)
    assert "没有找到领导" in text(send(**named(mayor.post.code)))


def test_a_case_that_goes_one_level_up_is_not_named_by_the_desk_below(send, clerk, mayor):
    unit = clerk.post.organization
    accused = {"accused__TOTAL_FORMS": "1", "accused__0__who": f"unit:{unit.code}"}
    answer = send(**named(mayor.post.code), **accused)
    assert answer.status_code == 422
    assert "由上一级中心管理" in text(answer)


def test_what_was_typed_is_kept_in_the_draft(clerk, client_of, mayor):
    client, key = client_of(clerk), uuid4()
    client.post(f"/disputes/drafts/{key}/", filled(**{LEADER: mayor.post.code, REASON: WHY}))
    page = text(client.get(f"/disputes/new/?draft={key}"))
    assert f'value="{mayor.post.code}"' in page
    assert f'data-label="{mayor.post}"' in page
    assert WHY in page


def test_a_village_registers_without_naming_leaders(village, client_of, send, mayor):
    assert LEADER not in text(client_of(village).get("/disputes/new/", follow=True))
    send(by=village, **named(mayor.post.code))
    assert not current(Dispute.objects.get()).overridden


def test_the_list_offers_leaders_in_office_by_unit_post_or_name(clerk, client_of, mayor):
    client = client_of(clerk)
    found = client.get("/warnings/responsibility/leaders/", {"q": mayor.user.name}).json()["results"]
    assert found == [{"value": mayor.post.code, "label": str(mayor.post), "note": mayor.user.name}]
    leave(mayor)
    assert client.get("/warnings/responsibility/leaders/", {"q": mayor.post.code}).json()["results"] == []
