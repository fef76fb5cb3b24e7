"""What spoke for a level is marked in the narrative, for those who may see it; live while a clerk types."""

from datetime import timedelta
from html import unescape

import pytest

from disputes.rules.intake import PartyFacts
from early_warning.models import Reading
from early_warning.selectors import evidence
from tests.early_warning.readings.conftest import MARCH
from tests.factories.disputes import QUARREL, take

pytestmark = pytest.mark.django_db
LIVE = "/warnings/classify/"
WITH_PETROL = "他说再不解决就提着汽油到厂里点火。"


def page_of(client, dispute) -> str:
    return client.get(f"/disputes/{dispute.number}/").content.decode()


def test_evidence_is_marked_in_the_narrative_with_its_reason(register, client_of, coordinator):
    page = page_of(client_of(coordinator), register(narrative=MARCH, people_count=100))
    assert '<mark class="evidence" title="人数">一百人<span class="visually-hidden">' in page


def test_evidence_in_the_title_is_marked_there_and_nowhere_in_the_narrative(register, client_of, coordinator):
    dispute = register(title="三十名村民准备到省里上访", narrative="详见附件中的材料说明。", people_count=30)
    page = page_of(client_of(coordinator), dispute)
    heading = page[page.index("<h1>") : page.index("</h1>")]
    assert '<mark class="evidence" title="人数">三十名<span' in heading
    narrative = page[page.index('<p class="narrative">') :]
    assert "<mark" not in narrative[: narrative.index("</p>")]


def test_evidence_in_the_title_is_given_with_the_warning_in_the_interface(
    register, api_client_of, coordinator
):
    title = "三十名村民准备到省里上访"
    dispute = register(title=title, narrative="详见附件中的材料说明。", people_count=30)
    answer = api_client_of(coordinator).get(f"/api/v1/disputes/{dispute.number}/").json()
    spans = answer["warning"]["evidence"]
    assert spans
    assert all(span["field"] == "title" for span in spans)
    assert all(title[span["start"] : span["end"]] == span["text"] for span in spans)


def test_evidence_in_the_title_is_among_the_passages_a_leader_reads(register):
    dispute = register(title="三十名村民准备到省里上访", narrative="详见附件中的材料说明。", people_count=30)
    found = evidence.passages_of(Reading.objects.get(dispute=dispute), dispute)
    assert ("", "三十名", "人数") in {(one.before, one.text, one.indicator) for one in found}


def test_the_title_is_heard_while_the_clerk_types_as_it_will_be_when_registered(now, client_of, clerk):
    typed = {"title": "三十名村民准备到省里上访", "narrative": "详见附件。", "people_count": "30"}
    assert "<mark>三十名</mark>" in client_of(clerk).post(LIVE, typed).content.decode()


def test_what_is_typed_never_becomes_markup(register, client_of, coordinator):
    dispute = register(narrative=f"<script>alert(1)</script>{MARCH}<b>x</b>\n第二行", people_count=100)
    page = page_of(client_of(coordinator), dispute)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<b>x</b>" not in page
    assert "<br>第二行" in page


def test_a_unit_that_is_a_party_sees_the_narrative_without_marks(
    register, client_of, coordinator, handler, now
):
    unit = PartyFacts(role="respondent", kind="legal", name="司法所", organization="t01.justice")
    dispute = register(narrative=MARCH, people_count=100, parties=(*QUARREL.parties, unit))
    take("accept", dispute, coordinator, now)
    take("assign", dispute, coordinator, now, lead_unit="t01.justice")
    page = page_of(client_of(handler), dispute)
    assert MARCH in unescape(page)
    assert "<mark" not in page


def test_while_the_clerk_types_the_level_shows_with_its_reasons(now, client_of, clerk):
    answer = client_of(clerk).post(LIVE, {"narrative": MARCH, "people_count": "100"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'class="level level-' in page
    assert "<mark>一百人</mark>" in page
    assert "系统初判，待核" in page


def test_the_live_evidence_masks_the_names_of_the_parties(now, client_of, clerk):
    typed = {"narrative": f"张建国带{MARCH}", "parties-0-name": "张建国", "people_count": "100"}
    page = client_of(clerk).post(LIVE, typed).content.decode()
    assert "张建国" not in page
    assert "张**" in page


def test_an_ordinary_text_shows_nothing(now, client_of, clerk):
    assert client_of(clerk).post(LIVE, {"narrative": "两家争吵。"}).content.decode().strip() == ""


@pytest.mark.parametrize(
    "typed",
    [{}, {"narrative": ""}, {"narrative": "😀" * 6000}, {"narrative": MARCH, "people_count": "-9e99"}],
    ids=["nothing", "empty", "emoji", "odd count"],
)
def test_odd_input_shows_something_or_nothing_but_never_breaks(typed, now, client_of, clerk):
    assert client_of(clerk).post(LIVE, typed).status_code == 200


def test_danger_that_the_word_list_of_the_form_does_not_know_is_suggested(now, client_of, clerk):
    page = client_of(clerk).post(LIVE, {"narrative": "他说要点燃自己，泼了煤油。"}).content.decode()
    assert ("请核实" in page) or page.strip() == ""


def test_only_who_registers_gets_the_live_answer(now, client_of, auditor):
    assert client_of(auditor).post(LIVE, {"narrative": MARCH}).status_code == 403


def test_the_live_answer_costs_few_queries(now, client_of, clerk, django_assert_max_num_queries):
    client = client_of(clerk)
    client.post(LIVE, {"narrative": MARCH})
    with django_assert_max_num_queries(8):
        client.post(LIVE, {"narrative": MARCH})


def test_the_intake_form_asks_for_it_and_works_without_it(now, client_of, clerk):
    page = client_of(clerk).get("/disputes/new/", follow=True).content.decode()
    assert 'hx-post="/warnings/classify/"' in page


def test_a_hint_of_danger_somebody_has_looked_into_goes_until_a_later_text_speaks_of_it_again(
    in_hand, now, client_of, clerk, handler
):
    dispute = in_hand(narrative=WITH_PETROL)
    page, form = f"/disputes/{dispute.number}/", f"/warnings/danger/{dispute.number}/clear/"
    client = client_of(clerk)
    assert form in client.get(page).content.decode()
    assert client.post(form, {"reason": ""}).status_code == 422
    assert client.post(form, {"reason": "已到家中查看，汽油是农机用的，人平静。"}).status_code == 302
    assert form not in client.get(page).content.decode()
    entry = dispute.trail.get(step="warning_danger_cleared")
    assert entry.user_id == clerk.user_id
    assert client.post(form, {"reason": "再核实一次。"}).status_code == 422
    take("report_progress", dispute, handler, now + timedelta(days=1), account="当事人又提着汽油到村部。")
    assert form in client.get(page).content.decode()


def test_a_unit_that_is_a_party_cannot_clear_a_hint_of_danger(register, outsider, client_of):
    dispute = register(narrative=WITH_PETROL)
    assert client_of(outsider).get(f"/warnings/danger/{dispute.number}/clear/").status_code == 404
