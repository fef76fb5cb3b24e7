"""The leader's queue: what is addressed to me, the most urgent first, in a fixed number of queries."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.template import Context, engines
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from core.remembered import marks, steady
from disputes.models import Dispute
from early_warning.models import Escalation
from early_warning.selectors.queue import my_open, my_past, my_queue
from early_warning.templatetags.queue_cards import queue_cards
from tests.core.test_drawing import HOSTILE, tidy
from tests.factories.disputes import registered
from tests.factories.warnings import a_warning, an_escalation

TEMPLATE = Path(__file__).parent.parent / "drawn" / "queue_card.html"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


@pytest.fixture
def told(clerk, mayor, monday):
    """Escalations to the mayor, one for each number of hours left."""

    def tell(*hours: int, **facts: object) -> list[Escalation]:
        found = []
        for left in hours:
            warning = a_warning(registered(clerk, monday), 2, monday)
            facts["due_at"] = monday + timedelta(hours=left)
            found.append(an_escalation(warning, mayor, monday, **facts))
        return found

    return tell


@contextmanager
def in_a_page():
    """A page looks once whether remembered rows are as they were; here it has looked."""
    with steady():
        marks()
        yield


def end(rows, monday):
    for number, row in enumerate(rows):
        row.outcome, row.ended_at = "no_result", monday + timedelta(minutes=number)
        row.save()


def test_the_most_urgent_comes_first(told, mayor, actor):
    later, sooner, overdue = told(5, 1, -1)
    cards = my_queue(actor(mayor)).cards
    assert [card.escalation for card in cards] == [overdue, sooner, later]


def test_only_what_is_addressed_to_me_waits_for_me(told, mayor, secretary, actor):
    told(1)
    assert my_open(actor(mayor)).count() == 1
    assert my_open(actor(secretary)).count() == 0
    assert my_queue(actor(secretary)).cards == []


def test_a_row_that_passed_to_the_stand_in_is_his(told, mayor, deputy, actor):
    (row,) = told(1)
    Escalation.objects.filter(pk=row.pk).update(addressee=deputy.user)
    assert my_queue(actor(mayor)).cards == []
    assert [card.escalation for card in my_queue(actor(deputy)).cards] == [row]


def test_what_is_out_of_sight_does_not_show(told, mayor, outsider, actor):
    (row,) = told(1)
    Escalation.objects.filter(pk=row.pk).update(addressee=outsider.user)
    assert my_queue(actor(outsider)).cards == []


def test_answered_ones_are_on_the_second_tab_newest_first_in_pages(told, mayor, actor, monday, monkeypatch):
    monkeypatch.setattr("early_warning.selectors.queue.PAGE", 2)
    rows = told(1, 1, 1)
    end(rows, monday)
    first = my_past(actor(mayor), None)
    second = my_past(actor(mayor), first.next)
    assert [card.escalation for card in (*first.cards, *second.cards)] == rows[::-1]
    assert second.next is None
    assert my_queue(actor(mayor)).cards == []


def test_questions_to_the_database_do_not_grow_with_cards(told, mayor, actor):
    told(1)
    by = actor(mayor)
    my_queue(by)  # places, units and people are remembered rows from here on
    with in_a_page(), CaptureQueriesContext(connection) as few:
        my_queue(by)
    told(*range(2, 12))
    my_queue(by)
    with in_a_page(), CaptureQueriesContext(connection) as many:
        my_queue(by)
    assert len(few) == len(many) == 2


def test_past_pages_take_two_questions(told, mayor, actor, monday, django_assert_num_queries):
    end(told(1, 2, 3), monday)
    by = actor(mayor)
    my_past(by, None)
    with in_a_page(), django_assert_num_queries(2):
        my_past(by, None)


def test_a_long_queue_shows_the_most_pressing_and_says_that_there_are_more(
    told, mayor, client_of, monkeypatch
):
    monkeypatch.setattr("early_warning.selectors.queue.MOST_CARDS", 2)
    told(1, 2, 3)
    page = client_of(mayor).get("/warnings/").content.decode()
    assert "等我处理的预警 (2+)" in page
    assert "处理后其余的会补上来" in page


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_card_is_what_its_template_was(told, mayor, deputy, actor, monday, language):
    """The former template is the oracle, in every state a card has."""
    plain, looked, resting, other, urgent = told(5, 4, 3, 2, -1)
    rows = Escalation.objects.filter
    rows(pk=looked.pk).update(acknowledged_at=monday, acknowledged_by=mayor.user)
    rows(pk=resting.pk).update(rests_since=monday)
    rows(pk=other.pk).update(holder=deputy)
    urgent.warning.level, urgent.warning.happening = 1, True
    urgent.warning.save()
    Dispute.objects.filter(pk=urgent.dispute_id).update(danger=True, title=HOSTILE, place_name=HOSTILE)
    mayor.user.__class__.objects.update(phone="0855-123 4567")
    cards = my_queue(actor(mayor)).cards
    template = engines["django"].engine.from_string(TEMPLATE.read_text(encoding="utf-8"))
    with translation.override(language):
        was = [
            template.render(Context({"card": card, "now": monday, "csrf_token": "token&"})) for card in cards
        ]
        page = queue_cards(Context({"csrf_token": "token&"}), cards, monday)
    assert len(cards) == 5
    assert tidy("".join(was)) == tidy(page)
    assert plain.pk in {card.escalation.pk for card in cards}
