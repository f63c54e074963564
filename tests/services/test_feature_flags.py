"""Features rolled out step by step: who has them, who may say so, and what it costs to ask."""

from types import SimpleNamespace

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from data.models import AuditEntry, FeatureFlag, Person
from domain.errors import AccessError, InputError, NotFoundError
from domain.features import Feature, FlagRule
from domain.records import Role
from services import access, exports, feature_flags, sessions
from services.audit import Action
from services.feature_flags import rule_details
from tests import builders
from tests.builders import NOON, TUESDAY


@pytest.fixture
def house(session: Session) -> SimpleNamespace:
    builders.organisation(session)
    north, south = builders.team(session, name="North"), builders.team(session, name="South")
    return SimpleNamespace(
        north=north.id,
        nora=builders.person(session, on=north),
        sven=builders.person(session, on=south),
        mia=builders.manager(session, of=north),
        ann=builders.person(session, role=Role.ADMIN),
    )


def seen(session: Session, person: Person) -> access.Viewer:
    """Whoever a browser's session says somebody is; a second look by their id must agree."""
    token = sessions.open_session(session, person_id=person.id, user_agent="Firefox", now=NOON)
    living = sessions.signed_in(session, token, NOON)
    assert living is not None
    assert living.viewer == access.viewer(session, person.id)
    return living.viewer


def having(session: Session, house: SimpleNamespace, feature: Feature) -> set[str]:
    return {name for name in ("nora", "sven", "mia", "ann") if seen(session, getattr(house, name)).may_use(feature)}


def set_rule(session: Session, house: SimpleNamespace, **given: object) -> None:
    feature_flags.set_rule(session, access.viewer(session, house.ann.id), Feature.PIPELINE, rule_details(**given), NOON)


def test_everybody_has_everything_until_somebody_says_otherwise(session: Session, house: SimpleNamespace) -> None:
    assert having(session, house, Feature.PIPELINE) == {"nora", "sven", "mia", "ann"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, set()),
        ({"roles": [Role.MANAGER, Role.ADMIN]}, {"mia", "ann"}),
        ({"team_ids": ["north"]}, {"nora", "mia"}),
    ],
)
def test_a_role_and_a_team_with_its_managers_can_have_it_first(
    session: Session, house: SimpleNamespace, given: dict[str, list[object]], expected: set[str]
) -> None:
    set_rule(session, house, **{name: [house.north if each == "north" else each for each in value] for name, value in given.items()})
    assert having(session, house, Feature.PIPELINE) == expected
    assert having(session, house, Feature.ALERTS) == {"nora", "sven", "mia", "ann"}


def test_on_for_everybody_takes_the_question_away(session: Session, house: SimpleNamespace) -> None:
    set_rule(session, house, share=50)
    set_rule(session, house, share=100)
    assert session.scalars(select(FeatureFlag)).all() == []
    assert having(session, house, Feature.PIPELINE) == {"nora", "sven", "mia", "ann"}


def test_who_asked_is_known_and_only_admins_say_who_has_it(session: Session, house: SimpleNamespace) -> None:
    set_rule(session, house, share=30, roles=[Role.MANAGER])
    (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.action == Action.FEATURE_CHANGED))
    assert (entry.person_id, entry.subject, entry.details) == (
        house.ann.id,
        "feature:pipeline",
        {"share": 30, "roles": ["manager"], "teams": []},
    )
    for name in ("nora", "mia"):
        with pytest.raises(AccessError):
            feature_flags.set_rule(session, seen(session, getattr(house, name)), Feature.PIPELINE, rule_details(share=100), NOON)
        with pytest.raises(AccessError):
            feature_flags.switch_on(session, seen(session, getattr(house, name)), Feature.PIPELINE, NOON)
        with pytest.raises(AccessError):
            feature_flags.rules(session, seen(session, getattr(house, name)))
    assert feature_flags.rules(session, seen(session, house.ann))[Feature.PIPELINE] == FlagRule(share=30, roles=frozenset({Role.MANAGER}))


@pytest.mark.parametrize("given", [{"share": 101}, {"share": -1}, {"roles": ["boss"]}, {"team_ids": [10**6]}])
def test_a_rule_nobody_can_mean_is_refused(session: Session, house: SimpleNamespace, given: dict[str, object]) -> None:
    with pytest.raises(InputError):
        set_rule(session, house, **given)


def test_a_download_goes_with_its_screen(session: Session, house: SimpleNamespace) -> None:
    set_rule(session, house)
    with pytest.raises(NotFoundError):
        exports.export_of(seen(session, house.mia), "pipeline-changes", {}, TUESDAY, NOON)
    assert exports.export_of(seen(session, house.mia), "heatmap", {}, TUESDAY, NOON).key == "heatmap"


def test_asking_costs_no_statement_of_its_own(session: Session, house: SimpleNamespace) -> None:
    set_rule(session, house, team_ids=[house.north])
    token = sessions.open_session(session, person_id=house.nora.id, user_agent="Firefox", now=NOON)
    statements: list[str] = []
    note = lambda _c, _cursor, statement, *_rest: statements.append(statement)  # noqa: E731 - a listener
    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    sessions.signed_in(session, token, NOON)
    event.remove(connection, "before_cursor_execute", note)
    assert len(statements) == 1
