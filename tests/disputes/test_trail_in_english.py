"""In English the trail reads as sentences: who, in which post, did what. In Chinese it keeps the county's verbs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.models import Appointment
from disputes import presenters
from disputes.entry_words import REGISTERED
from disputes.models import Dispute, TrailEntry
from disputes.steps import ROWS
from jurisdictions.models import Post
from tests.disputes.conftest import Make
from tests.factories.disputes import take

pytestmark = pytest.mark.django_db
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
HEAD = re.compile(r'<p class="timeline-head">(.*?)<time', re.DOTALL)
TAG = re.compile(r"<[^>]+>")


@pytest.fixture
def handled(register: Make, coordinator: Appointment, now: datetime) -> Dispute:
    dispute = register()
    take("accept", dispute, coordinator, now + timedelta(hours=1))
    return take("assign", dispute, coordinator, now + timedelta(hours=2), lead_unit="t01.justice")


def heads(page: str) -> list[str]:
    return [" ".join(TAG.sub(" ", head).split()) for head in HEAD.findall(page)]


def page_of(client: Client, dispute: Dispute, language: str) -> list[str]:
    client.cookies["django_language"] = language
    return heads(client.get(f"/disputes/{dispute.number}/").content.decode())


def test_the_english_trail_tells_who_did_what(
    handled: Dispute, client_of: Callable[[Appointment], Client], coordinator: Appointment, clerk: Appointment
) -> None:
    told = page_of(client_of(coordinator), handled, "en")
    assert "The system named the responsible leader" in told
    told = [line for line in told if not line.startswith("The system ")]
    assert [re.sub(r"\(.*\)", "()", line) for line in reversed(told)] == [
        f"{clerk.user.name} () registered the dispute",
        f"{coordinator.user.name} () accepted the dispute",
        f"{coordinator.user.name} () assigned it to a unit",
    ]
    assert all(re.search(r"\([A-Z][A-Za-z ]+, 青石镇综治中心\)", line) for line in told), told


def test_the_chinese_trail_keeps_the_verb_first(
    handled: Dispute, client_of: Callable[[Appointment], Client], coordinator: Appointment
) -> None:
    told = page_of(client_of(coordinator), handled, "zh-hans")
    assert told[1] == f"受理 青石镇综治中心主任 {coordinator.user.name}"


def test_a_post_renamed_since_stays_as_it_was_kept(
    handled: Dispute, client_of: Callable[[Appointment], Client], coordinator: Appointment
) -> None:
    Post.objects.filter(pk=coordinator.post_id).update(title="社会治安综合治理办主任")
    told = page_of(client_of(coordinator), handled, "en")
    assert told[1] == f"青石镇综治中心主任 {coordinator.user.name} accepted the dispute"


def test_a_title_that_is_the_role_reads_as_the_role(coordinator: Appointment) -> None:
    """Many counties enter 综治中心主任 as the title; 镇人大副主席 stays as entered."""
    role = "Head of the governance centre"
    for title, shown in (("", role), ("综治中心主任", role), ("镇人大副主席", "镇人大副主席")):
        coordinator.post.title = title
        with translation.override("en"):
            assert str(coordinator) == f"{coordinator.user.name} ({shown}, 青石镇综治中心)"


def test_one_question_more_in_english_however_long_the_trail(handled: Dispute) -> None:
    rows = list(TrailEntry.objects.prefetch_related("texts"))
    presenters.entries(rows)  # the names of units are remembered from here on
    asked = {}
    for language in ("zh-hans", "en"):
        with translation.override(language), CaptureQueriesContext(connection) as queries:
            presenters.entries(rows)
        asked[language] = len(queries)
    assert asked["en"] == asked["zh-hans"] + 1


def test_every_step_has_its_sentence_and_in_chinese_its_verb() -> None:
    assert {step: str(row.label) for step, row in ROWS.items()} == {
        step: str(row.button) for step, row in ROWS.items()
    }


def test_every_sentence_follows_a_name() -> None:
    """A verb in the past, small: “registered the dispute”. So each may stand after any name."""
    with translation.override("en"):
        said = [str(words.label) for words in REGISTERED.values()]
    assert [words for words in said if not re.match(r"([a-z]+(ed|t|k|n|de|ve)|found|had) ", words)] == []


def test_no_chinese_sign_stands_in_english_sentences_of_the_trail() -> None:
    rooms = (
        "presenters.py",
        "steps/notes.py",
        "entry_words.py",
        "escalation_words.py",
        "leader_words.py",
        "correction_words.py",
    )
    catalogue = polib.pofile(str(Path(settings.LOCALE_PATHS[0]) / "en" / "LC_MESSAGES" / "django.po"))
    assert [
        entry.msgstr
        for entry in catalogue
        if any(place.endswith(rooms) for place, _line in entry.occurrences) and CHINESE.search(entry.msgstr)
    ] == []
