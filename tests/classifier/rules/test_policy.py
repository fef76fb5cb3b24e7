"""A policy that cannot work is refused, and the fault names the rule."""

import re
from copy import deepcopy
from typing import Any

import pytest

from classifier.rules import Policy, PolicyError, check, default_document
from classifier.rules.inspection import _all_patterns
from classifier.rules.patterns import PatternError, checked, expand, require_safe

Document = dict[str, Any]


@pytest.fixture
def document() -> Document:
    return deepcopy(default_document())


def entry(document: Document, section: str, id: str) -> Document:
    found: Document = next(each for each in document[section] if each["id"] == id)
    return found


def faults(document: Any) -> set[tuple[str, str, str]]:
    return {(fault.rule, fault.code, fault.detail) for fault in check(document)}


def test_the_shipped_policy_has_no_fault(document: Document) -> None:
    assert check(document) == []


def test_a_fresh_copy_is_given_each_time() -> None:
    default_document()["rules"].clear()
    assert default_document()["rules"]


@pytest.mark.parametrize("nonsense", [None, 3, "policy", [], {}, {"version": 1}])
def test_what_is_no_policy_at_all_is_refused_without_an_exception(nonsense: Any) -> None:
    assert check(nonsense)


@pytest.mark.parametrize("section", ["thresholds", "words", "people", "indicators", "traps", "rules"])
@pytest.mark.parametrize("nonsense", [None, 0, "x", [1], {"x": 1}, [{}], [{"id": 3}]])
def test_a_section_of_the_wrong_shape_is_refused(document: Document, section: str, nonsense: Any) -> None:
    document[section] = nonsense
    assert check(document)


def test_an_unknown_field_is_named(document: Document) -> None:
    entry(document, "rules", "railway")["levl"] = 1
    assert ("railway", "unknown_field", "levl") in faults(document)


def test_a_missing_field_is_named(document: Document) -> None:
    del entry(document, "rules", "railway")["people"]
    assert ("railway", "missing_field", "people") in faults(document)


def test_an_id_used_twice_is_named(document: Document) -> None:
    document["indicators"].append(deepcopy(document["indicators"][0]))
    assert ("armed", "duplicate_id", "armed") in faults(document)


def test_a_rule_that_asks_for_an_unknown_indicator_is_named(document: Document) -> None:
    entry(document, "rules", "railway")["needs"] = [["tram_blocked"]]
    assert ("railway", "unknown_indicator", "tram_blocked") in faults(document)


def test_a_trap_that_waits_for_an_unknown_trap_is_named(document: Document) -> None:
    entry(document, "traps", "past_settled")["needs"] = "never"
    assert ("past_settled", "unknown_indicator", "never") in faults(document)


def test_a_word_list_nobody_wrote_is_named(document: Document) -> None:
    entry(document, "indicators", "strike")["patterns"].append("<boats>停航")
    assert ("strike", "unknown_word", "boats") in faults(document)


def test_thresholds_out_of_order_are_refused(document: Document) -> None:
    document["thresholds"] = {"group": 100, "hundreds": 6}
    assert ("thresholds", "thresholds_order", "100 6") in faults(document)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_level_no_rule_makes_any_more_is_named(document: Document, level: int) -> None:
    document["rules"] = [rule for rule in document["rules"] if rule["level"] != level]
    assert ("", "level_missing", str(level)) in faults(document)


def test_two_rules_with_the_same_conditions_and_two_levels_contradict(document: Document) -> None:
    twin = deepcopy(entry(document, "rules", "railway")) | {"id": "railway_again", "level": 3}
    document["rules"].append(twin)
    assert ("railway_again", "contradiction", "railway") in faults(document)


def test_a_rule_that_a_graver_one_always_forestalls_is_named(document: Document) -> None:
    entry(document, "rules", "hundreds_acting")["people"] = "group"
    assert ("unarmed_action", "shadowed", "hundreds_acting") in faults(document)


def test_a_level_whose_every_rule_is_forestalled_is_missing(document: Document) -> None:
    entry(document, "rules", "hundreds_acting")["people"] = "group"
    document["rules"] = [rule for rule in document["rules"] if rule["id"] != "coercion"]
    assert ("", "level_missing", "2") in faults(document)


def test_a_pattern_that_is_no_expression_is_named(document: Document) -> None:
    entry(document, "indicators", "strike")["patterns"].append("罢(工")
    assert ("strike", "pattern_invalid", "罢(工") in faults(document)


@pytest.mark.parametrize(
    "pattern",
    [
        "(?:堵+)+路",
        "(堵*)*",
        "堵.*路",
        "堵.+路",
        "堵.{2,}路",
        "堵.{0,9000}路",
        "(?:堵{1,9}){1,9}",
        "(?:堵?封?){0,20}路",
        r"(堵)\1",
        "[^,]{0,30}[^,]{0,30}[^,]{0,30}路",
        "(?:a|a?b{0,20}){3,9}",
    ],
)
def test_a_pattern_that_could_run_wild_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError) as refused:
        checked(pattern, {})
    assert refused.value.code == "pattern_dangerous"


@pytest.mark.parametrize("pattern", ["堵?", "(?:)", "堵{0,3}", "a|"])
def test_a_pattern_that_finds_nothing_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        checked(pattern, {})


@pytest.mark.parametrize(
    "pattern", ["堵[路门]", r"\d{1,4}人", "(?:堵|封)…路", "堵~路", "(?<!不)堵", "堵(?!车)", "堵?路"]
)
def test_ordinary_patterns_pass(pattern: str) -> None:
    assert checked(pattern, {})


def test_no_shipped_pattern_nests_or_forgets_the_bound_of_a_repeat(document: Document) -> None:
    patterns = list(_all_patterns(document))
    assert len(patterns) > 300
    for _name, pattern in patterns:
        require_safe(expand(pattern, document["words"]), pattern)


def test_a_faulty_document_cannot_become_a_policy(document: Document) -> None:
    document["rules"] = [rule for rule in document["rules"] if rule["level"] != 1]
    with pytest.raises(PolicyError) as refused:
        Policy.from_document(document)
    assert refused.value.faults == check(document)


def test_every_entry_has_a_word_for_people(document: Document) -> None:
    policy = Policy.from_document(document)
    assert policy.label("railway") == "阻断铁路"
    assert policy.label("nothing_of_that_name") == "nothing_of_that_name"


def test_the_look_at_the_first_character_hides_no_word(document: Document) -> None:
    for name, listed in document["words"].items():
        search = re.compile(expand(f"(?:)<{name}>", document["words"]))
        plain = [word for word in listed if not set(word) & set("()[]|?*+{}\\.^$")]
        assert [word for word in plain if not search.match(word)] == []


@pytest.mark.parametrize("word", ["甲乙|丙丁", "(?:甲(?!乙)|丙)丁", "(?<!不)丙丁", "[甲丙]丁", "甲?丙丁"])
def test_a_word_that_is_a_pattern_of_its_own_is_found_among_many(word: str) -> None:
    many = [word, *(f"词{number}" for number in range(10))]
    assert re.search(expand("在<w>", {"w": many}), "在丙丁")
