"""Words and ages ask the clerk whether few should know; nothing restricts by itself; a red line says what the law
asks."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from accounts.models import Appointment
from disputes.rules.protection import Ground
from disputes.wording_protection import DUTIES
from tests.disputes.conftest import Make
from tests.disputes.mending.test_doors import unchanged
from tests.disputes.restricted.conftest import DIVORCE, HOUR

pytestmark = pytest.mark.django_db
INJURY = {  # case 08 of the played week
    "title": "小学生体育课摔伤赔偿",
    "narrative": "镇中心小学三年级学生王小某（9岁）体育课摔伤，骨折，家长要求学校赔偿医疗费和补课费3.2万元。",
    "category": "education",
}
ASKED, REPORT = "请核对是否需要限制知悉", "《未成年人保护法》第十一条"


def test_it_is_asked_while_it_is_typed(clerk: Appointment, reference_data: None, client_of: Any) -> None:
    client, address = client_of(clerk), f"/disputes/drafts/{uuid4()}/look/"
    typed = client.post(address, {"narrative": INJURY["narrative"]}).content.decode()
    assert ASKED in typed
    assert REPORT in typed
    answered = client.post(address, {"narrative": INJURY["narrative"], "restricted": "on"}).content.decode()
    assert ASKED not in answered
    assert REPORT in answered
    assert ASKED not in client.post(address, {"narrative": "两家为排水沟多次争吵。"}).content.decode()


def test_the_page_asks_and_names_the_duty_but_restricts_nothing(
    register: Make, clerk: Appointment, client_of: Any
) -> None:
    dispute = register(**INJURY)
    dispute.refresh_from_db()
    assert not dispute.is_restricted
    page = client_of(clerk).get(f"/disputes/{dispute.number}/").content.decode()
    assert ASKED in page
    assert REPORT in page


def test_beatings_at_home_name_both_papers_of_the_law(
    register: Make, clerk: Appointment, client_of: Any
) -> None:
    """Case 05: restricted by its category, so nothing is asked; the red line stands all the same."""
    page = client_of(clerk).get(f"/disputes/{register(**DIVORCE).number}/").content.decode()
    assert ASKED not in page
    for words in ("告诫书", "人身安全保护令", "《反家庭暴力法》第二十三条", REPORT):
        assert words in page


def test_a_correction_asks_anew(
    register: Make, clerk: Appointment, now: Any, client_of: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("disputes.views.steps.now", lambda: now + HOUR)
    dispute = register()
    client = client_of(clerk)
    said = {"narrative": INJURY["narrative"], "reason": "当事人补充说明"}
    body = unchanged(client, dispute) | said
    answer = client.post(f"/disputes/{dispute.number}/steps/correct/", body, follow=True)
    assert ASKED in answer.content.decode()
    dispute.refresh_from_db()
    assert not dispute.is_restricted


# 未成年人保护法 art. 11 para. 2, as published
OF_LAW = (
    "国家机关、居民委员会、村民委员会、密切接触未成年人的单位及其工作人员，在工作中发现未成年人身心健康受到侵害、疑似受到侵害"
    "或者面临其他危险情形的，应当立即向公安、民政、教育等有关部门报告。"
)


def test_the_duty_to_report_is_told_in_the_words_of_the_law() -> None:
    ((line, law),) = DUTIES[Ground.MINOR]
    said = str(line).removeprefix("强制报告：").replace("村（居）委会", "居民委员会、村民委员会")
    assert said == OF_LAW
    assert str(law) == f"{REPORT}第二款"
