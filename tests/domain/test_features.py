"""Who has what is rolled out: by role, by team, by a share that only grows, and everybody without a rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain.features import Asker, Feature, FlagRule, hidden, is_on, place, rule_words
from domain.records import Role

NORA = Asker(person_id=7, role=Role.AGENT, team_ids=frozenset({3}))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (None, True),
        (FlagRule(), False),
        (FlagRule(roles=frozenset({Role.AGENT})), True),
        (FlagRule(roles=frozenset({Role.MANAGER, Role.ADMIN})), False),
        (FlagRule(team_ids=frozenset({3, 4})), True),
        (FlagRule(team_ids=frozenset({4})), False),
        (FlagRule(roles=frozenset({Role.ADMIN}), team_ids=frozenset({3})), True),
    ],
)
def test_somebody_has_what_any_part_of_the_rule_gives_them(rule: FlagRule | None, *, expected: bool) -> None:
    assert is_on(Feature.PIPELINE, rule, NORA) is expected


@given(some.integers(0, 10**9), some.integers(0, 99), some.integers(0, 99))
def test_a_larger_share_takes_a_feature_from_nobody(person_id: int, one: int, other: int) -> None:
    asker = Asker(person_id=person_id, role=Role.AGENT)
    small, large = sorted((one, other))
    assert is_on(Feature.ALERTS, FlagRule(share=large), asker) or not is_on(Feature.ALERTS, FlagRule(share=small), asker)


def test_a_share_is_about_that_many_people_and_others_for_each_feature() -> None:
    people = range(1, 2001)
    first = {person for person in people if place(Feature.PIPELINE, person) < 20}
    second = {person for person in people if place(Feature.ALERTS, person) < 20}
    assert 330 < len(first) < 470
    assert 40 < len(first & second) < 130


def test_somebodys_place_is_the_same_tomorrow() -> None:
    assert [place(Feature.PIPELINE, person) for person in (1, 2, 3)] == [58, 65, 48]


def test_only_features_with_a_rule_can_be_hidden() -> None:
    assert hidden({Feature.ALERTS: FlagRule(), Feature.FORECAST: FlagRule(roles=frozenset({Role.AGENT}))}, NORA) == {Feature.ALERTS}


def test_a_rule_is_told_in_words() -> None:
    roles, teams = {role: role.value for role in Role}, {3: "North", 4: "South"}
    assert rule_words(None, roles, teams) == "Everybody"
    assert rule_words(FlagRule(), roles, teams) == "Nobody"
    told = FlagRule(share=20, roles=frozenset({Role.MANAGER}), team_ids=frozenset({4, 99}))
    assert rule_words(told, roles, teams) == "Managers, team South, 20 % of the people"
