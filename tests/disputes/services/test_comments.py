"""内部留言: whom it names, who reads it, who never does, and that nothing but the trail moves by it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import Appointment
from core.errors import InvalidInput, NotFound, NotPermitted
from disputes.disclosure import disclosure
from disputes.models import Dispute
from disputes.rules import lifecycle
from disputes.rules.intake import PartyFacts
from disputes.selectors import ledger_export, papers, trail
from notifications.models import Notice
from notifications.rules import topics
from safekeeping.services import erasure, verify
from tests.disputes.conftest import Make
from tests.factories.accounts import actor
from tests.factories.disputes import QUARREL, take

pytestmark = pytest.mark.django_db
Clients = Callable[[Appointment], Client]
SAID = "李家老大明天回村，先别上门，等我电话。"
BETTER = "李家老大后天才回村，先别上门。"
HOUR = timedelta(hours=1)


@pytest.fixture
def assigned(register: Make, coordinator: Appointment, now: datetime) -> Dispute:
    dispute = register()
    take("accept", dispute, coordinator, now)
    return take("assign", dispute, coordinator, now, lead_unit="t01.justice")


def mentioned(user_id: int) -> list[Notice]:
    return list(Notice.objects.filter(kind="comment", recipient_id=user_id))


def facts_of(dispute: Dispute) -> dict[str, Any]:
    """Every column that says whose turn it is, by when, and in which state."""
    names = (
        "status",
        "pending",
        "waiting_org_id",
        "waiting_role",
        "next_due_at",
        "resolve_by",
        "lead_unit_id",
    )
    return {name: getattr(Dispute.objects.get(pk=dispute.pk), name) for name in names}


def test_a_comment_names_colleagues_stands_in_the_trail_and_moves_nothing(
    assigned: Dispute,
    coordinator: Appointment,
    handler: Appointment,
    client_of: Clients,
    api_client_of: Clients,
    now: datetime,
) -> None:
    before = facts_of(assigned)
    take("comment", assigned, coordinator, now, text=SAID, people=[handler.user.username])
    assert facts_of(assigned) == before
    (notice,) = mentioned(handler.user_id)
    assert assigned.display_number in notice.title
    assert SAID not in notice.title + notice.body
    assert (notice.urgent, notice.at_once, notice.topic) == (False, False, "talk")
    page = client_of(handler).get(f"/disputes/{assigned.number}/").content.decode()
    assert SAID in page
    assert f"提到：{handler.user.name}" in page
    entries = api_client_of(handler).get(f"/api/v1/disputes/{assigned.number}/ledger/").json()["results"]
    assert entries[-1]["texts"] == {"comment": SAID}
    assert verify.verify_dispute(assigned.pk).faults == []


def test_its_own_kind_of_notice_can_be_muted_and_is_never_urgent() -> None:
    assert topics.topic_of("comment") == topics.TALK
    assert topics.is_muted(topics.TALK, urgent=False, wishes=frozenset({topics.TALK}))


def test_it_is_not_urgent_in_what_is_dangerous(
    register: Make, coordinator: Appointment, handler: Appointment, now: datetime
) -> None:
    dispute = register(danger=True, danger_told="已报110", danger_told_at=now)
    take("accept", dispute, coordinator, now)
    take("assign", dispute, coordinator, now, lead_unit="t01.justice")
    take("comment", dispute, coordinator, now, text=SAID, people=[handler.user.username])
    (notice,) = mentioned(handler.user_id)
    assert (notice.urgent, notice.at_once) == (False, False)


def test_nobody_but_the_named_is_told(
    assigned: Dispute, coordinator: Appointment, handler: Appointment, now: datetime
) -> None:
    known = Notice.objects.count()
    take("comment", assigned, coordinator, now, text=SAID)
    take("comment", assigned, coordinator, now, text=SAID, people=[coordinator.user.username])
    assert Notice.objects.count() == known


def test_who_cannot_read_it_is_not_named_and_no_refusal_tells_why(
    register: Make,
    coordinator: Appointment,
    other_village: Appointment,
    outsider: Appointment,
    now: datetime,
) -> None:
    """Barred, out of sight and not there at all: the same words, for the same reason."""
    dispute = register(accused_people=(other_village.user.username,))
    names = (other_village.user.username, outsider.user.username, "nobody.at.all")
    said = []
    for name in names:
        with pytest.raises(InvalidInput) as refused:
            take("comment", dispute, coordinator, now, text=SAID, people=[name])
        (words,) = refused.value.errors["people"]
        said.append(str(words).replace(name, "…"))
    assert len(set(said)) == 1
    assert not dispute.trail.filter(step="comment").exists()


def test_of_what_is_restricted_only_those_who_open_it_are_named_and_nothing_leaks(
    register: Make, coordinator: Appointment, mayor: Appointment, county_office: Appointment, now: datetime
) -> None:
    dispute = register(restricted=True)
    assert not Dispute.objects.visible_to(actor(mayor)).filter(pk=dispute.pk).exists()
    with pytest.raises(InvalidInput):
        take("comment", dispute, coordinator, now, text=SAID, people=[mayor.user.username])
    take("accept", dispute, coordinator, now)
    take("assign", dispute, coordinator, now, lead_unit="t01.justice")
    person = Dispute.objects.get(pk=dispute.pk).responsible_person
    assert person is not None
    take("comment", dispute, coordinator, now, text=SAID, people=[person.user.username])
    (notice,) = mentioned(person.user_id)
    assert SAID not in notice.title + notice.body
    assert dispute.title not in notice.title + notice.body


def test_a_unit_that_is_a_party_neither_reads_nor_writes_nor_is_named(
    register: Make,
    coordinator: Appointment,
    handler: Appointment,
    client_of: Clients,
    api_client_of: Clients,
    now: datetime,
) -> None:
    party = PartyFacts(role="respondent", kind="legal", name="青石镇司法所", organization="t01.justice")
    dispute = register(parties=(*QUARREL.parties[:1], party))
    take("accept", dispute, coordinator, now)
    take("assign", dispute, coordinator, now, lead_unit="t01.v01")
    with pytest.raises(InvalidInput):
        take("comment", dispute, coordinator, now, text=SAID, people=[handler.user.username])
    take("comment", dispute, coordinator, now, text=SAID)
    with pytest.raises((NotPermitted, NotFound)):
        take("comment", dispute, handler, now, text="我们也说一句")


def test_who_works_for_a_party_reads_the_trail_without_the_talk(
    assigned: Dispute,
    coordinator: Appointment,
    handler: Appointment,
    client_of: Clients,
    api_client_of: Clients,
    now: datetime,
) -> None:
    """The unit has the case in hand when it turns out to be a party: what was said in the house is not for it."""
    take("comment", assigned, coordinator, now, text=SAID, people=[handler.user.username])
    take("correct_comment", assigned, coordinator, now, comment=Dispute.objects.get(pk=assigned.pk).trail.last().seq,
         text=BETTER)  # fmt: skip
    assigned.parties.filter(role="respondent").update(organization=handler.post.organization, kind="legal")
    assert not disclosure(actor(handler), assigned).level
    page = client_of(handler).get(f"/disputes/{assigned.number}/").content.decode()
    answer = api_client_of(handler).get(f"/api/v1/disputes/{assigned.number}/ledger/").content.decode()
    for words in (SAID, BETTER, "comment-form"):
        assert words not in page
    assert '"comment"' not in answer
    steps = api_client_of(handler).get(f"/api/v1/disputes/{assigned.number}/").json()["steps"]
    assert not {"comment", "correct_comment"} & set(steps)
    listed = client_of(handler).get("/notifications/?show=all").content.decode()
    assert "内部留言中提到您" not in listed
    picked = client_of(handler).get(f"/disputes/{assigned.number}/pick/mentions/").json()
    assert picked == {"results": []}


def test_who_gave_the_case_back_reads_what_was_said_until_then_and_says_no_more(
    assigned: Dispute, coordinator: Appointment, handler: Appointment, client_of: Clients, now: datetime
) -> None:
    take("comment", assigned, coordinator, now, text=SAID)
    take("transfer", assigned, coordinator, now + HOUR, lead_unit="t01.v01", reason="改由村里办理。")
    take("comment", assigned, coordinator, now + 2 * HOUR, text=BETTER)
    page = client_of(handler).get(f"/disputes/{assigned.number}/").content.decode()
    assert SAID in page
    assert BETTER not in page
    with pytest.raises(NotPermitted):
        take("comment", assigned, handler, now + 3 * HOUR, text="还有一句")
    with pytest.raises(InvalidInput):
        take("comment", assigned, coordinator, now + 3 * HOUR, text=SAID, people=[handler.user.username])


def _form_text(answer: Any) -> str:
    return answer.content.decode().partition('name="text"')[2].partition("</textarea>")[0]


def test_its_writer_corrects_it_and_the_old_words_stay(
    assigned: Dispute, coordinator: Appointment, handler: Appointment, client_of: Clients, now: datetime
) -> None:
    take("comment", assigned, coordinator, now, text=SAID)
    seq = assigned.trail.get(step="comment").seq
    address = f"/disputes/{assigned.number}/steps/correct_comment/?comment={seq}"
    assert address in client_of(coordinator).get(f"/disputes/{assigned.number}/").content.decode()
    assert address not in client_of(handler).get(f"/disputes/{assigned.number}/").content.decode()
    assert SAID in _form_text(client_of(coordinator).get(address))  # what is put right need not be typed anew
    for odd in (
        address.replace(f"={seq}", "=1"),
        address.replace(f"={seq}", "=99999999999999"),
        f"{address}x",
    ):
        assert SAID not in _form_text(client_of(coordinator).get(odd))
    assert SAID not in _form_text(client_of(handler).get(address))
    with pytest.raises(NotPermitted):
        take("correct_comment", assigned, handler, now, comment=seq, text=BETTER)
    with pytest.raises(InvalidInput):
        take("correct_comment", assigned, coordinator, now, comment=seq, text=SAID)
    with pytest.raises(InvalidInput):
        take("correct_comment", assigned, coordinator, now, comment=1, text=BETTER)
    take("correct_comment", assigned, coordinator, now + HOUR, comment=seq, text=BETTER)
    with pytest.raises(InvalidInput):
        take("correct_comment", assigned, coordinator, now + HOUR, comment=seq, text=BETTER)
    assert BETTER in _form_text(client_of(coordinator).get(address))
    page = client_of(handler).get(f"/disputes/{assigned.number}/").content.decode()
    assert page.index(BETTER) < page.index(SAID)
    assert "这条留言已更正" in page
    assert verify.verify_dispute(assigned.pk).faults == []


def test_a_comment_is_written_while_somebody_else_takes_a_step(
    assigned: Dispute, coordinator: Appointment, handler: Appointment, client_of: Clients, now: datetime
) -> None:
    """Talk is no act on the case: what the page showed need not be the newest."""
    browser, address = client_of(coordinator), f"/disputes/{assigned.number}/steps/comment/"
    version = assigned.version
    take("sign_for", assigned, handler, now)
    answer = browser.post(address, {"text": SAID, "people": [handler.user.username], "version": version})
    assert answer.status_code == 302
    assert mentioned(handler.user_id)
    wrong = browser.post(address, {"text": "", "version": version})
    assert wrong.status_code == 422
    unknown = browser.post(address, {"text": SAID, "people": ["查无此人"], "version": version})
    assert unknown.status_code == 422
    assert "不能在这里提到" in unknown.content.decode()


def test_the_api_takes_it_with_people_by_account(
    assigned: Dispute, coordinator: Appointment, handler: Appointment, api_client_of: Clients
) -> None:
    address = f"/api/v1/disputes/{assigned.number}/steps/comment/"
    body = {"text": SAID, "people": [handler.user.username]}
    answer = api_client_of(coordinator).post(address, body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    refused = api_client_of(coordinator).post(
        address, {"text": SAID, "people": ["x"]}, content_type="application/json"
    )
    assert refused.status_code == 400
    assert "people" in json.dumps(refused.json())


def test_the_list_offers_only_those_who_can_read_it(
    register: Make,
    coordinator: Appointment,
    handler: Appointment,
    other_village: Appointment,
    outsider: Appointment,
    client_of: Clients,
    now: datetime,
) -> None:
    dispute = register(accused_people=(other_village.user.username,))
    take("accept", dispute, coordinator, now)
    take("assign", dispute, coordinator, now, lead_unit="t01.justice")
    browser, address = client_of(coordinator), f"/disputes/{dispute.number}/pick/mentions/"
    first = [row["value"] for row in browser.get(address).json()["results"]]
    assert handler.user.username in first
    for person in (other_village, outsider):
        assert browser.get(address, {"q": person.user.name}).json() == {"results": []}
        assert browser.get(address, {"q": person.user.username}).json() == {"results": []}
    assert client_of(outsider).get(address).status_code == 404


def test_however_many_people_are_offered_the_questions_stay_the_same(
    assigned: Dispute, coordinator: Appointment, django_assert_max_num_queries: Any, client_of: Clients
) -> None:
    browser, address = client_of(coordinator), f"/disputes/{assigned.number}/pick/mentions/"
    browser.get(address)
    with django_assert_max_num_queries(26):
        browser.get(address, {"q": "t01"})


@pytest.mark.parametrize("status", sorted(lifecycle.ENDED))
def test_what_has_ended_is_not_talked_about(status: str) -> None:
    for step in lifecycle.TALK:
        assert not lifecycle.allowed(lifecycle.STEPS[step], status, "")


def test_no_paper_and_no_list_of_cases_repeats_it(
    assigned: Dispute, coordinator: Appointment, handler: Appointment, client_of: Clients, now: datetime
) -> None:
    take("comment", assigned, coordinator, now, text=SAID)
    take("sign_for", assigned, handler, now)
    browser = client_of(coordinator)
    page = browser.get(f"/disputes/{assigned.number}/").content.decode()
    links = [part.split('"')[0] for part in page.split('href="')[1:] if "/papers/" in part.split('"')[0]]
    assert links
    for link in links:
        if not link.endswith("/docx/"):
            assert SAID not in browser.get(link).content.decode(), link
    assert "comment" not in ledger_export.COUNTED_STEPS
    assert papers


def test_it_is_erased_with_the_other_texts(
    assigned: Dispute, coordinator: Appointment, county_office: Appointment, now: datetime
) -> None:
    take("comment", assigned, coordinator, now, text=SAID)
    take("withdraw", assigned, coordinator, now, reason="不再要求。")
    take("close", assigned, coordinator, now)
    erasure.erase_on_request(number=assigned.number, reason="本人要求。", by=actor(county_office), now=now)
    entry = assigned.trail.get(step="comment")
    assert trail.texts_of(entry) == {"comment": None}
