"""The coach's texts in the database: asked for by their agent alone, kept with whose words they are, answered, and seen by who may."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from data.models import CoachingSession, Person, StoredPattern, Team
from data.writes import energy as check_ins
from domain.ai.outcome import Outcome
from domain.coaching.daily_plan import MustDoKind
from domain.coaching.energy import CheckIn, Daypart
from domain.coaching.patterns.pattern import Tier
from domain.coaching.texts.text import CoachKind, CoachText
from domain.errors import AccessError, NotFoundError
from domain.records import Role
from services import ai_consent, coach, energy, patterns, retention
from services.access import Viewer, viewer
from services.ai import Phrased, by_rules
from tests import builders
from tests.builders import NOON, TUESDAY

Reads = Callable[[CoachKind], CoachText]


@pytest.fixture
def team(session: Session) -> Team:
    builders.organisation(session)
    return builders.team(session)


@pytest.fixture
def agent(session: Session, team: Team) -> Person:
    made: Person = builders.person(session, name="Ada Lovelace", on=team)
    return made


@pytest.fixture
def ada(session: Session, agent: Person) -> Viewer:
    return viewer(session, agent.id or 0)


@pytest.fixture
def reads(session: Session, ada: Viewer) -> Reads:
    """The agent opens the coach: there is something to say, and it is kept that they read it."""

    def read(kind: CoachKind) -> CoachText:
        text = coach.text_of(session, ada, ada.person_id, kind, NOON)
        assert text is not None
        coach.keep_shown(session, ada, ada.person_id, text, by_rules(coach.asked_of(text, ada.person_id)), NOON)
        return text

    return read


def plan(session: Session, agent: Person) -> None:
    for position, kind in enumerate((MustDoKind.NEW_LEAD, MustDoKind.DEAL), 1):
        builders.must_do(session, agent, kind=kind, key=f"{kind}.{position}", position=position, title=f"Contact Zelda Quill {position}")


def tired_in_the_evening(session: Session, agent: Person) -> None:
    for day in range(10):
        for part, told in ((Daypart.MORNING, 5 - day % 2), (Daypart.EVENING, 1 + day % 2)):
            check_ins.put_check_in(session, agent.id or 0, CheckIn(on=TUESDAY - timedelta(days=day), daypart=part, energy=told), NOON)


def own_pattern(session: Session, agent: Person) -> None:
    counts = {"effect": 2.0, "low": 1.5, "high": 2.6, "inside_total": 40, "inside_count": 100, "outside_total": 90, "outside_count": 400}
    seen = {"first_seen_on": TUESDAY, "last_seen_on": TUESDAY, "hypothesis": "weekday_reach", "segment": "tue", "tier": Tier.CLEAR}
    session.add(StoredPattern(whose=f"agent.{agent.id}", person_id=agent.id, people=1, q_value=0.01, has=500, needs=0, **counts, **seen))
    session.flush()


def by_model(text: CoachText, agent_id: int) -> Phrased:
    asked = coach.asked_of(text, agent_id)
    return Phrased(sentences=("By a model.",), outcome=Outcome.OK, digest=asked.digest, model="m", prompt_version="v1", call_id=7)


def test_a_text_is_kept_once_for_rules_and_once_for_a_model_and_names_nobody(
    session: Session, agent: Person, ada: Viewer, reads: Reads
) -> None:
    plan(session, agent)
    text = reads(CoachKind.DAY_PLAN)
    reads(CoachKind.DAY_PLAN)
    said = by_model(text, ada.person_id)
    assert coach.kept_words(session, ada, text, said.digest) is None
    coach.keep_shown(session, ada, ada.person_id, text, said, NOON + timedelta(minutes=1))
    assert coach.kept_words(session, ada, text, said.digest) == said
    model, rules = session.query(CoachingSession).order_by(CoachingSession.model.desc()).all()
    assert (model.model, model.prompt_version, model.call_id, model.sentences) == ("m", "v1", 7, ["By a model."])
    assert (rules.model, rules.sentences, rules.shown_at, rules.shown_on) == ("", list(text.sentences), NOON, TUESDAY)
    assert "Zelda" not in repr(rules.evidence["facts"])
    assert "Zelda" in repr(rules.evidence["rests_on"])


def test_an_answer_is_kept_with_its_text_by_its_agent_alone(session: Session, agent: Person, ada: Viewer, reads: Reads) -> None:
    plan(session, agent)
    reads(CoachKind.DAY_PLAN)
    (row,) = session.query(CoachingSession)
    for useful in (False, True):
        coach.answer(session, ada, row.id or 0, NOON, is_useful=useful)
    assert [each.is_useful for each in coach.sessions_of(session, ada, ada.person_id, TUESDAY)] == [True]
    boss = viewer(session, builders.person(session, role=Role.ADMIN).id)
    with pytest.raises(NotFoundError):
        coach.answer(session, boss, row.id or 0, NOON, is_useful=False)


def test_managers_read_what_was_said_of_the_plan_and_nobody_what_is_private(
    session: Session, team: Team, agent: Person, ada: Viewer, reads: Reads
) -> None:
    plan(session, agent)
    tired_in_the_evening(session, agent)
    own_pattern(session, agent)
    kinds = (CoachKind.DAY_PLAN, CoachKind.ENERGY, CoachKind.OWN_PATTERNS)
    assert tuple(reads(kind).kind for kind in kinds) == kinds
    admin = viewer(session, builders.person(session, role=Role.ADMIN).id)
    manager = viewer(session, builders.manager(session, of=team).id)
    assert {each.kind for each in coach.sessions_of(session, ada, ada.person_id, TUESDAY)} == set(kinds)
    for boss in (admin, manager):
        assert [each.kind for each in coach.sessions_of(session, boss, ada.person_id, TUESDAY)] == [CoachKind.DAY_PLAN]
    stranger = viewer(session, builders.manager(session, of=builders.team(session)).id)
    with pytest.raises(NotFoundError):
        coach.sessions_of(session, stranger, ada.person_id, TUESDAY)


def test_nobody_asks_the_coach_about_somebody_else(session: Session, agent: Person, ada: Viewer, reads: Reads) -> None:
    plan(session, agent)
    text = reads(CoachKind.DAY_PLAN)
    admin = viewer(session, builders.person(session, role=Role.ADMIN).id)
    stranger = viewer(session, builders.person(session).id)
    with pytest.raises(AccessError):
        coach.text_of(session, admin, ada.person_id, CoachKind.ENERGY, NOON)
    with pytest.raises(AccessError):
        coach.keep_shown(session, admin, ada.person_id, text, by_rules(coach.asked_of(text, ada.person_id)), NOON)
    with pytest.raises(NotFoundError):
        coach.text_of(session, stranger, ada.person_id, CoachKind.DAY_PLAN, NOON)


def test_what_was_said_of_private_facts_goes_with_them(session: Session, agent: Person, ada: Viewer, reads: Reads) -> None:
    tired_in_the_evening(session, agent)
    own_pattern(session, agent)

    def kept() -> set[CoachKind]:
        return {each.kind for each in coach.sessions_of(session, ada, ada.person_id, TUESDAY)}

    reads(CoachKind.ENERGY)
    reads(CoachKind.OWN_PATTERNS)
    patterns.change_wish(session, ada, wanted=False, now=NOON)
    assert kept() == {CoachKind.ENERGY}
    ai_consent.change_energy(session, ada, is_given=False, now=NOON)
    assert kept() == set()
    reads(CoachKind.ENERGY)
    energy.forget(session, ada)
    assert kept() == set()


def test_texts_are_kept_as_long_as_the_plans(session: Session, agent: Person, reads: Reads) -> None:
    plan(session, agent)
    reads(CoachKind.DAY_PLAN)
    assert retention.prune(session, NOON + timedelta(days=400))["coaching_session"] == 0
    assert retention.prune(session, NOON + timedelta(days=401))["coaching_session"] == 1
