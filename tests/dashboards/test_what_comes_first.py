"""Danger, then levels 1 to 3, then what is due: on the first page of every role, and each level with its pill."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Appointment
from core import clock
from dashboards.selectors.home import home_page
from dashboards.selectors.warning_figures import warning_figures
from disputes.models import Dispute
from disputes.selectors.filters import LedgerFilter
from disputes.services import drafts
from early_warning.selectors import board
from jurisdictions.models import Organization
from tests.factories.accounts import actor
from tests.factories.disputes import registered, take
from tests.factories.warnings import a_warning, an_escalation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
ROLES = ("clerk", "coordinator", "deputy", "mayor", "village", "county_office", "county_head", "duty")
Open = Callable[[Appointment], Client]


@pytest.fixture
def four(clerk: Appointment, coordinator: Appointment, village: Appointment) -> dict[str, Dispute]:
    """One of each, in a village's hands, the least urgent entered last."""
    now = clock.now()
    found = {}
    for name, level, danger in (
        ("三级", 3, False),
        ("一级", 1, False),
        ("危险", 0, True),
        ("平常", 0, False),
    ):
        dispute = registered(clerk, now, title=f"{name}的争执", danger=danger)
        take("accept", dispute, coordinator, now)
        found[name] = take("assign", dispute, coordinator, now, lead_unit="t01.v01")
        if level:
            a_warning(dispute, level, now)
    return found


def places(page: str, four: dict[str, Dispute]) -> list[str]:
    """The names in the order of their first row."""
    found = {name: page.find(f'href="/disputes/{dispute.number}/"') for name, dispute in four.items()}
    return sorted((name for name, at in found.items() if at >= 0), key=lambda name: found[name])


@pytest.mark.parametrize("role", ROLES)
def test_every_role_reads_danger_then_levels_then_the_rest(
    role: str, request: pytest.FixtureRequest, four: dict[str, Dispute], client_of: Open
) -> None:
    page = client_of(request.getfixturevalue(role)).get("/").content.decode()
    seen = places(page, four)
    if role == "duty":  # sees what is dangerous, and what its centre has
        assert seen[0] == "危险"
    else:
        assert seen[:3] == ["危险", "一级", "三级"]


def test_every_row_of_a_level_shows_its_pill_and_no_other(
    four: dict[str, Dispute], client_of: Open, village: Appointment
) -> None:
    page = client_of(village).get("/").content.decode()
    for row in re.findall(r'<li class="work-item">.*?</li>', page, re.S):
        (number,) = set(re.findall(r"/disputes/([^/]+)/", row))
        level = Dispute.objects.get(number=number).warning_level
        assert re.findall(r"level-([123])", row) == ([str(level)] if level else [])
    assert page.count('class="level ') >= 4  # once among the levels, once in what waits


def test_a_unit_that_is_a_party_sees_neither_pill_nor_place_by_level(
    four: dict[str, Dispute], client_of: Open, village: Appointment
) -> None:
    unit = Organization.objects.get(code="t01.v01")
    Dispute.objects.filter(pk=four["一级"].pk).update(unit=unit)
    page = client_of(village).get("/").content.decode()
    section = page[: page.index("等我办理")]
    assert four["三级"].number in section
    assert four["一级"].number not in section
    assert "level-1" not in page
    assert four["一级"].number in page


def test_the_levels_link_opens_exactly_the_rows_they_count(
    four: dict[str, Dispute], coordinator: Appointment
) -> None:
    by, now = actor(coordinator), clock.now()
    (levels,) = home_page(by, now).levels
    rows = LedgerFilter(_query(levels.url), Dispute.objects.visible_to(by), by=by, now=now).qs
    assert {item.url for item in levels.items} == {f"/disputes/{row.number}/" for row in rows}


@pytest.mark.parametrize("role", ["clerk", "coordinator", "mayor", "village", "county_office"])
def test_more_rows_cost_no_more_queries(
    role: str, request: pytest.FixtureRequest, four: dict[str, Dispute], clerk: Appointment, client_of: Open
) -> None:
    client = client_of(request.getfixturevalue(role))
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    now = clock.now()
    for level in (1, 2, 3):
        a_warning(registered(clerk, now, title="又一件"), level, now)
        registered(clerk, now, danger=True)
    with CaptureQueriesContext(connection) as many:
        client.get("/")
    assert len(many) <= len(few)


@pytest.mark.parametrize(
    ("role", "most"),
    [("clerk", 18), ("coordinator", 22), ("mayor", 20), ("village", 18), ("county_office", 26)],
)
def test_the_queries_of_a_home(
    role: str, most: int, request: pytest.FixtureRequest, four: dict[str, Dispute], client_of: Open
) -> None:
    client = client_of(request.getfixturevalue(role))
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    assert len(asked) <= most, "\n".join(query["sql"][:160] for query in asked)


BOXES = re.compile(r"<h2[^>]*>(?:<svg.*?</svg>)?\s*([^<]*?) \((\d+)\+?\)\s*</h2>", re.S)


def boxes(page: str) -> list[tuple[str, int]]:
    """The titled boxes of a home in their order, with how many rows each says it has."""
    return [(title, int(count)) for title, count in BOXES.findall(page)]


@pytest.mark.parametrize("role", ROLES)
def test_a_box_with_something_in_it_comes_before_every_empty_one(
    role: str, request: pytest.FixtureRequest, clerk: Appointment, client_of: Open
) -> None:
    """Nothing is in danger and nothing of a level, one is late by days: only some boxes have rows."""
    registered(clerk, clock.now() - timedelta(days=20))
    found = boxes(client_of(request.getfixturevalue(role)).get("/").content.decode())
    filled = [count > 0 for _title, count in found]
    assert filled
    assert filled == sorted(filled, reverse=True)


@pytest.fixture
def unresolved(clerk: Appointment, coordinator: Appointment, handler: Appointment) -> Dispute:
    """Waits for the mayor's answer, and no other work does."""
    now = clock.now() - timedelta(hours=1)
    dispute = registered(clerk, now)
    take("accept", dispute, coordinator, now)
    take("assign", dispute, coordinator, now, lead_unit="t01.justice")
    take("sign_for", dispute, handler, now)
    take("submit_result", dispute, handler, now, outcome="no_agreement", account="三次调解未成。")
    return take("approve_result", dispute, coordinator, now, outcome="not_resolved")


def test_what_waits_for_a_leaders_answer_stands_above_their_empty_boxes(
    unresolved: Dispute, mayor: Appointment, client_of: Open
) -> None:
    found = [title for title, _count in boxes(client_of(mayor).get("/").content.decode())]
    assert found.index("处理未果，等我答复") < found.index("等我办理")
    assert found.index("处理未果，等我答复") < found.index("报告给我的预警")


def test_drafts_stand_above_an_empty_box_too(clerk: Appointment, client_of: Open) -> None:
    drafts.save(key=uuid4(), data={}, title="鱼塘承包", by=actor(clerk), now=clock.now())
    found = [title for title, _count in boxes(client_of(clerk).get("/").content.decode())]
    assert found.index("我的草稿") < found.index("等我办理")


# ── the county's figures ──


def _query(url: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in url.partition("?")[2].partition("#")[0].split("&"))


@pytest.fixture
def warned(
    reference_data: None, clerk: Appointment, mayor: Appointment, secretary: Appointment, monday: datetime
) -> None:
    """Level 1 told at nine and at ten, nobody answered; level 2 answered; level 3 settled since; one in danger."""
    first = a_warning(registered(clerk, monday), 1, monday)
    an_escalation(first, mayor, monday)
    later = a_warning(registered(clerk, monday), 1, monday)
    an_escalation(later, mayor, monday + timedelta(hours=1))
    answered = a_warning(registered(clerk, monday), 2, monday)
    an_escalation(
        answered, mayor, monday - timedelta(hours=5), acknowledged_at=monday, acknowledged_by=mayor.user
    )
    ended = registered(clerk, monday)
    a_warning(ended, 3, monday)
    Dispute.objects.filter(pk=ended.pk).update(status="declined")
    registered(clerk, monday, danger=True)


@pytest.mark.usefixtures("warned")
def test_the_figures_of_warnings_by_hand(county_office: Appointment, monday: datetime) -> None:
    found = warning_figures(actor(county_office), monday + timedelta(hours=18))
    assert {figure.label: figure.value for figure in found} == {
        "人身危险": 1,
        "一级": 2,
        "二级": 1,
        "三级": 0,
        "等待知悉": 2,
        "报到最后一级": 0,
    }
    (unanswered,) = [figure for figure in found if figure.label == "等待知悉"]
    assert unanswered.note == "最早的自 2026-03-02 09:00 起，已 18 小时 0 分"


@pytest.mark.usefixtures("warned")
@pytest.mark.parametrize("role", ["county_office", "county_head", "coordinator", "outside_coordinator"])
def test_each_figure_of_warnings_is_the_number_of_its_rows(
    role: str, request: pytest.FixtureRequest, monday: datetime
) -> None:
    by = actor(request.getfixturevalue(role))
    for figure in warning_figures(by, monday):
        query = _query(figure.url)
        if "show" in query:
            rows = board.board_page(by, query["show"], None).rows
            assert figure.value == len(rows), figure.label
        else:
            found = LedgerFilter(query, Dispute.objects.visible_to(by), by=by, now=monday).qs
            assert figure.value == found.count(), figure.label


@pytest.mark.usefixtures("warned")
def test_the_figures_stand_on_the_county_home_and_the_dashboard(
    county_office: Appointment, county_head: Appointment, coordinator: Appointment, client_of: Open
) -> None:
    for path in ("/", "/dashboards/county/"):
        for who in (county_office, county_head):
            page = client_of(who).get(path).content.decode()
            assert "level=1&amp;status=open" in page
            assert "show=unacknowledged#list" in page
            assert "最早的自 2026-03-02 09:00 起" in page
    assert "show=unacknowledged" not in client_of(coordinator).get("/").content.decode()


# ── drafts ──


def test_the_clerk_finds_the_way_back_into_each_draft(clerk: Appointment, client_of: Open) -> None:
    by, key, other = actor(clerk), uuid4(), uuid4()
    drafts.save(key=key, data={"title": "鱼塘承包"}, title="鱼塘承包", by=by, now=clock.now())
    drafts.save(key=other, data={}, title="", by=by, now=clock.now())
    page = client_of(clerk).get("/").content.decode()
    assert "我的草稿 (2)" in page
    assert f'href="/disputes/new/?draft={key}"' in page
    assert f'href="/disputes/new/?draft={other}"' in page
    assert "（还没有写事由）" in page
    assert client_of(clerk).get(f"/disputes/new/?draft={key}").status_code == 200


def test_nobody_finds_a_draft_of_somebody_else_and_nothing_stands_where_there_is_none(
    clerk: Appointment, coordinator: Appointment, deputy: Appointment, client_of: Open
) -> None:
    drafts.save(key=uuid4(), data={}, title="鱼塘承包", by=actor(clerk), now=clock.now())
    for who in (coordinator, deputy):
        assert "草稿" not in client_of(who).get("/").content.decode().partition("</nav>")[2]
