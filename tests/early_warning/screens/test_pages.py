"""The pages of warnings: who may open them, what they say, what they never say."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from docx import Document

from audit.models import AccessEvent
from disputes.models import Party
from early_warning.models import Escalation
from early_warning.services import answers, levels
from tests.factories.accounts import actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


def path_of(dispute, tail=""):
    return f"/warnings/disputes/{dispute.number}/{tail}"


def test_the_queue_page_asks_the_database_as_often_for_many_as_for_few(
    warned, client_of, mayor, django_assert_max_num_queries
):
    client = client_of(mayor)
    warned(2)
    client.get("/warnings/")
    with django_assert_max_num_queries(40) as few:
        assert client.get("/warnings/").status_code == 200
    for _number in range(4):
        warned(2)
    with django_assert_max_num_queries(40) as many:
        assert client.get("/warnings/").status_code == 200
    assert len(few) == len(many)


def test_the_page_names_who_is_told_next_and_when(warned, asked, client_of, mayor, secretary):
    dispute = warned(2)
    html = client_of(mayor).get(f"/warnings/escalations/{asked(dispute).pk}/").content.decode()
    assert f"下一级：{secretary.post} {secretary.user.name}" in html
    assert "前未知悉即报告" in html


def test_no_result_says_before_sending_who_will_be_told(warned, asked, client_of, mayor, secretary):
    row = asked(warned(2))
    html = client_of(mayor).get(f"/warnings/escalations/{row.pk}/no_result/").content.decode()
    assert f"提交后立即报告{secretary.post} {secretary.user.name}" in html


def test_an_answer_without_words_comes_back_with_its_message(warned, asked, client_of, mayor):
    row = asked(warned(2))
    answer = client_of(mayor).post(f"/warnings/escalations/{row.pk}/no_result/", {"account": " "})
    assert answer.status_code == 422
    assert Escalation.objects.get(pk=row.pk).is_open


def test_only_the_addressee_answers_others_in_sight_are_refused(
    warned, asked, client_of, mayor, deputy, clerk
):
    row = asked(warned(2))
    for step in ("instruct", "risk_removed", "no_result"):
        assert client_of(clerk).get(f"/warnings/escalations/{row.pk}/{step}/").status_code == 403
    assert client_of(clerk).post(f"/warnings/escalations/{row.pk}/acknowledge/").status_code == 403
    assert client_of(mayor).get(f"/warnings/escalations/{row.pk}/nothing/").status_code == 404


def test_out_of_sight_is_out_of_reach(warned, asked, client_of, outsider, outside_coordinator):
    dispute = warned(2)
    row = asked(dispute)
    for who in (outsider, outside_coordinator):
        for path in (f"/warnings/escalations/{row.pk}/", path_of(dispute), path_of(dispute, "paper/")):
            assert client_of(who).get(path).status_code == 404, path


def test_a_unit_that_is_a_party_meets_no_level(warned, asked, client_of, enterprise_handler, organizations):
    dispute = warned(2)
    unit = organizations["unit01"]
    Party.objects.create(dispute=dispute, role="respondent", kind="legal", name=unit.name, organization=unit)
    dispute.access_keys += [unit.pk * 4 + 1]
    dispute.save()
    client = client_of(enterprise_handler)
    assert client.get(path_of(dispute)).status_code == 404
    assert client.get(f"/warnings/escalations/{asked(dispute).pk}/").status_code == 404


def test_the_check_waits_on_the_coordinators_home_and_is_not_the_leaders(
    warned, asked, client_of, coordinator, mayor, monday
):
    dispute = warned(2)
    row = asked(dispute)
    answers.risk_removed(escalation_id=row.pk, account="已经散去。", by=actor(mayor), now=monday)
    home = client_of(coordinator).get("/").content.decode()
    assert "待核实的预警 (1)" in home
    assert f"{row.post}报告风险已消除，请核实" in home
    assert client_of(mayor).get(f"/warnings/escalations/{row.pk}/check/").status_code == 403
    page = client_of(coordinator).get(f"/warnings/escalations/{row.pk}/check/").content.decode()
    assert "已经散去。" in page


def test_lowering_names_whose_consent_it_waits_for(warned, client_of, coordinator, mayor):
    dispute = warned(2)
    html = client_of(coordinator).get(path_of(dispute, "levels/lower/")).content.decode()
    assert f"须经{mayor.post}同意后生效" in html


def test_while_a_change_waits_for_consent_no_other_is_offered(warned, client_of, coordinator, monday):
    dispute = warned(2)
    warning = dispute.warnings.get()
    levels.lift(warning_id=warning.pk, reason="已经化解。", by=actor(coordinator), now=monday)
    html = client_of(coordinator).get(path_of(dispute)).content.decode()
    assert "由二级预警改为解除预警" in html
    assert "levels/raise" not in html
    assert client_of(coordinator).get(path_of(dispute, "levels/raise/")).status_code == 409


def test_the_incident_record_opens_only_while_an_event_is_happening(warned, client_of, coordinator):
    quiet, happening = warned(1), warned(1, happening=True)
    client = client_of(coordinator)
    assert client.get(path_of(quiet, "incident/")).status_code == 409
    assert client.get(path_of(happening, "incident/")).status_code == 200


def test_a_confirmed_level_one_is_said_to_break_out_on_a_page_of_its_own(warned, client_of, coordinator):
    dispute, client = warned(1), client_of(coordinator)
    assert "levels/confirm" in client.get(path_of(dispute)).content.decode()
    page = client.get(path_of(dispute, "levels/confirm/")).content.decode()
    assert "并开始现场处置记录" in page
    assert 'name="happening"' not in page
    assert client.post(path_of(dispute, "levels/confirm/"), {"reason": "已经打起来了。"}).status_code == 302
    assert dispute.warnings.get().happening
    assert client.get(path_of(dispute, "levels/confirm/")).status_code == 409


def test_the_sheet_holds_no_party_and_is_recorded(warned, client_of, mayor):
    dispute = warned(2, title="张建国与李大山争水，村民聚集")
    client = client_of(mayor)
    html = client.get(path_of(dispute, "paper/")).content.decode()
    docx = client.get(path_of(dispute, "paper/docx/"))
    text = "\n".join(row.text for row in Document(BytesIO(b"".join(docx))).paragraphs)
    for shown in (html, text):
        assert "矛盾纠纷预警报告单" in shown
        assert "张建国" not in shown
        assert "13800000001" not in shown
        assert "张**" in shown
    assert AccessEvent.objects.filter(action="printed", target_id=str(dispute.pk)).count() == 2


def test_the_sheet_is_in_chinese_whatever_its_reader_chose(warned, client_of, mayor):
    dispute = warned(2)
    client = client_of(mayor)
    client.cookies["django_language"] = "en"
    html = client.get(path_of(dispute, "paper/")).content.decode()
    assert "矛盾纠纷预警报告单" in html
    assert "报告与处理情况：" in html


def test_the_ledger_and_the_dispute_page_show_the_state(warned, client_of, coordinator, mayor):
    dispute = warned(2)
    client = client_of(coordinator)
    assert "已核定" in client.get("/disputes/").content.decode()
    html = client.get(f"/disputes/{dispute.number}/").content.decode()
    assert f"等 {mayor.post} {mayor.user.name} 知悉" in html


def test_a_duty_post_sees_its_own_calls_only(warned, client_of, people, monday):
    warned(2)
    other = client_of(people["t02.duty"])
    assert "没有要打的电话" in other.get("/warnings/phone/").content.decode()


def test_the_county_office_starts_with_the_state_of_all_warnings(warned, client_of, county_office):
    warned(2)
    html = client_of(county_office).get("/").content.decode()
    assert "报到最后一级" in html


def test_the_leaders_first_box_is_what_is_reported_to_him(warned, client_of, mayor):
    dispute = warned(2)
    html = client_of(mayor).get("/").content.decode()
    assert html.index("报告给我的预警 (1)") < html.index("等我办理")
    assert dispute.title in html


def test_what_is_overdue_says_so(warned, asked, client_of, mayor, monday):
    row = asked(warned(2))
    Escalation.objects.filter(pk=row.pk).update(due_at=monday - timedelta(minutes=70))
    assert "超期" in client_of(mayor).get("/warnings/").content.decode()
