import json
from datetime import datetime

import pytest
from django.db import DatabaseError, connection, transaction

from disputes.models import TrailEntry
from disputes.rules import chain

pytestmark = pytest.mark.django_db


def test_each_entry_is_chained_to_the_one_before(settled):
    previous = chain.GENESIS
    for seq, entry in enumerate(settled.trail.order_by("seq"), start=1):
        payload = json.loads(entry.payload)
        assert (payload["seq"], payload["dispute"]) == (seq, settled.number)
        assert entry.previous_hash == previous
        assert entry.hash == chain.entry_hash(previous, entry.payload)
        previous = entry.hash


def test_the_database_writes_its_own_clock(settled, monday):
    entry = settled.trail.first()
    assert entry.at == monday
    assert entry.recorded_at > datetime(2026, 6, 1, tzinfo=monday.tzinfo)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE disputes_trailentry SET actor_label = '别人'",
        "DELETE FROM disputes_trailentry",
        "TRUNCATE disputes_trailentry CASCADE",
    ],
)
def test_nobody_changes_or_removes_an_entry(settled, statement):
    before = settled.trail.count()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert TrailEntry.objects.filter(dispute=settled).count() == before


def test_a_payload_holds_no_persons_and_no_stories(settled):
    whole = "".join(settled.trail.values_list("payload", flat=True))
    assert not any(word in whole for word in ("张建国", "李大山", "13800000001", "排水沟", "恢复原沟"))
