"""Importing places through the pages: preview, report by row, load."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Appointment
from jurisdictions.models import Place

ADDRESS = "/manage/places/import/"
GOOD = "统计用区划代码,名称\n369901000000,青岚县\n369901103000,云峰乡\n369901103201,云峰村委会\n"


def upload(house: Client, content: bytes) -> object:
    file = SimpleUploadedFile("codes.csv", content, "text/csv")
    return house.post(ADDRESS, {"file": file, "valid_from": "2026-03-02"})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_preview_then_load(encoding: str, house: Client) -> None:
    page = upload(house, GOOD.encode(encoding))
    assert [(row["line"].name, str(row["words"])) for row in page.context["rows"]] == [
        ("云峰乡", "新增"),
        ("云峰村", "新增"),
        ("青岚县", "不变"),
    ]
    assert not Place.objects.filter(name="云峰乡").exists()
    hidden = page.context["form"].initial
    answer = house.post(ADDRESS, {"confirm": "1", "text": hidden["text"], "valid_from": "2026-03-02"})
    assert answer.headers["Location"] == "/manage/places/"
    assert Place.objects.get(name="云峰村").parent == Place.objects.get(name="云峰乡")


def test_wrong_lines_come_first_and_there_is_nothing_to_confirm(house: Client) -> None:
    page = upload(house, (GOOD + "36990110X,坏镇\n").encode())
    assert [str(row["problem"]) for row in page.context["rows"][:2]] == ["代码应为 6、9 或 12 位数字", ""]
    assert 'name="confirm"' not in page.content.decode()


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02", b"\x89PNG\r\n\x1a\n\xff\xfe", "姓名,电话\n张三,139\n".encode()]
)
def test_another_kind_of_file_is_told_at_the_field(house: Client, content: bytes) -> None:
    page = upload(house, content)
    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["file"]


@pytest.mark.parametrize(
    "content",
    [
        GOOD.encode() + b"\xff\xff",
        GOOD.encode() + b'369901103202,"' + b"x" * 200_000,
        GOOD.encode() + b"369901103202,\xe4\xba\x91\n" * 20_001,
        b"PK\x03\x04" + bytes(range(256)) * 8,
    ],
)
def test_a_damaged_or_endless_file_is_told_at_the_field_and_nothing_is_cut_off(
    house: Client, content: bytes
) -> None:
    page = upload(house, content)
    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["file"]


def test_lines_that_end_as_on_old_machines_are_lines(house: Client) -> None:
    page = upload(house, GOOD.replace("\n", "\r").encode("gb18030"))
    assert len(page.context["rows"]) == 3


def test_a_text_that_was_not_previewed_leads_back_to_the_upload(house: Client) -> None:
    answer = house.post(ADDRESS, {"confirm": "1", "text": "没有列", "valid_from": "2026-03-02"})
    assert answer.headers["Location"] == ADDRESS


def test_places_changed_since_the_preview_are_shown_again(
    house: Client, people: dict[str, Appointment]
) -> None:
    text = "代码,名称,简码\n369901103000,云峰乡,t01\n"
    page = house.post(ADDRESS, {"confirm": "1", "text": text, "valid_from": "2026-03-02"})
    assert page.context["counts"]["wrong"] == 1
    assert not Place.objects.filter(name="云峰乡").exists()


def test_the_hierarchy_is_walked_down(house: Client) -> None:
    assert [row.name for row in house.get("/manage/places/").context["page"]["rows"]] == ["青岚县"]
    towns = house.get("/manage/places/?within=369901")
    assert [(row.name, row.below) for row in towns.context["page"]["rows"]] == [("青石镇", 2), ("柳河乡", 2)]
    found = house.get("/manage/places/?within=369901&q=上湾")
    assert [row.code for row in found.context["page"]["rows"]] == ["369901101201", "369901102201"]
