"""Urgent messages leave though broker and worker are killed; none is sent twice, none is forgotten."""

import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.faults.clerks import register
from tests.faults.gateway import Gateway, running_gateway
from tests.faults.product import Product, wait_until

pytestmark = pytest.mark.fault

COUNT = 20
# between sending and writing it down a dead worker leaves a row "sending"; ten minutes on it is "unknown"
SETTLED = timedelta(minutes=11)
SWITCH = (
    "from notifications.models import ChannelSetting as C;"
    "print(C.objects.filter(channel='webhook').update(enabled={enabled}, target={target!r}))"
)


def switch_webhook(product: Product, *, enabled: bool, target: str) -> None:
    said = product.manage("shell", "-v0", "-c", SWITCH.format(enabled=enabled, target=target))
    assert said.stdout.split() == ["1"], said.stderr


@pytest.fixture
def gateway(product: Product) -> Iterator[Gateway]:
    with running_gateway() as gateway:
        switch_webhook(product, enabled=True, target=gateway.target)
        yield gateway
        switch_webhook(product, enabled=False, target="")


def states(product: Product, numbers: list[str]) -> Counter[str]:
    rows = product.rows(
        """
        SELECT delivery.state FROM notifications_delivery delivery
        JOIN notifications_notice notice ON notice.id = delivery.notice_id
        WHERE notice.kind = 'danger' AND substring(notice.title FROM '^\\S+') = ANY(%s)
        """,
        numbers,
    )
    return Counter(state for (state,) in rows)


def shown(product: Product, number: str) -> str:
    """The number as people see it, by the database's own words."""
    rows = product.rows(
        """
        SELECT format('〔%%s〕%%s第%%s号', book.year, book.printed_name, lpad(dispute.seq::text, 6, '0'))
        FROM disputes_dispute dispute JOIN disputes_ledgerbook book ON book.id = dispute.book_id
        WHERE dispute.number = %s
        """,
        number,
    )
    return str(rows[0][0])


def is_danger(text: str, numbers: list[str]) -> bool:
    number, _, words = text.partition(" ")
    return number in numbers and "人身危险" in words


def test_every_message_is_sent_once_or_shown_as_unknown(
    product: Product, clerk_token: str, gateway: Gateway
) -> None:
    danger = {"danger": True, "danger_told": "110", "danger_told_at": datetime.now(UTC).isoformat()}
    numbers = []
    for number in range(COUNT):
        numbers.append(shown(product, register(product, clerk_token, f"扬言点火 {number}", **danger)))
        if number in (4, 9, 14):
            product.kill("worker" if number != 9 else "redis")
    expected = states(product, numbers).total()
    assert expected >= COUNT

    wait_until(lambda: not states(product, numbers)["waiting"], 300)
    later = datetime.now(UTC) + SETTLED
    assert product.manage("sweep", "--at", later.isoformat()).returncode == 0

    ended = states(product, numbers)
    assert set(ended) <= {"sent", "unknown"}, ended
    assert ended.total() == expected
    arrived = Counter(message for message in gateway.received if is_danger(message[1], numbers))
    assert [message for message, times in arrived.items() if times > 1] == []
    assert ended["sent"] <= len(arrived) <= expected


def test_a_message_leaves_within_seconds_when_all_is_well(
    product: Product, clerk_token: str, gateway: Gateway
) -> None:
    danger = {"danger": True, "danger_told": "110", "danger_told_at": datetime.now(UTC).isoformat()}
    number = shown(product, register(product, clerk_token, "扬言喝药", **danger))
    begun = time.monotonic()
    wait_until(lambda: any(text.startswith(number) for _path, text in gateway.received), 55)
    assert time.monotonic() - begun < 55  # sooner than the periodic job would have sent it
