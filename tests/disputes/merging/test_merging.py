"""A merge goes through the same guards as assigning, in both directions; the case that goes on shows the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from PIL import Image

from accounts.models import Appointment
from core.errors import InvalidInput, NotFound
from disputes.api import representation
from disputes.disclosure import disclosure
from disputes.models import Dispute
from disputes.rules.intake import PartyFacts
from disputes.selectors import ledger, ledger_export
from disputes.services import attachments, intake_merge, unmask
from notifications.models import Notice
from tests.factories.accounts import actor
from tests.factories.disputes import QUARREL, registered, take

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def sees(who: Appointment, dispute: Dispute) -> bool:
    return Dispute.objects.visible_to(actor(who)).filter(pk=dispute.pk).exists()


def refusal(merged: Dispute, by: Appointment, now: datetime, into: Dispute) -> str:
    with pytest.raises(InvalidInput) as caught:
        take("merge", merged, by, now, into=into.number)
    return str(caught.value.errors["into"][0])


# who must keep out


@pytest.mark.parametrize("facts", [{"accused_units": ("t01.v02",)}, {"accused_people": ("t01.v02",)}])
def test_who_is_accused_in_the_merged_one_is_barred_from_the_one_that_goes_on(
    target: Dispute,
    clerk: Appointment,
    coordinator: Appointment,
    other_village: Appointment,
    monday: datetime,
    facts: dict[str, Any],
) -> None:
    take("assign", target, coordinator, monday, lead_unit="t01.v01", co_units=["t01.v02"])
    assert sees(other_village, target)
    complaint = registered(clerk, monday, **facts)
    take("merge", complaint, coordinator, monday, into=target.number)
    assert not sees(other_village, target)


def test_the_bar_lasts_through_transfer_reopening_and_another_merge(
    in_village: Dispute,
    clerk: Appointment,
    coordinator: Appointment,
    other_village: Appointment,
    monday: datetime,
) -> None:
    complaint = registered(clerk, monday, accused_units=("t01.v02",))
    take("merge", complaint, coordinator, monday, into=in_village.number)
    for step, words in (("transfer", {"reason": "属二村"}), ("assign", {})):
        if step == "assign":
            take("withdraw", in_village, coordinator, monday, reason="双方和好")
            take("reopen", in_village, coordinator, monday, reason="又起争执")
        with pytest.raises(InvalidInput, match="回避"):
            take(step, in_village, coordinator, monday, lead_unit="t01.v02", **words)
    last = take("accept", registered(clerk, monday), coordinator, monday)
    take("merge", in_village, coordinator, monday, into=last.number)
    with pytest.raises(InvalidInput, match="回避"):
        take("assign", last, coordinator, monday, lead_unit="t01.v02")
    assert not any(sees(other_village, row) for row in Dispute.objects.all())


def test_who_is_accused_in_the_one_that_goes_on_no_longer_reads_the_merged_one(
    clerk: Appointment, coordinator: Appointment, other_village: Appointment, monday: datetime
) -> None:
    complaint = take("accept", registered(clerk, monday, accused_units=("t01.v02",)), coordinator, monday)
    quarrel = take("accept", registered(clerk, monday), coordinator, monday)
    take("assign", quarrel, coordinator, monday, lead_unit="t01.v02")
    assert sees(other_village, quarrel)
    take("merge", quarrel, coordinator, monday, into=complaint.number)
    assert not sees(other_village, quarrel)


@pytest.mark.parametrize(
    ("facts", "what_to_do"),
    [({"accused_units": ("t01.v01",)}, "转办"), ({"accused_people": ("t01.v01",)}, "改派")],
)
def test_a_complaint_is_not_merged_into_the_hands_of_the_accused(
    in_village: Dispute,
    clerk: Appointment,
    coordinator: Appointment,
    monday: datetime,
    facts: dict[str, Any],
    what_to_do: str,
) -> None:
    complaint = registered(clerk, monday, **facts)
    assert what_to_do in refusal(complaint, coordinator, monday, in_village)
    complaint.refresh_from_db()
    assert (complaint.status, in_village.conflict_marks.count()) == ("registered", 0)


def test_the_counter_cannot_merge_a_complaint_into_the_hands_of_the_accused_either(
    in_village: Dispute, clerk: Appointment, monday: datetime
) -> None:
    facts = replace(QUARREL, accused_units=("t01.v01",))
    with pytest.raises(InvalidInput, match="回避"), transaction.atomic():
        intake_merge.register_into(facts=facts, into=in_village.number, by=actor(clerk), now=monday)
    assert Dispute.objects.count() == 1


def test_a_complaint_about_the_town_takes_the_case_up_to_the_county_and_leaves_the_town_out(
    in_village: Dispute,
    clerk: Appointment,
    coordinator: Appointment,
    county_office: Appointment,
    county_coordinator: Appointment,
    monday: datetime,
) -> None:
    complaint = registered(clerk, monday, accused_units=("t01.gov",))
    assert complaint.managing_org.code == "county.centre"
    with pytest.raises(NotFound):
        take("merge", complaint, coordinator, monday, into=in_village.number)
    take("merge", complaint, county_office, monday, into=in_village.number)
    in_village.refresh_from_db()
    assert in_village.managing_org.code == "county.centre"
    assert sees(county_coordinator, in_village)
    assert not sees(coordinator, in_village)


# restricted


@pytest.mark.parametrize("which", ["merged", "target"])
def test_the_stricter_circle_of_readers_holds_for_both(
    clerk: Appointment, coordinator: Appointment, secretary: Appointment, monday: datetime, which: str
) -> None:
    target = registered(clerk, monday, restricted=which == "target")
    merged = registered(clerk, monday, restricted=which == "merged")
    take("merge", merged, coordinator, monday, into=target.number)
    for row in (target, merged):
        row.refresh_from_db()
        assert row.is_restricted
        assert sees(coordinator, row)
        assert not sees(secretary, row)  # sees the town's disputes, but this only by name


# what is read where it goes on


def full_story(clerk: Appointment, monday: datetime, **facts: Any) -> Dispute:
    parties = (PartyFacts(role="applicant", kind="group", name="下游二十户", head_count=20),)
    return registered(
        clerk,
        monday,
        title="另一人来反映",
        narrative="下游二十户说水淹了秧田。",
        people_count=20,
        parties=parties,
        **facts,
    )


def test_the_one_that_goes_on_names_the_other_on_page_trail_api_and_export(
    in_village: Dispute,
    clerk: Appointment,
    coordinator: Appointment,
    village: Appointment,
    client_of: Callable[[Appointment], Client],
    monday: datetime,
) -> None:
    merged = full_story(clerk, monday)
    take("merge", merged, coordinator, monday, into=in_village.number)
    assert not sees(village, merged)
    page = client_of(village).get(f"/disputes/{in_village.number}/").content.decode()
    for said in (
        merged.display_number,
        "下游二十户说水淹了秧田。",
        "下游二十户",
        "20 人",
        f"{merged.display_number} 并入本件",
    ):
        assert said in page
    in_village.refresh_from_db()
    (part,) = representation.full(in_village, actor(village))["merged"]
    assert (part["number"], part["narrative"], part["people_count"]) == (merged.number, merged.narrative, 20)
    assert [party["head_count"] for party in part["parties"]] == [20]
    rows = Dispute.objects.visible_to(actor(village))
    (batch,) = ledger_export.batches(rows, sort=ledger.NEWEST, by=actor(village))
    assert "下游二十户说水淹了秧田。（20 人）" in batch[0][1]


def test_everybody_who_handles_it_is_told_and_who_had_the_other(
    in_village: Dispute,
    clerk: Appointment,
    coordinator: Appointment,
    village: Appointment,
    other_village: Appointment,
    monday: datetime,
) -> None:
    merged = take("accept", registered(clerk, monday), coordinator, monday)
    take("assign", merged, coordinator, monday, lead_unit="t01.v02")
    take("merge", merged, coordinator, monday + HOUR, into=in_village.number)
    told = Notice.objects.get(kind="merged_in")
    assert (told.recipient, told.url) == (village.user, f"/disputes/{in_village.number}/")
    assert merged.display_number in told.title
    assert Notice.objects.get(kind="merged").recipient == other_village.user


def test_papers_and_parties_of_the_merged_one_open_where_it_goes_on(
    in_village: Dispute, clerk: Appointment, coordinator: Appointment, village: Appointment, monday: datetime
) -> None:
    merged = registered(clerk, monday)
    paper = attachments.add_to_dispute(number=merged.number, upload=photo(), by=actor(clerk), now=monday)
    take("merge", merged, coordinator, monday, into=in_village.number)
    by = {"number": in_village.number, "by": actor(village), "now": monday}
    assert attachments.open_file(attachment_id=paper.pk, **by)[0] == paper
    party = merged.parties.first()
    assert unmask.reveal(party_id=party.pk, reason="核对电话", **by) == party
    with pytest.raises(NotFound):
        attachments.open_file(number=merged.number, attachment_id=paper.pk, by=actor(village), now=monday)


def test_a_unit_that_is_a_party_of_the_merged_one_sees_no_level_where_it_goes_on(
    target: Dispute, clerk: Appointment, coordinator: Appointment, monday: datetime
) -> None:
    take("assign", target, coordinator, monday, lead_unit="unit01")
    parties = (PartyFacts(role="respondent", kind="legal", name="青岚陶瓷厂"),)
    merged = registered(clerk, monday, parties=(*QUARREL.parties, *parties))
    handler = Appointment.objects.get(user__username="unit01.handler")
    assert disclosure(actor(handler), target).level
    take("merge", merged, coordinator, monday, into=target.number)
    target.refresh_from_db()
    shown = disclosure(actor(handler), target)
    assert (shown.level, shown.unmask) == (False, False)


def photo() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "JPEG")
    return SimpleUploadedFile("迟来的照片.jpg", out.getvalue())


def test_late_papers_go_to_the_last_of_the_chain_and_the_answer_says_so(
    target: Dispute,
    clerk: Appointment,
    coordinator: Appointment,
    client_of: Callable[[Appointment], Client],
    monday: datetime,
) -> None:
    first, second = registered(clerk, monday), registered(clerk, monday)
    take("merge", first, coordinator, monday, into=second.number)
    take("merge", second, coordinator, monday, into=target.number)
    answer = client_of(clerk).post(f"/disputes/{first.number}/attachments/", {"files": photo()}, follow=True)
    assert f"{first.display_number} 已并入 {target.display_number}" in answer.content.decode()
    assert [row.name for row in target.attachments.all()] == ["迟来的照片.jpg"]
    assert target.trail.latest("seq").step == "paper_added"
    assert first.number in target.trail.latest("seq").payload


# chains


def test_a_chain_of_merges_leads_to_its_last(
    target: Dispute, clerk: Appointment, coordinator: Appointment, monday: datetime
) -> None:
    first, second, third = (registered(clerk, monday) for _n in range(3))
    take("merge", first, coordinator, monday, into=second.number)
    take("merge", second, coordinator, monday, into=target.number)
    take("merge", third, coordinator, monday, into=first.number)  # named by the number on an old receipt
    for row in (first, second, third):
        row.refresh_from_db()
    assert [row.survivor for row in (first, second, third)] == [target] * 3
    assert (first.merged_into, third.merged_into) == (second, target)
    assert {part["number"] for part in representation.full(target, actor(coordinator))["merged"]} == {
        row.number for row in (first, second, third)
    }


def test_a_case_is_not_merged_into_what_was_merged_into_it(
    target: Dispute, clerk: Appointment, coordinator: Appointment, monday: datetime
) -> None:
    first = registered(clerk, monday)
    take("merge", first, coordinator, monday, into=target.number)
    assert "没有找到" in refusal(target, coordinator, monday, first)


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_a_circle_of_merges(clerk: Appointment, monday: datetime) -> None:
    first, second, third = (registered(clerk, monday) for _n in range(3))

    def into(row: Dispute, other: Dispute) -> None:
        given = {"merged_into": other, "survivor": other, "survivor_since": monday, "status": "merged"}
        Dispute.objects.filter(pk=row.pk).update(**given)

    with pytest.raises(IntegrityError):
        into(first, first)
    into(first, second)
    into(second, third)
    with pytest.raises(IntegrityError):
        into(third, first)


# across towns


def test_the_county_merges_on_sight_across_towns_and_both_towns_read_it(
    clerk: Appointment,
    outsider: Appointment,
    coordinator: Appointment,
    outside_coordinator: Appointment,
    county_office: Appointment,
    monday: datetime,
) -> None:
    here, there = registered(clerk, monday), registered(outsider, monday, place="t02.v01")
    with pytest.raises(NotFound):
        take("merge", there, coordinator, monday, into=here.number)
    with pytest.raises(InvalidInput):
        take("merge", there, outside_coordinator, monday, into=here.number)
    take("merge", there, county_office, monday, into=here.number)
    here.refresh_from_db()
    assert here.managing_org.code == "t01.centre"
    assert here.involved_towns == ["369901102"]  # its own town is that of the place
    assert sees(outside_coordinator, here)
    assert here.trail.filter(step="merged_in").exists()


def test_a_pending_request_is_decided_before_the_case_goes_up(
    target: Dispute,
    clerk: Appointment,
    coordinator: Appointment,
    county_office: Appointment,
    monday: datetime,
) -> None:
    take("report_up", target, coordinator, monday, reason="超出职权")
    complaint = registered(clerk, monday, accused_units=("t01.gov",))
    assert "待批" in refusal(complaint, county_office, monday, target)
