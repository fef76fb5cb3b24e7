"""What must follow 处理未果 before it may be closed: every combination written by hand, not computed."""

import pytest

from disputes.choices import LeaderAnswer, Route
from disputes.rules import lifecycle, not_resolved
from disputes.rules.not_resolved import Followed, missing
from disputes.rules.refusals import ground_in
from disputes.rules.routes import left_after

# routes told, revisited, leader or party → what stands in the way. Routes AND revisit AND (leader OR party).
EIGHT = [
    (False, False, False, ("routes", "revisit", "answer")),
    (False, False, True, ("routes", "revisit")),
    (False, True, False, ("routes", "answer")),
    (False, True, True, ("routes",)),
    (True, False, False, ("revisit", "answer")),
    (True, False, True, ("revisit",)),
    (True, True, False, ("answer",)),
    (True, True, True, ()),
]


@pytest.mark.parametrize(("told", "revisited", "third", "gone"), EIGHT)
def test_all_eight_combinations_by_the_leaders_consent(told, revisited, third, gone):
    assert missing(Followed(told, revisited, False, "elsewhere" if third else "")) == gone


@pytest.mark.parametrize(("told", "revisited", "third", "gone"), EIGHT)
def test_all_eight_combinations_by_the_partys_choice(told, revisited, third, gone):
    assert missing(Followed(told, revisited, third, "")) == gone


@pytest.mark.parametrize(
    ("chosen", "answer", "gone"),
    [
        (False, "", ("answer",)),
        (False, "again", ("again",)),
        (False, "elsewhere", ()),
        (True, "", ()),
        (True, "again", ()),  # a mediation is voluntary: nobody holds a party who goes to court
        (True, "elsewhere", ()),
    ],
)
def test_a_leader_who_wants_it_tried_again_is_no_consent_to_closing(chosen, answer, gone):
    assert missing(Followed(True, True, chosen, answer)) == gone


def test_the_answers_are_those_of_the_rule():
    assert set(LeaderAnswer.values) == {not_resolved.AGAIN, not_resolved.ELSEWHERE}


def test_it_goes_on_where_the_table_leads_or_ends_closed():
    leads = {
        step.to for step in lifecycle.STEPS.values() if "not_resolved" in step.sources and step.to is not None
    }
    assert leads == lifecycle.GOES_ON | {"closed"}
    for step in ("merge", "withdraw", "decline", "archive"):
        assert "not_resolved" not in lifecycle.STEPS[step].sources


@pytest.mark.parametrize(
    ("category", "source", "ground", "left"),
    [
        ("neighbour", "walk_in", "other", ("litigation", "petition", "legal_aid")),
        ("neighbour", "petition", "other", ("mediation", "litigation", "legal_aid")),
        ("neighbour", "walk_in", "court", ("petition", "legal_aid", "proceedings")),
        ("wage_arrears", "walk_in", "other", ("department", "labour_arbitration", "litigation", "legal_aid")),
        ("wage_arrears", "walk_in", "court", ("department", "legal_aid", "proceedings")),
        ("expropriation", "petition", "reviewed", ("review", "litigation", "legal_aid")),
        (
            "education",
            "walk_in",
            "other",
            ("administrative_mediation", "department", "litigation", "legal_aid"),
        ),
    ],
)
def test_what_is_left_is_what_fits_without_what_failed_and_what_is_used_up(category, source, ground, left):
    assert left_after(category, source, ground) == left


def test_every_route_that_is_left_is_a_route():
    for source in ("walk_in", "petition"):
        for ground in ("court", "arbitration", "reviewed", "other"):
            assert set(left_after("land_forest", source, ground)) <= set(Route.values)


@pytest.mark.parametrize(
    ("narrative", "ground"),
    [
        ("双方已向县法院起诉，下月开庭。", "court"),
        ("县法院已立案受理。", "court"),
        ("对一审判决不服。", "court"),
        ("正在劳动仲裁，尚未开庭。", "arbitration"),
        ("判决书送达后一直不执行。", "court"),
        ("再不解决就向法院起诉。", "other"),
        ("家长说已经准备起诉。", "other"),
        ("法院没有受理。", "other"),
        ("没有起诉过，也不想打官司。", "other"),
        ("市政府复核意见维持原答复。", "reviewed"),
        ("水沟改道，雨后积水。", "other"),
    ],
)
def test_a_matter_stands_before_a_court_only_where_it_says_so(narrative, ground):
    assert ground_in(narrative) == ground
