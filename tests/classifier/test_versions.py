"""The policy is drafted, proposed by one person and published by another; what is published never changes."""

from datetime import timedelta

import pytest

from audit.choices import Action
from audit.models import AccessEvent
from classifier.choices import PolicyState
from classifier.models import WarningPolicy
from classifier.selectors.policy import policy_in_force
from classifier.services import policies
from core import reference
from core.errors import Conflict, InvalidInput, NotPermitted, StaleVersion, WrongState
from tests.classifier.conftest import with_rule, without_level
from tests.factories.accounts import actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed(draft, county_office, now):
    return policies.propose(version=draft.version, note="补充说法", by=actor(county_office), now=now)


def test_the_reference_data_bring_one_published_version_and_never_a_second(now):
    reference.load_all(now + timedelta(days=1))
    assert WarningPolicy.objects.values_list("version", "state").get() == (1, "published")
    assert policy_in_force(now)[0].version == 1


def test_a_draft_is_a_copy_of_the_version_in_force_and_changes_nothing(draft, now):
    assert draft.version == 2
    assert draft.document["rules"] == policy_in_force(now)[0].document["rules"]
    assert policy_in_force(now)[0].version == 1


def test_two_persons_put_a_version_into_force(proposed, county_coordinator, now):
    policies.publish(version=2, effective_from=None, by=actor(county_coordinator), now=now)
    assert policy_in_force(now)[0].version == 2
    assert policy_in_force(now - timedelta(seconds=1))[0].version == 1
    changed = AccessEvent.objects.filter(action=Action.CONFIG_CHANGED, target_type="warning_policy")
    assert changed.order_by("id").last().details["after"]["state"] == "published"


def test_a_later_moment_is_waited_for(proposed, county_coordinator, now):
    later = now + timedelta(days=7)
    policies.publish(version=2, effective_from=later, by=actor(county_coordinator), now=now)
    assert policy_in_force(now)[0].version == 1
    assert policy_in_force(later)[0].version == 2


def test_nobody_publishes_what_he_proposed_himself(proposed, county_office, now):
    with pytest.raises(Conflict, match="两个人"):
        policies.publish(version=2, effective_from=None, by=actor(county_office), now=now)


def test_a_past_moment_is_refused(proposed, county_coordinator, now):
    past = now - timedelta(minutes=1)
    with pytest.raises(InvalidInput) as refused:
        policies.publish(version=2, effective_from=past, by=actor(county_coordinator), now=now)
    assert "effective_from" in refused.value.errors


def test_a_draft_without_a_level_is_not_proposed_and_the_message_names_the_level(
    draft, change, county_office, now
):
    change(draft, lambda document: without_level(document, 2))
    with pytest.raises(InvalidInput, match="没有任何规则能定为二级"):
        policies.propose(version=2, note="x", by=actor(county_office), now=now)


def test_a_draft_that_contradicts_itself_is_not_proposed_and_the_message_names_both_rules(
    draft, change, county_office, now
):
    def twice(document):
        rule = document["rules"][0]
        copy = rule | {"id": "again", "label": "又一条", "level": rule["level"] % 3 + 1}
        return document | {"rules": [*document["rules"], copy]}

    change(draft, twice)
    with pytest.raises(InvalidInput) as refused:
        policies.propose(version=2, note="x", by=actor(county_office), now=now)
    (message,) = refused.value.errors["__all__"]
    assert "“又一条”" in message
    assert draft.document["rules"][0]["label"] in message


def test_a_rule_that_names_an_unknown_indicator_is_told(draft, change, county_office, now):
    change(draft, lambda document: with_rule(document, needs=[["nothing_like_it"]]))
    with pytest.raises(InvalidInput, match="nothing_like_it"):
        policies.propose(version=2, note="x", by=actor(county_office), now=now)


def test_what_is_proposed_or_published_is_not_edited(proposed, change, county_coordinator, now):
    with pytest.raises(WrongState):
        change(proposed, lambda document: document)
    policies.publish(version=2, effective_from=None, by=actor(county_coordinator), now=now)
    with pytest.raises(WrongState):
        change(proposed, lambda document: document)


def test_what_is_taken_back_can_be_edited_again(proposed, change, county_office, now):
    policies.take_back(version=2, by=actor(county_office), now=now)
    assert change(proposed, lambda document: document).state == PolicyState.DRAFT


def test_two_who_edit_at_once_do_not_overwrite_each_other(draft, change, county_office, now):
    change(draft, lambda document: document)
    with pytest.raises(StaleVersion):
        policies.change(version=2, revision=1, document=draft.document, by=actor(county_office))


@pytest.mark.parametrize("role", ["t01.coordinator", "t01.clerk", "county.deputy", "auditor"])
def test_only_the_county_writes_the_policy(role, people, now):
    with pytest.raises(NotPermitted):
        policies.draft(copy_of=1, note="x", by=actor(people[role]), now=now)


def test_the_version_in_force_costs_one_query_once_it_is_compiled(now, django_assert_num_queries):
    policy_in_force(now)
    with django_assert_num_queries(1):
        policy_in_force(now)
