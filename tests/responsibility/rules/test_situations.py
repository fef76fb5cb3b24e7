"""§8 as a table: who resolves what, asked in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responsibility.choices import ResponsibilityRule
from responsibility.rules import situations as rules
from responsibility.rules.leader_posts import PRINCIPALS, LeaderPost, Tier
from responsibility.rules.situations import Facts

FACTS = st.builds(
    Facts,
    towns=st.integers(1, 5),
    sectors=st.integers(0, 5),
    unit_relation=st.sampled_from(["", "inside", "versus_locality"]),
    unit_has_head=st.booleans(),
)


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        (Facts(), "within_town"),
        (Facts(towns=2), "across_towns"),
        (Facts(sectors=1), "one_sector"),
        (Facts(sectors=2), "across_sectors"),
        (Facts(towns=2, sectors=1), "across_towns"),
        (Facts(towns=2, sectors=2), "across_sectors"),
        (Facts(unit_relation="inside", unit_has_head=True), "inside_unit"),
        (Facts(unit_relation="inside", unit_has_head=True, towns=3, sectors=3), "inside_unit"),
        (Facts(unit_relation="inside"), "within_town"),
        (Facts(unit_relation="inside", sectors=1), "one_sector"),
        (Facts(unit_relation="versus_locality"), "unit_versus_locality"),
        (
            Facts(unit_relation="versus_locality", unit_has_head=True, towns=2, sectors=2),
            "unit_versus_locality",
        ),
        (Facts(unit_has_head=True), "within_town"),  # a unit that is merely a party
    ],
)
def test_the_first_situation_that_fits_decides(facts, rule):
    assert rules.rule_for(facts).id == rule


@given(FACTS)
def test_exactly_one_situation_decides_whatever_the_facts(facts):
    fitting = [rule for rule in rules.RULES if rule.fits(facts)]
    decided = rules.rule_for(facts)
    assert fitting[0] is decided
    assert [rule for rule in rules.RULES[: rules.RULES.index(decided)] if rule.fits(facts)] == []


@given(FACTS, st.booleans())
def test_there_is_always_somebody_to_ask_and_the_last_is_the_county_secretary(facts, has_town):
    posts = rules.posts_for(rules.rule_for(facts), facts, has_town=has_town)
    assert posts[-1] == LeaderPost.COUNTY_SECRETARY
    if facts.towns > 1 or not has_town:
        assert all(post.tier != Tier.TOWN for post in posts)


@given(FACTS)
def test_who_must_keep_out_is_followed_by_somebody_of_another_tier(facts):
    posts = rules.posts_for(rules.rule_for(facts), facts)
    for post in posts:
        after = rules.above(posts, post)
        assert post not in after
        assert post.tier == Tier.COUNTY or all(other.tier != post.tier for other in after)


def test_the_names_are_those_of_the_interface_in_the_same_order():
    assert [rule.id for rule in rules.RULES] == ResponsibilityRule.values


def test_only_a_matter_inside_a_unit_without_its_head_is_served_in_writing():
    assert rules.needs_letter(Facts(unit_relation="inside"))
    assert not rules.needs_letter(Facts(unit_relation="inside", unit_has_head=True))
    assert not rules.needs_letter(Facts(unit_relation="versus_locality"))


def test_every_post_has_a_principal_above_it_except_the_last():
    posts = {post for rule in rules.RULES for post in rule.posts} | {LeaderPost.DEPARTMENT_DEPUTY}
    assert posts == set(PRINCIPALS)
    assert [post for post in posts if not PRINCIPALS[post]] == [LeaderPost.COUNTY_SECRETARY]


@pytest.mark.parametrize(
    ("post", "principal"),
    [
        (LeaderPost.TOWN_DEPUTY, LeaderPost.TOWN_HEAD),
        (LeaderPost.TOWN_HEAD, LeaderPost.TOWN_SECRETARY),
        (LeaderPost.DEPARTMENT_DEPUTY, LeaderPost.DEPARTMENT_HEAD),
        (LeaderPost.COUNTY_DEPUTY, LeaderPost.COUNTY_HEAD),
    ],
)
def test_what_a_deputy_cannot_solve_goes_to_the_head_of_his_house(post, principal):
    assert PRINCIPALS[post][0] == principal
