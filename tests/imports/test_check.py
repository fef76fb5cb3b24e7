"""What an import says before it writes anything, and what it asks. Right values: the table of the cases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from accounts.models import Appointment
from core.actor import Actor
from disputes.errors import InvalidInput
from disputes.models import Dispute
from imports import selectors as import_reports
from imports.models import ImportRow, LedgerImport
from imports.rules.answers import Answers
from imports.services import importing
from imports.services.checking import Check
from imports.views import checks
from tests.imports.test_import import TITLES, confirmed, line, sheet, states

Clients = Callable[[Appointment], Client]
Actors = Callable[[Appointment], Actor]
DATA = Path(__file__).parent / "data"
STATE = ImportRow.State


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def case(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, (DATA / name).read_bytes())


@pytest.fixture
def looked(coordinator: Appointment, actor: Actors, now: datetime) -> Callable[..., Check]:
    """The check of a file under some answers."""

    def look(upload: SimpleUploadedFile, **answers: Any) -> Check:
        by = actor(coordinator)
        row = importing.take_in(upload=upload, by=by, now=now)
        importing.answer(import_id=row.pk, answers=Answers(**answers), by=by)
        return importing.checked(import_id=row.pk, by=by, now=now)[1]

    return look


@pytest.fixture
def imported(coordinator: Appointment, actor: Actors, now: datetime) -> Callable[..., LedgerImport]:
    def run(upload: SimpleUploadedFile, **answers: Any) -> LedgerImport:
        row = confirmed(upload, actor(coordinator), now, **answers)
        importing.run(import_id=row.pk, now=now)
        row.refresh_from_db()
        return row

    return run


@pytest.fixture
def village_name(places: dict[str, Any]) -> str:
    return str(places["t01.v01"].name)


def notes(check: Check) -> str:
    return "\n".join(note.text for note in checks.notes(check))


def test_march_and_april_count_from_one_and_it_is_asked(looked: Any, imported: Any) -> None:
    assert states(imported(case("march-1-2.xlsx"))) == [STATE.REGISTERED] * 2
    check = looked(case("april-1-2.xlsx"))
    assert (check.known, check.fine, check.open_questions()) == (0, 0, ["twins"])
    assert [twin.line.cells["title"] for twin in check.twins] == ["丙补偿纠纷", "丁噪声纠纷"]
    assert states(imported(case("april-1-2.xlsx"), twins="both")) == [STATE.REGISTERED] * 2
    assert Dispute.objects.count() == 4


def test_without_an_answer_nothing_is_written(imported: Any) -> None:
    imported(case("march-1-2.xlsx"))
    with pytest.raises(InvalidInput) as asked:
        imported(case("april-1-2.xlsx"))
    assert list(asked.value.errors) == ["twins"]
    assert Dispute.objects.count() == 2


def test_every_line_may_have_its_own_answer(imported: Any) -> None:
    imported(case("march-1-2.xlsx"))
    row = imported(case("april-1-2.xlsx"), twins="skip", lines={"0:2": "same"})
    assert states(row) == [STATE.KNOWN, STATE.REFUSED]
    assert row.rows.first().dispute.title == "甲地界纠纷"
    assert "按您的选择" in row.rows.last().messages[0][1]
    assert row.rows.last().cells


def test_a_number_twice_in_one_sheet_is_asked_about_and_in_two_sheets_it_is_not(
    looked: Any, village_name: str
) -> None:
    twice = sheet(line(place=village_name), line(place=village_name, title="另一件"))
    assert looked(twice).open_questions() == ["twins"]
    both = looked(case("second-sheet.xlsx"))
    assert (both.fine, both.open_questions()) == (2, [])


def test_a_line_refused_at_its_cell_costs_the_others_nothing(imported: Any) -> None:
    row = imported(case("circled-count.xlsx"))
    assert states(row).count(STATE.REGISTERED) == 44
    refused = row.rows.get(state=STATE.REFUSED)
    assert (refused.line, [column for column, _said in refused.messages]) == (6, ["涉及人数"])


@pytest.mark.parametrize(
    ("name", "lines"), [("empty-fill.xlsx", 1), ("font-family-34.xlsx", 1), ("wps-dimension-a1.xlsx", 2)]
)
def test_what_office_programs_open_is_imported(name: str, lines: int, imported: Any) -> None:
    assert states(imported(case(name))) == [STATE.REGISTERED] * lines


def test_a_heading_in_half_width_is_read(imported: Any) -> None:
    imported(case("half-width-heading.xlsx"))
    assert Dispute.objects.get().amount_fen == 500_000


def test_the_visible_sheet_is_taken_and_the_hidden_one_named(looked: Any, imported: Any) -> None:
    assert "“字典”是隐藏的，没有选中，不登记" in notes(looked(case("hidden-first-sheet.xlsx")))
    imported(case("hidden-first-sheet.xlsx"))
    assert Dispute.objects.get().title == "试可见"


def test_both_sheets_are_taken_or_the_one_left_out_is_named(looked: Any, imported: Any) -> None:
    assert "“四月”没有选中" in notes(looked(case("second-sheet.xlsx"), sheets=(0,)))
    row = imported(case("second-sheet.xlsx"))
    assert states(row) == [STATE.REGISTERED] * 2
    report = import_reports.report_of(row, state="", after="")
    assert [one.sheet_name for one in report.rows] == ["Sheet", "四月"]
    assert [one.sheet_name for one in import_reports.report_of(row, state="", after="0-2").rows] == ["四月"]


@pytest.mark.parametrize("name", ["official.xlsx", "official.xls"])
def test_an_official_sheet_is_read_whole(name: str, looked: Any, imported: Any) -> None:
    check = looked(case(name))
    assert check.open_questions() == ["hidden_rows"]
    told = notes(check)
    for said in ("“封面”不读", "“字典”", "1 行是隐藏的", "其余 3 格", "时刻", "“30余人”读作 30"):
        assert said in told
    assert [(cause.column, cause.count) for cause in checks.causes(check)] == [("整行", 1)]  # the total
    row = imported(case(name), hidden_rows=True)
    assert states(row) == [STATE.REGISTERED] * 4 + [STATE.REFUSED]
    found = {one.title: one for one in Dispute.objects.all()}
    assert found["田埂纠纷"].amount_fen == 3_500_000
    assert found["水沟纠纷"].amount_fen == 300_000
    assert (found["水沟纠纷"].people_count, found["水沟纠纷"].occurred_on) == (30, date(2026, 2, 3))
    assert found["欠款纠纷"].amount_fen == 500_000
    assert found["田埂纠纷"].narrative == "两家为田埂起了争执，\n要求丈量。"
    assert found["水沟纠纷"].narrative == "水沟改道，雨后积水 漫进院子。"
    assert {one.place.name for one in found.values()} == {"青石镇"}
    assert row.rows.first().old_number == "001"


def test_the_number_of_origin_stands_on_the_page_of_the_case(
    imported: Any, client_of: Clients, coordinator: Appointment
) -> None:
    imported(case("official.xlsx"), hidden_rows=True)
    dispute = Dispute.objects.get(title="田埂纠纷")
    page = client_of(coordinator).get(f"/disputes/{dispute.number}/").content.decode()
    assert "原编号" in page
    assert "001" in page.split("原编号")[1][:200]


def test_hidden_rows_may_be_left_out(imported: Any) -> None:
    imported(case("official.xlsx"), hidden_rows=False)
    assert not Dispute.objects.filter(title="隐藏纠纷").exists()


def test_a_csv_in_gb18030_is_imported(looked: Any) -> None:
    check = looked(case("official-gb18030.csv"))
    assert (check.total, check.fine) == (5, 1)  # without merged cells the place stands in the first line only


def test_columns_that_are_not_read_are_named_with_what_they_hold(looked: Any, village_name: str) -> None:
    titles = [*TITLES, "调解员", "序号"]
    check = looked(sheet([*line(place=village_name), "张", 1], titles=titles))
    assert "“调解员”列不登记，有 1 格内容" in notes(check)
    assert "序号" not in notes(check)


def test_a_year_and_a_unit_that_nobody_wrote_are_asked(looked: Any, imported: Any, village_name: str) -> None:
    titles = [title.removesuffix("（元）") for title in TITLES]
    told = line(place=village_name, occurred_on="2月27日", amount="3.5")
    check = looked(sheet(told, titles=titles))
    assert check.open_questions() == ["year", "unit"]
    imported(sheet(told, titles=titles), year=2026, unit="wan")
    dispute = Dispute.objects.get()
    assert (dispute.occurred_on, dispute.amount_fen) == (date(2026, 2, 27), 3_500_000)


def test_who_does_not_know_the_year_leaves_these_lines_out(imported: Any, village_name: str) -> None:
    row = imported(sheet(line(place=village_name, occurred_on="2月27日")), year=0)
    assert states(row) == [STATE.REFUSED]


def test_a_word_for_a_category_can_be_given_a_meaning(looked: Any, imported: Any, village_name: str) -> None:
    told = sheet(
        line(place=village_name, category="隔壁的事"),
        line(place=village_name, category="邻里纠纷", old_number="2"),
    )
    check = looked(told)
    assert (check.words, check.fine) == ({"隔壁的事": 1}, 1)
    told.seek(0)
    imported(told, categories={"隔壁的事": "neighbour"})
    assert {one.category.code for one in Dispute.objects.all()} == {"neighbour"}


def test_one_cause_is_one_line(looked: Any, village_name: str) -> None:
    lines = [line(old_number=str(n), place="火星") for n in range(7)]
    (cause,) = checks.causes(looked(sheet(*lines)))
    assert (cause.count, cause.where) == (7, "第 2、3、4 行等")


def test_changed_characters_and_spoilt_cells_are_named(looked: Any, village_name: str) -> None:
    check = looked(
        sheet(
            line(place=village_name, applicant="田\ue001国"),
            line(place=village_name, old_number=2, applicant_id="1.10101199003071E+17"),
        )
    )
    assert "第 2 行，申请人 U+E001" in notes(check)
    assert [cause.column for cause in checks.causes(check)] == ["申请人证件号"]


def test_what_was_refused_comes_back_unchanged_and_is_registered_as_written(
    imported: Any, village_name: str
) -> None:
    said = {"narrative": "-3月2日双方争吵，\n=要求丈量。'", "applicant_phone": "+8613800001234"}
    row = imported(sheet(line(place="火星", **said)))
    returned = import_reports.refused_sheet(row)
    book = load_workbook(BytesIO(returned))
    cells = {title.value: cell for title, cell in zip(book.active[1], book.active[2], strict=True)}
    assert (cells["事由"].value, cells["申请人电话"].value) == (said["narrative"], said["applicant_phone"])
    assert {cell.data_type for cell in cells.values() if cell.value} == {"s"}
    cells["发生地"].value = village_name
    store = BytesIO()
    book.save(store)
    imported(SimpleUploadedFile("未登记的行-1.xlsx", store.getvalue()))
    dispute = Dispute.objects.get()
    assert dispute.narrative == said["narrative"]
    assert dispute.parties.get(position=0).phone.removeprefix("+86") == "13800001234"


def test_amounts_of_refused_lines_carry_the_unit_of_their_heading(imported: Any) -> None:
    titles = [title.replace("（元）", "（万元）") for title in TITLES]
    row = imported(sheet(line(place="火星", amount="3.5"), titles=titles))
    book = load_workbook(BytesIO(import_reports.refused_sheet(row)))
    said = dict(
        zip([cell.value for cell in book.active[1]], [cell.value for cell in book.active[2]], strict=True)
    )
    assert said["涉及金额（元）"] == "3.5万元"
