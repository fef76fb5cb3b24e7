"""Who gave a case back sees what stood there then, whatever was put right since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from accounts.models import Appointment
from tests.disputes.conftest import Make
from tests.disputes.mending.test_correct import T01, corrected
from tests.factories.disputes import QUARREL, take

pytestmark = pytest.mark.django_db
Clients = Callable[[Appointment], Client]
DAY = timedelta(days=1)


def test_who_gave_it_back_sees_what_stood_there_then(
    register: Make,
    coordinator: Appointment,
    village: Appointment,
    client_of: Clients,
    api_client_of: Clients,
    now: datetime,
) -> None:
    dispute = register(amount_fen=100, occurred_on=date(2026, 2, 1))
    take("accept", dispute, coordinator, now)
    take("assign", dispute, coordinator, now, lead_unit="t01.v01")
    take("sign_for", dispute, village, now)
    take("transfer", dispute, coordinator, now + DAY, lead_unit="t01.v02", reason="换村")
    fields = {
        "title": "改过的标题",
        "narrative": "改过的事由，两家为晒场争吵。",
        "category": "wage_arrears",
        "place": "t01.v02",
        "people_count": 55,
        "occurred_on": date(2026, 2, 28),
        "amount": Decimal("7777.00"),
        "jurisdiction": {"unit": "改过的单位", "unit_relation": "inside", "sectors": ["labour"]},
    }
    corrected(dispute, coordinator, now + 2 * DAY, **fields)
    page = client_of(village).get(f"/disputes/{dispute.number}/").content.decode()
    answer = api_client_of(village).get(f"/api/v1/disputes/{dispute.number}/").json()
    for word in ("改过", "拖欠农民工工资", "青石镇石桥村", "55 人", "2026-02-28", "7,777", "劳动和社会保障"):
        assert word not in page, word
    assert "排水沟改道引起的争执" in page
    assert (answer["title"], answer["category"], answer["place"]) == (QUARREL.title, "neighbour", f"{T01}201")
    assert (answer["people_count"], answer["amount"], answer["occurred_on"]) == (2, "1.00", "2026-02-01")
    assert answer["narrative"] == QUARREL.narrative
    assert answer["jurisdiction"] == {
        **{"towns": [], "sectors": [], "unit": None},
        **{"unit_relation": None, "unit_consent": None},
    }
