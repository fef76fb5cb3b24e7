"""Whether few should know is asked by the text and answered by a person: kept by whom and when, shown where it matters,
at every door."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from accounts.models import Appointment
from disputes.errors import InvalidInput
from disputes.models import Dispute, RestrictionQuestion
from disputes.selectors.filters import LedgerFilter
from disputes.services import taking_on
from notifications.models import Notice
from safekeeping.services import verify
from tests.disputes.conftest import Make
from tests.disputes.intake.conftest import filled
from tests.disputes.restricted.conftest import DIVORCE, HOUR
from tests.disputes.restricted.test_proposals import ASKED, INJURY
from tests.factories.accounts import actor, api_client_of
from tests.factories.disputes import take

pytestmark = pytest.mark.django_db
NO, OPEN = "答复：不需要限制知悉", "还没有人答复"
BODY = {
    **INJURY,
    "source": "walk_in",
    "place": "t01",
    "parties": [{"role": "applicant", "kind": "natural", "name": "王某（家长）"}],
}


def question(dispute: Dispute) -> tuple[list[str], str, str | None, datetime | None] | None:
    row = RestrictionQuestion.objects.filter(dispute=dispute).select_related("answered_by__user").first()
    if row is None:
        return None
    return row.grounds, row.answer, row.answered_by and row.answered_by.user.username, row.answered_at


def open_to(who: Appointment, now: datetime) -> list[str]:
    by = actor(who)
    rows = LedgerFilter({"restriction_open": "1"}, Dispute.objects.listed_to(by), by=by, now=now).qs
    return list(rows.values_list("number", flat=True))


def posted(who: Appointment, **changes: Any) -> Dispute:
    answer = api_client_of(who).post("/api/v1/disputes/", json.dumps(BODY | changes), "application/json")
    assert answer.status_code == 201, answer.content
    return Dispute.objects.get(number=answer.json()["number"])


def shown(who: Appointment, dispute: Dispute) -> Any:
    return api_client_of(who).get(f"/api/v1/disputes/{dispute.number}/").json()["restriction_question"]


def test_left_unrestricted_on_the_form_that_asked_is_a_no_by_that_clerk(
    clerk: Appointment, coordinator: Appointment, reference_data: None, client_of: Any
) -> None:
    client, key = client_of(clerk), uuid4()
    typed = filled(narrative=INJURY["narrative"], category="education")
    look = client.post(f"/disputes/drafts/{key}/look/", typed).content.decode()
    assert 'name="restriction_asked"' in look
    client.post(f"/disputes/new/?draft={key}", typed | {"restriction_asked": "on"})
    dispute = Dispute.objects.get()
    assert question(dispute) == (["minor"], "no", "t01.clerk", dispute.registered_at)
    entry = json.loads(dispute.trail.get(step="register").payload)["data"]
    assert entry["restriction"] == {"grounds": ["minor"], "answer": "no"}
    page = client_of(coordinator).get(f"/disputes/{dispute.number}/").content.decode()
    assert NO in page
    assert ASKED in page  # the coordinator judges anew
    form = client_of(coordinator).get(f"/disputes/{dispute.number}/steps/accept/").content.decode()
    assert NO in form
    assert 'name="restricted"' in form
    assert verify.verify_dispute(dispute.pk).faults == []


def test_without_the_question_on_the_form_it_stays_open(
    clerk: Appointment, reference_data: None, client_of: Any
) -> None:
    """A browser without scripts never showed the hint: nobody has answered."""
    typed = filled(narrative=INJURY["narrative"], category="education")
    client_of(clerk).post(f"/disputes/new/?draft={uuid4()}", typed)
    assert question(Dispute.objects.get()) == (["minor"], "", None, None)


def test_an_ordinary_text_asks_nothing(
    clerk: Appointment, coordinator: Appointment, reference_data: None, client_of: Any
) -> None:
    look = client_of(clerk).post(f"/disputes/drafts/{uuid4()}/look/", filled()).content.decode()
    assert "restriction_asked" not in look
    client_of(clerk).post(f"/disputes/new/?draft={uuid4()}", filled(restriction_asked="on"))
    dispute = Dispute.objects.get()
    assert question(dispute) is None
    form = client_of(coordinator).get(f"/disputes/{dispute.number}/steps/accept/").content.decode()
    assert 'name="restricted"' not in form


def test_the_form_never_lifts_what_the_category_restricts(
    clerk: Appointment, reference_data: None, client_of: Any
) -> None:
    typed = filled(narrative=DIVORCE["narrative"], category="family", restriction_asked="on")
    client_of(clerk).post(f"/disputes/new/?draft={uuid4()}", typed)
    dispute = Dispute.objects.get()
    assert dispute.is_restricted
    assert question(dispute) is None  # its category has answered


def test_over_the_api_absent_is_open_and_false_is_a_no(clerk: Appointment, reference_data: None) -> None:
    absent, no, yes = posted(clerk), posted(clerk, restricted=False), posted(clerk, restricted=True)
    assert shown(clerk, absent) == {
        "grounds": ["minor"],
        "answer": None,
        "answered_by": None,
        "answered_at": None,
    }
    assert (shown(clerk, no)["answer"], shown(clerk, no)["answered_by"]) == ("no", "t01.clerk")
    assert (shown(clerk, yes)["answer"], yes.is_restricted) == ("yes", True)


def test_the_open_ones_are_found_and_wake_nobody(
    clerk: Appointment, coordinator: Appointment, now: datetime, client_of: Any
) -> None:
    first, answered = posted(clerk), posted(clerk, restricted=False)
    assert open_to(coordinator, now) == [first.number]
    assert answered.number not in open_to(coordinator, now)
    assert OPEN in client_of(coordinator).get(f"/disputes/{first.number}/").content.decode()
    assert not Notice.objects.filter(kind__contains="restrict").exists()


@pytest.mark.parametrize(("answer", "kept"), [(True, "yes"), (False, "no")])
def test_the_coordinator_answers_while_accepting(
    register: Make, coordinator: Appointment, now: datetime, answer: bool, kept: str
) -> None:
    dispute = register(**INJURY)
    accepted = take("accept", dispute, coordinator, now + HOUR, restricted=answer)
    assert (accepted.status, accepted.is_restricted) == ("accepted", answer)
    assert question(dispute) == (["minor"], kept, "t01.coordinator", now + HOUR)
    steps = list(dispute.trail.order_by("seq").values_list("step", flat=True))
    assert ("restrict" in steps) == answer
    assert verify.verify_dispute(dispute.pk).faults == []


def test_accepting_without_an_answer_leaves_it_open(
    register: Make, coordinator: Appointment, now: datetime
) -> None:
    dispute = register(**INJURY)
    take("accept", dispute, coordinator, now + HOUR)
    assert question(dispute) == (["minor"], "", None, None)


def test_accepting_does_not_lift_a_restriction(
    register: Make, coordinator: Appointment, now: datetime
) -> None:
    dispute = register(**DIVORCE)
    with pytest.raises(InvalidInput) as caught:
        take("accept", dispute, coordinator, now + HOUR, restricted=False)
    assert set(caught.value.errors) == {"restricted"}
    assert take("accept", dispute, coordinator, now + HOUR, restricted=True).is_restricted


def test_one_click_on_the_page_restricts(
    register: Make, coordinator: Appointment, now: datetime, client_of: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("disputes.views.steps.now", lambda: now + HOUR)
    dispute = register(**INJURY)
    client = client_of(coordinator)
    page = client.get(f"/disputes/{dispute.number}/").content.decode()
    form = page.split(f'action="/disputes/{dispute.number}/steps/restrict/"')[1].split("</form>")[0]
    reason = form.split('name="reason" value="')[1].split('"')[0]
    sent = client.post(
        f"/disputes/{dispute.number}/steps/restrict/", {"reason": reason, "version": dispute.version}
    )
    assert sent.status_code == 302
    dispute.refresh_from_db()
    assert dispute.is_restricted
    found = question(dispute)
    assert found is not None
    assert found[1:3] == ("yes", "t01.coordinator")


def test_a_correction_that_names_a_new_ground_asks_again(
    register: Make, clerk: Appointment, now: datetime
) -> None:
    dispute = register(**INJURY, unrestricted=True)
    assert question(dispute) == (["minor"], "no", "t01.clerk", now)
    said = "镇中心小学三年级学生王小某（9岁）摔伤。孩子另说被继父多次殴打。"
    take("correct", dispute, clerk, now + HOUR, fields={"narrative": said}, reason="补充")
    assert question(dispute) == (["home", "minor"], "", None, None)
    take("correct", dispute, clerk, now + HOUR, fields={"narrative": "两家为水沟争吵。"}, reason="记错")
    assert question(dispute) == (["minor"], "", None, None)  # the title names a pupil still
    take("correct", dispute, clerk, now + HOUR, fields={"title": "水沟争吵"}, reason="记错")
    assert question(dispute) is None


def test_a_correction_with_the_same_grounds_keeps_the_answer(
    register: Make, clerk: Appointment, now: datetime
) -> None:
    dispute = register(**INJURY, unrestricted=True)
    said = "镇中心小学学生王小某（9岁）体育课摔伤，要求赔偿三万元。"
    take("correct", dispute, clerk, now + HOUR, fields={"narrative": said}, reason="补充")
    assert question(dispute) == (["minor"], "no", "t01.clerk", now)


def test_a_merge_carries_the_question(register: Make, coordinator: Appointment, now: datetime) -> None:
    plain, asking, answered = register(), register(**INJURY), register(**INJURY, unrestricted=True)
    take("merge", answered, coordinator, now + HOUR, into=plain.number)
    assert question(plain) is not None
    assert question(plain)[1:3] == ("no", "t01.clerk")  # type: ignore[index]
    other = register()
    take("merge", asking, coordinator, now + HOUR, into=other.number)
    assert question(other) == (["minor"], "", None, None)


def test_a_unit_that_is_a_party_is_not_told(
    clerk: Appointment, coordinator: Appointment, enterprise_handler: Appointment, now: datetime
) -> None:
    works = {"role": "respondent", "kind": "legal", "name": "青岚陶瓷厂", "organization": "unit01"}
    dispute = posted(clerk, parties=[*BODY["parties"], works], restricted=False)
    later = now + timedelta(days=400)
    take("accept", dispute, coordinator, later)
    take("assign", dispute, coordinator, later, lead_unit="t01.justice", co_units=["unit01"])
    seen = api_client_of(enterprise_handler).get(f"/api/v1/disputes/{dispute.number}/").json()
    assert "restriction_question" not in seen
    trail = api_client_of(enterprise_handler).get(f"/api/v1/disputes/{dispute.number}/ledger/").content
    assert b'"restriction"' not in trail


def test_accepting_and_assigning_at_once_answers_it_too(
    register: Make, coordinator: Appointment, now: datetime, client_of: Any
) -> None:
    dispute = register(**INJURY)
    address = f"/disputes/{dispute.number}/steps/accept-and-assign/"
    assert 'name="restricted"' in client_of(coordinator).get(address).content.decode()
    both = {"lead_unit": "t01.justice", "restricted": True}
    taken = taking_on.accept_and_assign(
        number=dispute.number, data=both, by=actor(coordinator), now=now + HOUR
    )
    assert (taken.status, taken.is_restricted) == ("assigned", True)
    assert question(dispute) == (["minor"], "yes", "t01.coordinator", now + HOUR)
