"""What is typed, sent or imported keeps its words and figures apart: the same table at the rule and at every door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.models import Appointment
from core.actor import Actor
from disputes.forms.fields import CleanText
from disputes.models import Dispute
from disputes.rules.intake import clean_text
from imports.rules.sheet import text_of
from imports.services import importing
from tests.imports.test_import import confirmed, line, sheet

ONE_LINE = (
    ("12\t5", "12 5"),
    ("12\n5", "12 5"),
    ("12\r\n5", "12 5"),
    ("12\r5", "12 5"),
    ("12\v5", "12 5"),
    ("12\u20285", "12 5"),
    ("12\t\r\n\t5", "12 5"),
    ("三组\t12 户\n李家", "三组 12 户 李家"),
    ("\t三组\n", "三组"),
)
SEVERAL_LINES = (
    ("12\t5", "12 5"),
    ("12\r5", "12\n5"),
    ("12\r\n5\n6", "12\n5\n6"),
    ("12\x855\u20296", "12\n5\n6"),
)


@pytest.mark.parametrize(("typed", "kept"), ONE_LINE)
def test_one_line_gets_blanks(typed: str, kept: str) -> None:
    assert clean_text(typed) == text_of(typed, "title") == CleanText().clean(typed) == kept


@pytest.mark.parametrize(("typed", "kept"), SEVERAL_LINES)
def test_several_lines_stay_lines(typed: str, kept: str) -> None:
    assert clean_text(typed, lines=True) == text_of(typed, "narrative") == kept


@pytest.mark.parametrize("control", [chr(point) for point in (*range(32), *range(0x7F, 0xA0))])
@pytest.mark.parametrize("lines", [True, False])
def test_no_control_character_glues_figures(control: str, lines: bool) -> None:
    kept = clean_text(f"12{control}5", lines=lines)
    assert kept.split() == ["12", "5"]
    assert clean_text(f"王{control}某", lines=lines).replace("\n", "").replace(" ", "") == "王某"


TITLE, KEPT = "第12\t5号\n院墙", "第12 5号 院墙"
NAME, NAME_KEPT = "王\t建国", "王 建国"


@pytest.mark.django_db
def test_every_door_keeps_the_same(
    clerk: Appointment,
    coordinator: Appointment,
    api_client_of: Callable[[Appointment], Client],
    actor: Callable[[Appointment], Actor],
    places: dict[str, Any],
    monday: datetime,
    reference_data: None,
    settings: Any,
    tmp_path: Path,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    body = {
        "title": TITLE,
        "narrative": "两家因院墙争执，要求到现场丈量。",
        "category": "neighbour",
        "source": "walk_in",
        "place": "t01.v01",
        "parties": [{"role": "applicant", "kind": "natural", "name": NAME}],
    }
    answer = api_client_of(clerk).post("/api/v1/disputes/", body, content_type="application/json")
    assert answer.status_code == 201, answer.content.decode()
    upload = sheet(line(title=TITLE, applicant=NAME, respondent="", place=places["t01.v01"].name))
    row = confirmed(upload, actor(coordinator), monday)
    importing.run(import_id=row.pk, now=monday)
    found = Dispute.objects.order_by("pk")
    assert [dispute.title for dispute in found] == [KEPT, KEPT]
    assert [party.name for dispute in found for party in dispute.parties.all()] == [NAME_KEPT, NAME_KEPT]
