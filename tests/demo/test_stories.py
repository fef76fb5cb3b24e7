"""The demo county's disputes before anybody acts on them: complete, varied, and without what must not be kept."""

import json
import re
from collections import Counter
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from stdnum.cn import ric

from core.clock import SHANGHAI
from demo.skeletons import SEASONS, Skeleton, accounts, skeletons
from demo.stories import COUNT, Story, all_stories
from disputes.choices import PartyKind, PartyRole, Source
from disputes.reference import CATEGORIES
from disputes.rules import intake
from tests.disputes.rules.test_identity import check_of

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=SHANGHAI)
SLOT = re.compile(r"\{(\w+)\}")
KNOWN_SLOTS = {*"abcxyzn", "town", "village", "village2", "group", "yuan", "part", "day", "past"}
FORBIDDEN = (
    "汉族",
    "回族",
    "苗族",
    "少数民族",
    "信教",
    "教徒",
    "党派",
    "无党派",
    "邪教",
    "宗教",
    "老上访户",
    "缠访",
    "钉子户",
)
EXAMPLES = Path(settings.BASE_DIR).parent / "shared" / "data" / "warning_examples.jsonl"


def slots_in(text: str) -> set[str]:
    return set(SLOT.findall(text))


@cache
def stories() -> list[Story]:
    return all_stories(NOW)


def test_every_category_has_at_least_four_skeletons() -> None:
    counted = Counter(skeleton.category for skeleton in skeletons())
    assert set(counted) == {row[0] for row in CATEGORIES}
    assert min(counted.values()) >= 4
    assert len(skeletons()) >= 150


@pytest.mark.parametrize("skeleton", skeletons(), ids=lambda skeleton: skeleton.key)
def test_a_skeleton_is_concrete_and_knows_its_slots(skeleton: Skeleton) -> None:
    assert 60 <= len(skeleton.text) <= 250
    used = slots_in(skeleton.text + skeleton.title)
    for own in ("x", "y", "z"):
        assert (own in used) == bool(getattr(skeleton, own)), f"list {own} and slot {{{own}}} go together"
        for option in getattr(skeleton, own):
            used |= slots_in(option)
    assert used <= KNOWN_SLOTS
    assert ("yuan" in used) <= bool(skeleton.amount)
    assert ("n" in used) <= bool(skeleton.people)
    assert skeleton.months
    assert set(skeleton.source) <= set(Source.values)


def test_no_two_skeletons_tell_the_same() -> None:
    openings = Counter(SLOT.sub("", skeleton.text)[:12] for skeleton in skeletons())
    assert max(openings.values()) == 1


def test_every_word_of_the_season_is_used() -> None:
    texts = "".join(skeleton.text for skeleton in skeletons())
    assert all(word in texts for word in SEASONS)


def test_what_is_written_later_exists_for_every_category() -> None:
    for code in (row[0] for row in CATEGORIES):
        words = accounts()[code]
        assert len(words["progress"]) >= 3
        assert all(words[name] for name in ("written", "oral", "failed"))
        assert slots_in(json.dumps(words, ensure_ascii=False)) <= KNOWN_SLOTS


def test_there_are_six_hundred_different_disputes_of_the_last_year_in_order() -> None:
    moments = [story.registered_at for story in stories()]
    assert len(stories()) == COUNT
    assert len({story.facts.narrative for story in stories()}) == COUNT
    assert moments == sorted(moments)
    assert NOW - timedelta(days=366) < moments[0] < moments[-1] < NOW


def test_the_same_day_gives_the_same_disputes() -> None:
    again = all_stories(NOW)
    assert [story.facts for story in again] == [story.facts for story in stories()]


@pytest.mark.parametrize(
    "day", [datetime(2026, 2, 28, 23, 50, tzinfo=SHANGHAI), datetime(2027, 7, 1, 8, 0, tzinfo=SHANGHAI)]
)
def test_any_day_of_loading_gives_registrable_disputes(day: datetime) -> None:
    for story in all_stories(day):
        assert intake.faults(story.facts, story.registered_at.date()) == {}
        assert "{" not in story.facts.narrative + story.facts.title


def test_every_dispute_is_registrable_as_it_stands() -> None:
    for story in stories():
        assert intake.faults(story.facts, story.registered_at.date()) == {}
        assert {party.role for party in story.facts.parties} <= set(PartyRole.values)
        assert {party.kind for party in story.facts.parties} <= set(PartyKind.values)
        assert intake.total_people(story.facts.parties) <= story.facts.people_count


def test_id_numbers_have_right_check_digits_in_the_division_nobody_has() -> None:
    numbers = [p.id_number for story in stories() for p in story.facts.parties if p.id_number]
    assert len(numbers) > 100
    assert len(set(numbers)) == len(numbers)
    assert all(n.startswith("3699") and n[-1] == check_of(n[:17]) for n in numbers)
    assert all(ric.calc_check_digit(n) == n[-1] and ric.get_birth_date(n) for n in numbers)


def test_titles_name_no_natural_person_in_full() -> None:
    for story in stories():
        people = [party.name for party in story.facts.parties if party.kind == "natural"]
        assert not any(name in story.facts.title for name in people), story.facts.title


def test_nobody_is_described_by_what_must_not_be_kept() -> None:
    texts = [skeleton.text + skeleton.title for skeleton in skeletons()]
    assert not [word for word in FORBIDDEN for text in texts if word in text]


def test_all_towns_and_most_sources_occur() -> None:
    assert len({story.town.alias for story in stories()}) == 12
    assert len({story.facts.source for story in stories()}) >= 10


def test_the_hard_kinds_are_there() -> None:
    found = stories()
    assert 30 <= sum(story.skeleton.level > 0 for story in found) <= 60
    assert {story.skeleton.level for story in found} == {0, 1, 2, 3}
    assert sum(story.facts.danger for story in found) >= 6
    assert sum(bool(story.facts.accused_units) for story in found) >= 10
    assert sum(len(story.facts.towns) > 1 for story in found) >= 5
    assert sum(len(story.facts.sectors) > 1 for story in found) >= 5
    assert {story.facts.unit_relation for story in found} == {"", "inside", "versus_locality"}
    assert sum(bool(story.facts.restricted) for story in found) >= 25


@pytest.mark.skipif(not EXAMPLES.exists(), reason="the shared examples are not beside this clone")
def test_nothing_is_copied_from_the_shared_examples() -> None:
    examples = [json.loads(line)["narrative"] for line in EXAMPLES.read_text(encoding="utf-8").splitlines()]
    parts = {text[i : i + 12] for text in examples for i in range(len(text) - 12)}
    assert not [s.key for s in skeletons() for part in parts if part in s.text]
