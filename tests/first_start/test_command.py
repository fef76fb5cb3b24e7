"""`manage.py set_up_county`: from files to a county, once or again, and clear refusals that write nothing."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Appointment, User
from audit.models import AccessEvent
from calendars.models import CalendarDay
from core.models import Installation
from jurisdictions.models import Organization, Place, Post, Sector
from tests.first_start.county import HOLIDAYS, OFFICERS, PEOPLE, PLACES

pytestmark = pytest.mark.usefixtures("empty")


def set_up(folder: Path, **files: str) -> str:
    """What the command said; `files` are written into the folder first."""
    names = []
    for name, text in files.items():
        path = folder / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        names.append(str(path))
    said = StringIO()
    call_command("set_up_county", *names, stdout=said)
    return said.getvalue()


def refusal(folder: Path, **files: str) -> str:
    with pytest.raises(CommandError) as refused:
        set_up(folder, **files)
    assert not Place.objects.exists()
    assert not Organization.objects.exists()
    assert not User.objects.exists()
    return str(refused.value)


def test_a_county_comes_out_of_its_files(tmp_path: Path) -> None:
    said = set_up(tmp_path, places=PLACES, people=PEOPLE, plan=HOLIDAYS)
    assert list(Place.objects.filter(kind="town").values_list("alias", "name")) == [
        ("t01", "城关街道"),
        ("t02", "白石镇"),
        ("t03", "茶亭乡"),
    ]
    centre = Organization.objects.get(code="t02.centre")
    assert (centre.name, centre.place.name, centre.parent.code) == (
        "白石镇社会治安综合治理中心",
        "白石镇",
        "county.centre",
    )
    assert Organization.objects.get(code="hrss").name == "云岭县人力资源和社会保障局"
    assert Sector.objects.get(code="labour").organizations.filter(code="t02.hrss").exists()
    held = {row.user.username: row.post.code for row in Appointment.objects.with_post()}
    assert held == {
        "chen.admin": "county.data:administrator",
        "li.security": "county.security:security",
        "wang.audit": "county.audit:auditor",
        "zhao.clerk": "t02.centre:clerk",
        "qian.director": "t02.centre:coordinator",
        "sun.village": "t02.v02:village_secretary",
    }
    assert CalendarDay.objects.get(date="2031-01-25").is_workday
    assert (
        said.count("首次密码：") == 3
    )  # the officers' alone: the others get theirs from the security administrator
    assert AccessEvent.objects.filter(target_type="organization", target_id="import").exists()


def test_again_with_the_same_files_changes_nothing(tmp_path: Path) -> None:
    set_up(tmp_path, places=PLACES, people=PEOPLE)
    before = (
        Place.objects.count(),
        Organization.objects.count(),
        Post.objects.count(),
        AccessEvent.objects.count(),
    )
    passwords = list(User.objects.values_list("username", "password"))
    Organization.objects.filter(code="t02.centre").update(
        short_name="白石中心"
    )  # the county's own word since
    assert "没有改动" in set_up(tmp_path, places=PLACES, people=PEOPLE)
    assert before == (
        Place.objects.count(),
        Organization.objects.count(),
        Post.objects.count(),
        AccessEvent.objects.count(),
    )
    assert passwords == list(User.objects.values_list("username", "password"))
    assert Organization.objects.get(code="t02.centre").short_name == "白石中心"


def test_again_with_more_adds_what_is_missing(tmp_path: Path) -> None:
    set_up(tmp_path, places=PLACES, people=OFFICERS)
    more = PLACES + "369902050000,,新设镇\n369902050201,,新村委会\n"
    set_up(tmp_path, places=more, people=PEOPLE)
    assert Organization.objects.get(code="t04.centre").name == "新设镇社会治安综合治理中心"
    assert Organization.objects.get(code="t04.v01").place.code == "369902050201"
    assert Appointment.objects.filter(user__username="zhao.clerk").exists()


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"places": PLACES}, "还没有写明由谁担任系统管理员"),
        ({"people": OFFICERS}, "没有县这一行"),
        ({"places": PLACES + "370100100000,,别县镇\n", "people": OFFICERS}, "370100100 别县镇"),
        (
            {"places": PLACES, "people": OFFICERS + "zhou.clerk,周七,t09.centre,受理员\n"},
            "第 5 行：没有“t09.centre:clerk”",
        ),
        (
            {"places": PLACES, "people": OFFICERS.replace("li.security,李二", "chen.admin,陈一")},
            "三个人分别担任",
        ),
        ({"places": PLACES, "people": OFFICERS, "plan": HOLIDAYS + "2031-02-30,休,没有的日子\n"}, "第 5 行"),
        ({"places": "名称\n白石镇\n", "people": OFFICERS}, "没有找到区划代码和名称两列"),
        ({"places": "代码,名称\n369902,云岭县\n", "people": OFFICERS}, "没有乡镇"),
    ],
)
def test_a_refusal_says_where_and_writes_nothing(tmp_path: Path, files: dict[str, str], told: str) -> None:
    assert told in refusal(tmp_path, **files)


def test_a_file_of_a_spreadsheet_in_gb18030_is_read(tmp_path: Path) -> None:
    names = [tmp_path / "places.csv", tmp_path / "people.csv"]
    for path, text in zip(names, (PLACES, OFFICERS), strict=True):
        path.write_bytes(text.encode("gb18030"))
    call_command("set_up_county", *map(str, names), stdout=StringIO())
    assert Place.objects.filter(name="城关街道").exists()


def test_a_known_account_of_another_name_is_refused(tmp_path: Path) -> None:
    User.objects.create(username="li.security", name="另一人")
    with pytest.raises(CommandError, match="已属于另一人"):
        set_up(tmp_path, places=PLACES, people=OFFICERS)
    assert not Place.objects.exists()


def test_the_demo_county_is_left_alone(tmp_path: Path) -> None:
    Installation.objects.update(kind=Installation.Kind.DEMO)
    assert "演示县" in refusal(tmp_path, places=PLACES, people=OFFICERS)


def test_the_usual_departments_are_printed_as_the_file_to_edit(tmp_path: Path) -> None:
    said = StringIO()
    call_command("set_up_county", departments=True, stdout=said)
    fewer = "".join(line for line in said.getvalue().splitlines(True) if not line.startswith("tax,"))
    set_up(tmp_path, places=PLACES, people=OFFICERS, departments=fewer)
    assert not Organization.objects.filter(code="tax").exists()
    assert Organization.objects.filter(code="court", vertically_managed=True).exists()
