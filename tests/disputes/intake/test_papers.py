"""Papers for the parties: what they tell, to whom, and what they keep to themselves."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pytest
from django.test import Client
from docx import Document

from accounts.models import Appointment
from audit.models import AccessEvent
from core import crypto
from core.actor import Actor
from disputes.management.commands.build_paper_template import build
from disputes.models import Dispute
from disputes.rules.intake import PartyFacts
from disputes.services import papers
from supervisor.catalogues import compile_catalogues
from tests.architecture.sources import ROOT
from tests.disputes.intake.conftest import filled
from tests.factories.disputes import QUARREL, registered, take

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Appointment], Client]


@pytest.fixture
def browser(clerk: Appointment, client_of: ClientOf, by: Actor) -> Client:
    return client_of(clerk)


def applicants(*names: str) -> tuple[PartyFacts, ...]:
    return tuple(
        replace(QUARREL.parties[0], name=name, phone=f"1380000000{n}") for n, name in enumerate(names)
    )


@pytest.fixture
def two(clerk: Appointment, by: Actor, monday: datetime) -> Dispute:
    """Two applicants and one respondent."""
    return registered(
        clerk, monday, people_count=3, parties=(*applicants("张建国", "王秀英"), QUARREL.parties[1])
    )


def sheet(browser: Client, dispute: Dispute, kind: str = "receipt", party: int | None = None) -> str:
    answer = browser.get(f"/disputes/{dispute.number}/papers/{kind}/" + (f"?party={party}" if party else ""))
    assert answer.status_code == 200
    return answer.content.decode().split('<main class="paper"', 1)[1]


def code_of(page: str) -> str:
    return re.search(r"<td>(\d{8})</td>", page)[1]  # type: ignore[index]


def test_each_applicant_gets_a_sheet_with_his_own_data_only(browser: Client, two: Dispute) -> None:
    first, second, respondent = two.parties.all()
    page = sheet(browser, two, party=second.pk)
    assert "王秀英：" in page
    for other in ("张建国", "李大山", first.phone, second.phone):
        assert other not in page
    assert browser.get(f"/disputes/{two.number}/papers/receipt/?party={respondent.pk}").status_code == 404


def test_a_receipt_tells_number_next_step_and_other_ways(browser: Client, two: Dispute) -> None:
    page = sheet(browser, two)
    assert two.display_number in page
    assert re.search(r"青石镇综治中心将在2026年3月4日24时前告知您是否受理", page)
    assert "人民调解不收取任何费用" in page
    assert "12348" in page
    assert two.title not in page
    assert "级预警" not in page


def test_labour_cases_are_told_of_arbitration(
    browser: Client, clerk: Appointment, by: Actor, monday: datetime
) -> None:
    assert "劳动人事争议仲裁委员会" in sheet(browser, registered(clerk, monday, category="wage_arrears"))


def test_the_session_that_registered_prints_the_query_code_others_do_not(
    browser: Client, key: UUID, coordinator: Appointment, client_of: ClientOf
) -> None:
    browser.post(f"/disputes/new/?draft={key}", filled())
    dispute = Dispute.objects.get()
    code = code_of(sheet(browser, dispute))
    assert dispute.query_code_hash == crypto.search_hash("query_code", code)
    assert code not in sheet(client_of(coordinator), dispute)


def test_a_new_query_code_replaces_the_old_one_and_leaves_its_trace(
    browser: Client, key: UUID, coordinator: Appointment, client_of: ClientOf
) -> None:
    browser.post(f"/disputes/new/?draft={key}", filled())
    dispute = Dispute.objects.get()
    old = code_of(sheet(browser, dispute))
    answer = client_of(coordinator).post(f"/disputes/{dispute.number}/papers/receipt/")
    new = code_of(answer.content.decode())
    dispute.refresh_from_db()
    assert papers.is_present_code(dispute, new)
    assert old not in sheet(browser, dispute)
    assert dispute.trail.filter(step="query_code_renewed").count() == 1


def test_printing_is_recorded(browser: Client, two: Dispute, clerk: Appointment) -> None:
    sheet(browser, two)
    event = AccessEvent.objects.get(action="printed")
    assert event.user_id == clerk.user_id
    assert event.details["paper"] == "receipt"


def test_the_acceptance_notice_comes_with_acceptance(
    browser: Client, two: Dispute, coordinator: Appointment, monday: datetime
) -> None:
    address = f"/disputes/{two.number}/papers/acceptance/"
    assert browser.get(address).status_code == 409
    take("accept", two, coordinator, monday)
    assert "决定受理" in sheet(browser, two, "acceptance")


def test_the_refusal_tells_reason_routes_and_where_to_object(
    browser: Client, two: Dispute, coordinator: Appointment, monday: datetime
) -> None:
    take(
        "decline",
        two,
        coordinator,
        monday,
        reason="法院已经受理 <同一事项>。",
        routes=["proceedings", "legal_aid"],
    )
    page = sheet(browser, two, "refusal")
    assert "法院已经受理 &lt;同一事项&gt;。" in page
    assert "在正在进行的诉讼或者仲裁中提出主张" in page
    assert "可以自收到本告知书之日起30日内向县综治中心提出" in page
    assert browser.get(f"/disputes/{two.number}/papers/acceptance/").status_code == 409


def test_what_was_settled_on_the_spot_says_so(browser: Client, key: UUID) -> None:
    browser.post(
        f"/disputes/new/?draft={key}", filled(settle_on_spot="on", spot_account="双方道歉，各退半米。")
    )
    assert "双方已当场达成一致" in sheet(browser, Dispute.objects.get())


def test_the_word_file_says_the_same(browser: Client, two: Dispute) -> None:
    answer = browser.get(f"/disputes/{two.number}/papers/receipt/docx/")
    document = Document(io.BytesIO(b"".join(answer)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    cells = {row.cells[0].text: row.cells[1].text for row in document.tables[0].rows}
    assert "张建国：" in text
    assert "登记回执" in text
    assert "{" not in text
    assert cells["编号"] == two.display_number
    assert "李大山" not in text


def test_official_papers_are_in_chinese_whatever_the_clerk_reads(
    browser: Client, clerk: Appointment, two: Dispute, coordinator: Appointment, monday: datetime
) -> None:
    take("accept", two, coordinator, monday)
    compile_catalogues(ROOT / "locale")
    asked = [f"/disputes/{two.number}/papers/{kind}/" for kind in ("receipt", "acceptance")]
    chinese = [sheet(browser, two, kind) for kind in ("receipt", "acceptance")]
    browser.cookies["django_language"] = "en"
    english = [browser.get(path).content.decode() for path in asked]
    assert all("Print" in page for page in english)
    assert [page.split('<main class="paper"', 1)[1] for page in english] == chinese
    assert all('lang="zh-hans"' in page for page in chinese)
    answer = browser.get(asked[0] + "docx/")
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(b"".join(answer))).paragraphs)
    assert "登记回执" in text
    assert "您于2026年3月2日反映的事项已经登记" in text


def test_the_word_template_is_the_one_our_script_makes() -> None:
    made = io.BytesIO()
    build().save(made)
    with zipfile.ZipFile(made) as fresh, zipfile.ZipFile(papers.TEMPLATE) as kept:
        assert fresh.read("word/document.xml") == kept.read("word/document.xml")


@pytest.mark.parametrize("path", ["receipt/", "receipt/docx/"])
def test_who_does_not_see_it_or_does_not_register_prints_nothing(
    two: Dispute, outsider: Appointment, deputy: Appointment, client_of: ClientOf, path: str
) -> None:
    assert client_of(outsider).get(f"/disputes/{two.number}/papers/{path}").status_code == 404
    assert client_of(deputy).get(f"/disputes/{two.number}/papers/{path}").status_code == 403


def test_an_unknown_paper_is_not_found(browser: Client, two: Dispute) -> None:
    assert browser.get(f"/disputes/{two.number}/papers/warning/").status_code == 404
