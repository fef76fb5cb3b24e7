from datetime import date, datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from calendars.models import CalendarDay, CalendarYear, DeadlineRule
from calendars.services import workdays
from tests.calendars.conftest import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
PAGES = ("year", "rules", "calculator")
EDITING = (
    reverse("calendars:day", args=["2026-03-03"]),
    reverse("calendars:import", args=[2027]),
    reverse("calendars:new_rule"),
)


def upload(content: bytes, name: str = "plan.csv") -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, content), "source": "国办通知"}


def test_the_year_shows_holidays_and_make_up_days_in_words(reader: Client) -> None:
    page = reader.get(reverse("calendars:year", args=[2026])).content.decode()

    assert "国庆节 10月1日至7日" in page
    assert "调休上班 10月10日" in page
    assert "全年 248 个工作日" in page


def test_the_calendar_opens_on_this_year(reader: Client) -> None:
    with time_machine.travel(at(2026, 3, 2)):
        answer = reader.get(reverse("calendars:this_year"))

    assert answer["Location"] == reverse("calendars:year", args=[2026])


@pytest.mark.parametrize("name", PAGES)
def test_everybody_signed_in_may_read(name: str, reader: Client) -> None:
    args = [2026] if name == "year" else []

    assert reader.get(reverse(f"calendars:{name}", args=args)).status_code == 200


@pytest.mark.parametrize("url", EDITING)
def test_only_who_keeps_the_calendar_may_edit(url: str, reader: Client, client: Client) -> None:
    assert reader.get(url).status_code == 403
    assert reader.post(url, {}).status_code == 403
    assert client.get(url).status_code == 302  # to the login page


@pytest.mark.parametrize("url", EDITING)
def test_the_administrator_opens_every_form(url: str, administrator: Client) -> None:
    assert administrator.get(url).status_code == 200


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("day", "said"), [(at(2026, 10, 31), False), (at(2026, 11, 1), True)])
def test_from_november_on_the_pages_say_that_next_year_is_missing(
    day: datetime, said: bool, name: str, reader: Client
) -> None:
    url = reverse(f"calendars:{name}", args=[2026] if name == "year" else [])

    with time_machine.travel(day):
        page = reader.get(url).content.decode()

    assert ("2027年放假安排尚未录入" in page) == said


def test_a_year_not_loaded_says_so(reader: Client) -> None:
    page = reader.get(reverse("calendars:year", args=[2031])).content.decode()

    assert "2031年放假安排尚未录入" in page


@pytest.mark.parametrize("path", ["/calendars/1/", "/calendars/9999/", "/calendars/days/2026-02-30/"])
def test_what_is_no_year_or_day_is_not_found(path: str, administrator: Client) -> None:
    assert administrator.get(path).status_code == 404


def test_a_day_is_set_off_and_back_again(administrator: Client) -> None:
    url = reverse("calendars:day", args=["2026-03-03"])

    administrator.post(url, {"kind": "holiday", "name": "暴雪停工", "source": "县通知"})
    assert not workdays.known().is_workday(date(2026, 3, 3))
    administrator.post(url, {"kind": "normal", "name": "", "source": ""})
    assert workdays.known().is_workday(date(2026, 3, 3))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"kind": "holiday", "name": ""}, "请写明节日或调休的名称"),
        ({"kind": "makeup", "name": "调休"}, "工作日本来就上班"),
        ({}, "必填"),
    ],
)
def test_a_wrong_day_is_told_at_the_form(data: dict[str, str], message: str, administrator: Client) -> None:
    answer = administrator.post(reverse("calendars:day", args=["2026-03-03"]), data)

    assert answer.status_code == 200
    assert message in answer.content.decode()
    assert not CalendarDay.objects.filter(date=date(2026, 3, 3)).exists()


def test_a_plan_is_previewed_before_it_is_loaded(administrator: Client) -> None:
    url = reverse("calendars:import", args=[2027])
    text = "日期,类型,名称\n2027-01-01,休,元旦\n2027-02-07,班,春节\n"

    preview = administrator.post(url, upload(text.encode("gb18030")))
    assert "共 2 行，有误 0 行" in preview.content.decode()
    assert not CalendarYear.objects.filter(year=2027).exists()

    answer = administrator.post(url, {"confirm": "1", "text": text, "source": "国办通知"})
    assert answer["Location"] == reverse("calendars:year", args=[2027])
    assert CalendarDay.objects.filter(year=2027).count() == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize(("separator", "end"), [(",", "\r"), ("\t", "\r\n"), (";", "\n")])
def test_a_plan_is_read_as_office_programs_save_it(
    encoding: str, separator: str, end: str, administrator: Client
) -> None:
    rows = ["日期,类型,名称", "２０２７／１／１,休,元旦", "2027年2月7日,班,春节"]
    text = end.join(rows).replace(",", separator)
    page = administrator.post(reverse("calendars:import", args=[2027]), upload(text.encode(encoding)))
    assert "共 2 行，有误 0 行" in page.content.decode()


@pytest.mark.parametrize(
    "text",
    [
        '2027-01-01,休,"' + "元旦\n" * 3,
        "99999999999999999999-1-1,休,元旦\n",
        '"a"b\r"c,休,元旦\n',
        "²,休,元旦\n",
        "2027-1-" + "9" * 5000,
    ],
)
def test_no_plan_is_a_failure_of_the_page(text: str, administrator: Client) -> None:
    page = administrator.post(reverse("calendars:import", args=[2027]), upload(text.encode()))
    assert page.status_code == 200
    assert "确认录入" not in page.content.decode()


@pytest.mark.parametrize(
    "content", [b"\0\1", b"2027-01-01,\xff\xff", b"\xff\xfea", b"PK\x03\x04" + bytes(range(256))]
)
def test_what_is_no_text_is_told_at_the_field(content: bytes, administrator: Client) -> None:
    page = administrator.post(reverse("calendars:import", args=[2027]), upload(content))
    assert list(page.context["form"].errors) == ["file"]


def test_a_plan_with_a_wrong_line_is_shown_line_by_line_and_not_loaded(administrator: Client) -> None:
    url = reverse("calendars:import", args=[2027])
    text = "2027-01-01,休,元旦\n2027-13-01,休,元旦\n"

    page = administrator.post(url, upload(text.encode())).content.decode()
    assert "日期读不懂" in page
    assert "确认录入" not in page

    administrator.post(url, {"confirm": "1", "text": text, "source": "国办通知"})
    assert not CalendarYear.objects.filter(year=2027).exists()


@pytest.mark.parametrize("content", [b"\x00\x01\x02\xff\xfe", b"a" * 70_000, b""])
def test_a_file_that_is_no_plan_is_refused_in_words(content: bytes, administrator: Client) -> None:
    answer = administrator.post(reverse("calendars:import", args=[2027]), upload(content))

    assert answer.status_code == 200
    assert "还有内容需要改正" in answer.content.decode()


def test_the_plan_comes_back_as_the_file_an_import_takes(administrator: Client) -> None:
    text = administrator.get(reverse("calendars:download", args=[2026])).content.decode()

    page = administrator.post(reverse("calendars:import", args=[2026]), upload(text.encode()))
    assert "共 39 行，有误 0 行" in page.content.decode()


def test_a_new_rule_stands_beside_the_old_one(administrator: Client) -> None:
    with time_machine.travel(at(2026, 3, 2)):
        answer = administrator.post(
            reverse("calendars:new_rule"),
            {
                "key": "accept",
                "limit": "1",
                "unit": "working_day",
                "effective_from": "2026-04-01",
                "source": "县办〔2026〕3号",
            },
        )
        page = administrator.get(reverse("calendars:rules")).content.decode()

    assert answer.status_code == 302
    assert DeadlineRule.objects.filter(key="accept").count() == 2
    assert "县办〔2026〕3号" in page
    assert "待生效" in page


def test_a_rule_for_the_past_is_told_at_its_field(administrator: Client) -> None:
    answer = administrator.post(
        reverse("calendars:new_rule"),
        {"key": "accept", "limit": "1", "unit": "day", "effective_from": "2020-04-01", "source": "县"},
    )

    assert "不能改动过去" in answer.content.decode()


def test_the_calculator_answers_with_the_reason(reader: Client) -> None:
    page = reader.get(
        reverse("calendars:calculator"), {"start": "2026-09-28", "limit": "12", "unit": "working_day"}
    ).content.decode()

    assert "2026-10-20 23:59" in page
    assert "自2026-09-28起12个工作日：跳过国庆节10月1日至7日；10月10日为调休上班日" in page


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ({"start": "2026-12-28", "limit": "5", "unit": "working_day"}, "2027年放假安排尚未录入"),
        ({"start": "2026-03-02", "limit": "2", "unit": "hour"}, "请写明几点起"),
        ({"start": "someday", "limit": "-1", "unit": "weeks"}, "还有内容需要改正"),
        ({"start": "0001-01-01", "limit": "1", "unit": "day"}, "还有内容需要改正"),
    ],
)
def test_what_cannot_be_calculated_is_said(question: dict[str, str], message: str, reader: Client) -> None:
    answer = reader.get(reverse("calendars:calculator"), question)

    assert answer.status_code == 200
    assert message in answer.content.decode()


def test_the_rules_page_asks_no_more_when_there_are_more_rules(reader: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            reader.get(reverse("calendars:rules"))
        return len(captured)

    queries()
    before = queries()
    DeadlineRule.objects.bulk_create(
        DeadlineRule(
            key="result", category=f"c{n}", limit=n, unit="day", effective_from=date(2026, 1, 1), source="县"
        )
        for n in range(1, 40)
    )

    queries()  # the rules in force are read anew
    assert queries() == before
