from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import Appointment
from core.actor import Actor
from disputes.models import Dispute
from disputes.rules import numbers
from disputes.rules.intake import PartyFacts
from disputes.selectors.filters import LedgerFilter
from tests.disputes.conftest import Make
from tests.factories import disputes

Actors = Callable[[Appointment], Actor]


@pytest.fixture
def found(actor: Actors, now: datetime) -> Callable[..., list[str]]:
    """Numbers a query finds for somebody, oldest first."""

    def find(by: Appointment, at: datetime = now, **query: Any) -> list[str]:
        acting = actor(by)
        filtered = LedgerFilter(query, Dispute.objects.visible_to(acting), by=acting, now=at)
        assert filtered.is_valid(), filtered.errors
        return list(filtered.qs.order_by("id").values_list("number", flat=True))

    return find


def test_status_open_and_ended(
    register: Make, found: Any, clerk: Appointment, coordinator: Appointment, now: datetime
) -> None:
    open_one, declined = register(), register()
    disputes.take("decline", declined, coordinator, now, reason="不属于受理范围", routes=["litigation"])
    assert found(clerk, status="open") == [open_one.number]
    assert found(clerk, status="ended") == [declined.number]
    assert found(clerk, status="declined") == [declined.number]


def test_town_village_and_alias(
    register: Make, found: Any, county_office: Appointment, outsider: Appointment
) -> None:
    here, there = register(), register(outsider, place="t02.v02")
    assert found(county_office, place="t01") == [here.number]
    assert found(county_office, place=there.town.code) == [there.number]
    assert found(county_office, place="t02.v02") == [there.number]
    assert found(county_office, place="t02.v01") == []
    assert found(county_office, place=there.place_code[:6]) == [here.number, there.number]


def test_period_counts_both_days(register: Make, found: Any, clerk: Appointment) -> None:
    dispute = register()
    assert found(clerk, registered_from="2026-03-02", registered_to="2026-03-02") == [dispute.number]
    assert found(clerk, registered_from="2026-03-03") == []
    assert found(clerk, registered_to="2026-03-01") == []


def test_overdue_and_due_soon_follow_the_clock(
    register: Make, found: Any, clerk: Appointment, now: datetime
) -> None:
    number = register().number
    due = Dispute.objects.get(number=number).next_due_at
    assert due is not None
    for moment, soon, late in (
        (due - timedelta(hours=1), True, False),
        (due + timedelta(hours=1), False, True),
    ):
        assert (found(clerk, moment, due_soon="1") == [number]) is soon
        assert (found(clerk, moment, overdue="1") == [number]) is late
        assert (found(clerk, moment, overdue="0") == [number]) is not late


def test_waiting_for_me_is_my_organization_and_my_role(
    register: Make,
    in_hand: Make,
    found: Any,
    clerk: Appointment,
    coordinator: Appointment,
    handler: Appointment,
) -> None:
    new, handled = register(), in_hand()
    assert found(coordinator, waiting="1") == [new.number]
    assert found(handler, waiting="1") == [handled.number]
    assert found(clerk, waiting="1") == []


def test_mine_is_what_i_registered_or_answer_for(
    in_hand: Make,
    register: Make,
    found: Any,
    clerk: Appointment,
    handler: Appointment,
    coordinator: Appointment,
) -> None:
    handled, other = in_hand(), register()
    assert found(handler, mine="1") == [handled.number]
    assert found(clerk, mine="1") == [handled.number, other.number]
    assert found(coordinator, mine="1") == []


def test_confidential_unit_category_and_danger(
    register: Make, in_hand: Make, found: Any, coordinator: Appointment
) -> None:
    plain = in_hand()
    family = register(category="family", danger=True)
    assert found(coordinator, confidential="1") == [family.number]
    assert found(coordinator, confidential="0") == [plain.number]
    assert found(coordinator, category="family") == [family.number]
    assert found(coordinator, lead_unit="t01.justice") == [plain.number]
    assert found(coordinator, danger="1") == [family.number]


def test_a_unit_that_is_a_party_cannot_learn_the_level_by_filtering(
    register: Make, found: Any, coordinator: Appointment, enterprise_handler: Appointment, now: datetime
) -> None:
    dispute = register(
        category="wage_arrears",
        unit="unit01",
        unit_relation="inside",
        unit_consent=True,
        parties=(
            PartyFacts(role="applicant", kind="group", name="二十一名工人", head_count=21),
            PartyFacts(role="respondent", kind="legal", name="青岚陶瓷厂", organization="unit01"),
        ),
        people_count=21,
    )
    disputes.take("accept", dispute, coordinator, now)
    disputes.take("assign", dispute, coordinator, now, lead_unit="unit01")
    Dispute.objects.filter(pk=dispute.pk).update(warning_level=2)
    assert found(enterprise_handler) == [dispute.number]
    for level in ("any", "0", "1", "2", "3"):
        assert found(enterprise_handler, level=level) == []
    assert found(coordinator, level="2") == [dispute.number]
    assert found(coordinator, level="any") == [dispute.number]


def test_filters_never_widen_what_is_visible(register: Make, found: Any, outsider: Appointment) -> None:
    dispute = register()
    for query in ({"q": dispute.number}, {"place": "t01"}, {"overdue": "0"}, {"q": "排水沟"}):
        assert found(outsider, **query) == []


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"place": "x"}, "没有“x”，请从列表中选择。"),
        ({"overdue": "perhaps"}, "请填写 1 或 0。"),
        ({"registered_from": "2026-13-01"}, "输入一个有效的日期。"),
        ({"status": "gone"}, "选择一个有效的选项。 gone 不在可用的选项中。"),
        ({"q": "好" * 61}, "确保该变量包含不超过 60 字符 (目前字符数 61)。"),
        ({"name": "forged"}, "姓名检索已过期，请重新检索。"),
    ],
)
def test_a_wrong_filter_says_so_and_finds_nothing(
    actor: Actors, clerk: Appointment, now: datetime, query: dict[str, str], message: str
) -> None:
    filtered = LedgerFilter(query, Dispute.objects.all(), by=actor(clerk), now=now)
    assert not filtered.is_valid()
    assert [str(error) for errors in filtered.form.errors.values() for error in errors] == [message]
    assert list(filtered.qs) == []


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("t01-2026-000123", numbers.AsNumber("t01-2026-000123")),
        (" T01-2026-123 ", numbers.AsNumber("t01-2026-000123")),
        ("〔2026〕青石镇第000123号", numbers.AsPrinted(2026, "青石镇", 123)),
        ("(2026)青石镇123", numbers.AsPrinted(2026, "青石镇", 123)),
        ("排水沟", None),
        ("61", numbers.InOwnBook(61)),
        ("000061", numbers.InOwnBook(61)),
        ("第６１号", numbers.InOwnBook(61)),
        ("12345热线", None),
        ("1234567", None),
        ("3.5", None),
    ],
)
def test_numbers_are_read_as_people_write_them(typed: str, read: object) -> None:
    assert numbers.parse(typed) == read
