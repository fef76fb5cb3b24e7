"""What a matter is called when nobody calls it otherwise: whole words, no full name, nothing that raises an alarm."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from accounts.models import Appointment
from core.actor import Actor
from disputes.models import Dispute
from disputes.reference import CATEGORIES
from disputes.rules.intake import PartyFacts
from disputes.rules.titles import proposed
from tests.classifier.rules.classifying import verdict
from tests.disputes.intake.conftest import filled

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Appointment], Client]
A = PartyFacts("applicant", "natural", "张建国")
B = PartyFacts("respondent", "natural", "欧阳大山")
UNIT = PartyFacts("respondent", "legal", "青岚陶瓷厂")
GROUP = PartyFacts("applicant", "group", "砖瓦窑工人", head_count=37)


@pytest.mark.parametrize(
    ("parties", "category", "title"),
    [
        ((A, B), "邻里", "张某与欧阳某的邻里纠纷"),
        ((A, A, UNIT), "其他劳动争议", "张某等2人与青岚陶瓷厂的其他劳动争议"),
        ((GROUP, UNIT), "拖欠农民工工资", "砖瓦窑工人等37人与青岚陶瓷厂的拖欠农民工工资纠纷"),
        ((A,), "其他", "张某的纠纷"),
        ((PartyFacts("party", "natural", "王秀英"),), "家庭", "王某的家庭纠纷"),
        ((), "水利", "水利纠纷"),
    ],
)
def test_who_with_whom_and_what_kind(parties: tuple[PartyFacts, ...], category: str, title: str) -> None:
    assert proposed(parties, category) == title


def test_what_does_not_fit_is_left_out_whole() -> None:
    long = PartyFacts("respondent", "legal", "长" * 60)
    also = PartyFacts("applicant", "legal", "远" * 60)
    assert proposed((also, long), "合同") == f"{'远' * 60}的合同纠纷"


@pytest.mark.parametrize("category", [row[1] for row in CATEGORIES])
def test_no_proposed_title_raises_an_alarm_by_itself(category: str) -> None:
    title = proposed((A, UNIT), category)
    read = verdict(title, people_count=2)
    assert (read.level, read.danger) == (0, False)


@pytest.fixture
def browser(clerk: Appointment, client_of: ClientOf, by: Actor) -> Client:
    return client_of(clerk)


def test_a_title_left_empty_is_made_of_parties_and_kind(browser: Client, key: UUID) -> None:
    browser.post(f"/disputes/new/?draft={key}", filled())
    assert Dispute.objects.get().title == "张某与李某的邻里纠纷"


def test_a_title_that_is_typed_stays(browser: Client, key: UUID) -> None:
    browser.post(f"/disputes/new/?draft={key}", filled(title="排水沟改道"))
    assert Dispute.objects.get().title == "排水沟改道"


def test_the_proposal_can_be_changed_before_saving(browser: Client, key: UUID) -> None:
    browser.post(f"/disputes/drafts/{key}/", filled())
    answer = browser.post(f"/disputes/drafts/{key}/look/", filled()).content.decode()
    found = re.search(r'data-proposed-title="([^"]+)"', answer)
    assert found is not None
    assert html.unescape(found[1]) == "张某与李某的邻里纠纷"
    nobody = browser.post(
        f"/disputes/drafts/{key}/look/", filled(**{"parties-0-name": "", "parties-1-name": ""})
    )
    assert "data-proposed-title" not in nobody.content.decode()


def test_a_draft_is_not_called_by_half_a_sentence(browser: Client, key: UUID) -> None:
    text = "张家与李家共用的排水沟被改道以后雨水漫进院子里面来了很多次，双方多次为此争吵不休并且要求村里尽快出面解决"
    browser.post(f"/disputes/drafts/{key}/", filled(narrative=text))
    page = browser.get("/disputes/drafts/").content.decode()
    assert "张家与李家共用的排水沟被改道以后雨水漫进院子里面来了很多次…" in page
