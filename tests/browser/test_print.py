"""What comes out of the printer: papers on their sheets, a dispute and the ledger as tables without buttons."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Page

from accounts.models import Appointment
from audit.models import AccessEvent
from core.actor import Actor
from disputes import public
from disputes.models import Attachment, Dispute
from disputes.rules.intake import PartyFacts
from disputes.wording_papers import TITLES
from early_warning.services import warnings
from responsibility.services import letters
from responsibility.services.letters import Writing
from tests.factories.accounts import actor
from tests.factories.disputes import QUARREL, registered, take

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("reference_data")]

Visit = Callable[..., Page]
PAGE_OBJECT = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")
A4_WIDTH, A4_HEIGHT, MARGINS = 794, 1123, 136  # of 210, 297 and twice 18 mm, at 96 to the inch
TALL_NARRATIVE = (
    "张家与李家共用的排水沟被改道，雨后积水漫进院子，双方多次争吵，村里先后三次到场劝说，双方仍未谈成。"
    "要求李大山恢复原来的排水沟，赔偿院墙浸水造成的损失三千元，并保证以后不再改动。"
)


def pages(page: Page, name: str) -> int:
    """How many sheets Chromium prints, counted in the file it writes."""
    content = page.pdf(prefer_css_page_size=True, print_background=False)
    if kept := os.environ.get("KEEP_PRINTS"):
        Path(kept, f"{name}.pdf").write_bytes(content)
    return len(PAGE_OBJECT.findall(content))


@pytest.fixture
def dispute(clerk: Appointment, coordinator: Appointment, handler: Appointment, monday: datetime) -> Dispute:
    """Labour matters have the longest list of other routes; a sender and three papers add their lines."""
    row = registered(
        clerk,
        monday,
        category="wage_arrears",
        narrative=TALL_NARRATIVE,
        people_count=6,
        parties=(*QUARREL.parties, PartyFacts("third_party", "legal", "青岚陶瓷有限责任公司")),
    )
    for name in ("借条照片.jpg", "院墙照片一.jpg", "院墙照片二.jpg"):
        Attachment.objects.create(
            dispute=row,
            name=name,
            content_type="image/jpeg",
            size=10,
            sha256="a" * 64,
            uploaded_by=clerk,
            uploaded_at=monday - timedelta(minutes=1),
        )
    monday += timedelta(hours=1)
    take("accept", row, coordinator, monday)
    take("assign", row, coordinator, monday, lead_unit="t01.justice", instruction="请三日内见面。")
    take("sign_for", row, handler, monday)
    take("request_extension", row, handler, monday, days=10, reason="需要测量。")
    take("decide_extension", row, coordinator, monday, granted=True, reason="情况属实。")
    take("submit_result", row, handler, monday, outcome="oral_agreement", account="双方同意恢复原沟。")
    take("approve_result", row, coordinator, monday, outcome="settled", note="属实。")
    return take("revisit", row, clerk, monday, way="phone", account="已经恢复。", satisfied=True)


@pytest.mark.parametrize(
    "kind", ["receipt", "acceptance", "delivery", "dispatch_order", "extension", "conclusion", "revisit"]
)
def test_a_paper_is_one_sheet(visit: Visit, dispute: Dispute, coordinator: Appointment, kind: str) -> None:
    page = visit(coordinator, f"/disputes/{dispute.number}/papers/{kind}/")
    assert page.locator("h1").inner_text() == str(TITLES[kind])
    assert pages(page, kind) == 1
    page.set_viewport_size({"width": A4_WIDTH - MARGINS, "height": A4_HEIGHT})
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_what_leaders_and_units_are_handed_fits_its_sheets(
    visit: Visit, dispute: Dispute, coordinator: Appointment, mayor: Appointment, monday: datetime
) -> None:
    """预警报告单 has room to write in and may take a second sheet; a letter is one."""
    with transaction.atomic():
        (locked,) = public.lock_many([dispute.pk])
        warnings.propose(
            locked, level=2, by=Actor.system("warning_readings"), now=monday + timedelta(hours=2)
        )
    page = visit(coordinator, f"/warnings/disputes/{dispute.number}/paper/")
    said = page.locator("main").inner_text()
    for words in ("基本情况", "主要诉求", "已采取措施", "领导批示", "办理结果", "签发人", "警〔"):
        assert words in said
    for words in ("§", "再下一级", "随后", "李大山", "23:59"):
        assert words not in said
    assert pages(page, "warning") <= 2
    writing = Writing("县住建局", "请核实拖欠工资的情况，协助约谈用工单位。", date(2027, 1, 8))
    letter = letters.issue(
        number=dispute.number, writing=writing, by=actor(coordinator), now=monday + timedelta(hours=3)
    )
    page.goto(f"/warnings/letters/{letter.pk}/")
    assert "函〔" in page.locator("main").inner_text()
    assert pages(page, "letter") == 1


@pytest.mark.parametrize(
    ("path", "width"),
    [("/disputes/", A4_HEIGHT), ("/disputes/{number}/", A4_WIDTH)],
    ids=["ledger on its side", "dispute"],
)
def test_a_page_prints_as_text_and_tables_without_anything_to_press(
    visit: Visit, dispute: Dispute, coordinator: Appointment, path: str, width: int
) -> None:
    page = visit(coordinator, path.format(number=dispute.number))
    assert pages(page, "ledger" if path == "/disputes/" else "dispute") <= 3
    page.set_viewport_size({"width": width - MARGINS, "height": A4_WIDTH})
    page.emulate_media(media="print")
    pressed = page.locator("main :is(button, input, select, textarea, .btn)").filter(visible=True)
    assert pressed.all_inner_texts() == []
    assert dispute.title in page.locator("main").inner_text()
    for table in page.locator("main table").all():
        assert table.evaluate("table => getComputedStyle(table.rows[0].cells[1]).display") == "table-cell"
        assert table.evaluate("table => getComputedStyle(table.tHead).display") == "table-header-group"
    wide = "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
    assert page.evaluate(f"{wide}.map(e => e.outerHTML.slice(0, 200))") == []


@pytest.mark.parametrize(
    ("path", "kept"), [("/disputes/{number}/", "dispute"), ("/disputes/?status=assigned", "ledger")]
)
def test_printing_from_the_browser_is_written_down(
    visit: Visit, dispute: Dispute, coordinator: Appointment, path: str, kept: str
) -> None:
    """By the button or by the browser's own menu: both tell the page that it is printed."""
    page = visit(coordinator, path.format(number=dispute.number))
    with page.expect_response(lambda answer: answer.url.endswith("/printed/")) as told:
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert told.value.status == 204
    line = AccessEvent.objects.get(action="printed", user_id=coordinator.user_id)
    assert line.details["page"] == kept
    assert line.details.get("query", {}) == ({"status": "assigned"} if kept == "ledger" else {})
