"""收回交办: the county takes back what it handed down, until the result is approved."""

from __future__ import annotations

from datetime import timedelta

import pytest

from calendars.models import Deadline
from disputes.disclosure import disclosure
from disputes.errors import InvalidInput, NotPermitted, WrongState
from disputes.models import Dispute, Handing, StepRequest
from disputes.selectors import ledger, ledger_export
from disputes.selectors.as_of import as_seen
from disputes.selectors.filters import LedgerFilter
from disputes.services import clocks
from notifications.models import Notice
from safekeeping.services import verify
from tests.disputes.handing.test_hand_down import THIRTY_DAYS, day_of
from tests.factories.accounts import actor
from tests.factories.disputes import registered, take

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WHY = "县里直接约谈双方"
OF_THE_TOWN = {
    "accept",
    "sign_for",
    "review",
    "return_consent",
    "extension_decision",
    "county",
    "county_review",
}


def recall(dispute, by, now, reason=WHY):
    return take("recall", dispute, by, now, reason=reason)


def running(dispute) -> set[str]:
    return {row.kind for row in Deadline.objects.of("dispute", dispute.pk).unmet()}


def test_in_hand_it_is_the_countys_again_with_its_date(in_hand, county_office, monday):
    back = recall(in_hand, county_office, monday + DAY)
    assert (back.status, back.managing_org.code, back.handed_down_by) == ("accepted", "county.centre", None)
    assert (back.lead_unit, back.responsible_person, back.county_due_at) == (None, None, None)
    assert running(back) == {"dispatch", "resolve"}
    assert not running(back) & OF_THE_TOWN
    assert day_of(back, "resolve") == THIRTY_DAYS
    row = Handing.objects.get()
    assert (row.ended_by_step, row.ended_at) == ("recall", monday + DAY)
    entry = back.trail.get(step="recall")
    assert entry.texts.get(name="reason").text == WHY
    assert verify.verify_dispute(back.pk).faults == []


def test_before_the_town_took_it_on_it_waits_for_the_countys_own_acceptance(handed, county_office, monday):
    back = recall(handed, county_office, monday + HOUR)
    assert (back.status, back.waiting_org.code) == ("registered", "county.centre")
    assert "accept" in running(back)
    assert take("accept", back, county_office, monday + HOUR).status == "accepted"


def test_it_can_be_given_to_another_town_or_to_a_department(in_hand, county_office, monday):
    back = recall(in_hand, county_office, monday + DAY)
    again = take("hand_down", back, county_office, monday + DAY, town="t02")
    assert (again.managing_org.code, day_of(again, "county")) == ("t02.centre", THIRTY_DAYS)
    back = recall(again, county_office, monday + 2 * DAY)
    given = take("assign", back, county_office, monday + 2 * DAY, lead_unit="nr")
    assert (given.status, day_of(given, "resolve")) == ("assigned", THIRTY_DAYS)


def test_a_result_nobody_has_approved_counts_for_nothing(reported, county_office, monday):
    assert reported.pending == "approval"
    back = recall(reported, county_office, monday + 7 * DAY)
    assert (back.status, back.pending, back.reported_outcome, back.submitted_at) == ("accepted", "", "", None)
    assert StepRequest.objects.get(kind="approval").voided_at == monday + 7 * DAY
    assert running(back) == {"dispatch", "resolve"}
    assert day_of(back, "resolve") == THIRTY_DAYS
    assert back.trail.get(step="recall").payload.count("request_ended") == 1


@pytest.mark.parametrize(
    ("step", "who", "data"),
    [
        ("request_return", "village", {"ground": "not_competent", "reason": "非本村"}),
        ("request_extension", "village", {"days": 3, "reason": "测量"}),
        ("report_up", "coordinator", {"reason": "办不了"}),
    ],
)
def test_what_waits_for_a_decision_ends_with_it(in_hand, county_office, monday, request, step, who, data):
    asked = take(step, in_hand, request.getfixturevalue(who), monday + DAY, **data)
    assert asked.pending
    back = recall(asked, county_office, monday + DAY + HOUR)
    assert (back.pending, running(back)) == ("", {"dispatch", "resolve"})


def test_a_rest_of_the_clock_ends(in_hand, village, county_office, monday):
    until = (monday + 20 * DAY).date()
    take("suspend", in_hand, village, monday + DAY, reason="鉴定", until=until)
    back = recall(in_hand, county_office, monday + 2 * DAY)
    assert (back.suspended, clocks.running(back, "resolve").paused) == (False, False)


def test_approved_it_is_recalled_no_more(reported, county_office, monday):
    take("approve_result", reported, county_office, monday + 7 * DAY, outcome="settled")
    with pytest.raises(WrongState):
        recall(reported, county_office, monday + 8 * DAY)


def test_only_the_county_that_handed_it_down(in_hand, of_county, coordinator, outside_coordinator, monday):
    for by in (coordinator, outside_coordinator):
        with pytest.raises((NotPermitted, Exception)) as caught:
            recall(in_hand, by, monday + DAY)
        assert caught.type.__name__ in ("NotPermitted", "NotFound")
    assert Handing.objects.get().ended_at is None


def test_what_was_never_handed_down_is_not_recalled(of_county, clerk, county_office, monday):
    for dispute in (of_county, registered(clerk, monday)):
        with pytest.raises(WrongState, match="没有由县级交办"):
            recall(dispute, county_office, monday)


def test_a_reason_is_asked(in_hand, county_office, monday):
    with pytest.raises(InvalidInput) as caught:
        recall(in_hand, county_office, monday, reason="")
    assert set(caught.value.errors) == {"reason"}


def test_coordinator_unit_and_person_are_told(in_hand, county_office, monday):
    recall(in_hand, county_office, monday + DAY)
    told = Notice.objects.filter(kind="recalled").values_list("recipient__username", flat=True)
    assert set(told) == {"t01.coordinator", "t01.v01"}


def test_the_town_keeps_its_line_as_taken_back(county_office, outside_coordinator, outsider, monday):
    """Of a place in t01 handed to t02, whose sight ends with the order."""
    dispute = registered(county_office, monday)
    take("hand_down", dispute, county_office, monday, town="t02")
    assert line_of(outsider, dispute) == ("县级交办", False)
    assert line_of(county_office, dispute) == ("已交办柳河乡", False)
    later = monday + DAY
    back = recall(dispute, county_office, later)
    shown = disclosure(actor(outsider), back)
    assert shown.trail_until == later
    (seen,) = as_seen([back], {back.pk: shown})
    assert seen.managing_org.code == "county.centre"
    assert line_of(outsider, back) == ("县级收回 2026-03-03", True)
    assert found(outsider, monday) == found(outside_coordinator, monday) == [dispute.number]
    assert found(county_office, monday) == []
    exported = [row for batch in exported_by(outside_coordinator) for row in batch]
    assert "2026-03-03 县级收回" in str(exported)
    take("accept", back, county_office, later + HOUR)
    take("assign", back, county_office, later + HOUR, lead_unit="nr")
    (seen,) = as_seen([Dispute.objects.get(pk=back.pk)], {back.pk: disclosure(actor(outsider), back)})
    assert seen.lead_unit is None  # what the county does then is not the town's to see


def test_the_filter_finds_what_is_with_a_town_for_the_county(handed, of_county, county_office, clerk, monday):
    other = registered(county_office, monday)
    assert found(county_office, monday) == [handed.number]
    assert found(clerk, monday) == [handed.number]
    assert found(county_office, monday, wanted="0") == [other.number]


def line_of(who, dispute) -> tuple[str, bool]:
    row = next(
        row for row in ledger.ledger_rows(list(listed(who)), actor(who)) if row.dispute.pk == dispute.pk
    )
    return row.handed, row.recalled


def listed(who):
    return Dispute.objects.listed_to(actor(who)).for_ledger()


def found(who, now, wanted: str = "1") -> list[str]:
    by = actor(who)
    rows = LedgerFilter({"handed_down": wanted}, Dispute.objects.listed_to(by), by=by, now=now).qs
    return list(rows.values_list("number", flat=True))


def exported_by(who):
    by = actor(who)
    return ledger_export.batches(Dispute.objects.listed_to(by), sort=ledger.NEWEST, by=by)
