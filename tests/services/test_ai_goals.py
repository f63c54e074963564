"""A goal's analysis as facts: whole enough for good sentences, without anybody's name, and kept only with the plan it is about."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from api.v1.goal_plan_bodies import AnalysisOut, SaidOut
from data.models import Goal, Person
from domain.ai.facts import fenced
from domain.ai.grounding import Objection, objection
from domain.ai.outcome import Outcome
from domain.ai.redaction import Redaction
from domain.errors import NotFoundError
from domain.records import ActivityType, Profile
from services.access import viewer
from services.ai import Phrased, by_rules
from services.ai_goals import asked_of, keep_words, kept_words
from services.goal_plan_record import plan_record
from services.goal_setting import WantedGoals, create_goals
from services.goal_studio import studio
from tests import builders
from tests.builders import NOON, TUESDAY
from tests.services.test_goal_studio import revenue

SAID = ("With 268 calls it is worth it.",)


@pytest.fixture
def agent(session: Session) -> Person:
    builders.organisation(session, profile=Profile.REAL_ESTATE)
    made: Person = builders.person(session, name="Ada Lovelace", on=builders.team(session, profile=Profile.REAL_ESTATE))
    for number in range(40):
        builders.activity(session, made, type=ActivityType.CALL, outcome="appointment_set" if number < 6 else "no_answer")
    return made


def test_what_the_rules_say_could_be_an_answer_and_a_wrong_figure_could_not(session: Session, agent: Person) -> None:
    view = studio(session, viewer(session, agent.id), agent.id, revenue(), TUESDAY)
    asked = asked_of(plan_record(view), view.definition, agent.id)
    assert asked is not None
    told, redaction = asked.facts.cleaned(), Redaction()
    assert objection(asked.rules, told, redaction) is None
    plan = view.analysis.advised if view.analysis else None
    assert plan is not None
    wrong = [each.replace(f"{plan.activities:,}", f"{plan.activities + 1:,}") for each in asked.rules]
    assert objection(wrong, told, redaction) is Objection.FIGURE
    assert objection(asked.rules[:1], told, redaction) is Objection.MISSING
    assert "Lovelace" not in fenced(told)


def test_words_stay_with_the_plan_they_are_about_and_with_nobody_elses(session: Session, agent: Person) -> None:
    who, draft = viewer(session, agent.id), revenue()
    view = studio(session, who, agent.id, draft, TUESDAY)
    asked = asked_of(plan_record(view), view.definition, agent.id)
    assert asked is not None
    said: Phrased = replace(by_rules(asked, Outcome.OK), sentences=SAID, model="m", prompt_version="v1", call_id=7)
    wanted = WantedGoals(agent_id=agent.id, period=draft.period, day=draft.day, targets={"revenue": draft.target}, words=said)
    create_goals(session, who, wanted, TUESDAY, NOON)
    goal = session.query(Goal).one()
    session.refresh(goal)
    assert goal.analysis is not None
    assert kept_words(goal.analysis["plan"]) == said
    assert AnalysisOut.of(goal.analysis["plan"]).words == SaidOut(**said.record(NOON))
    assert not keep_words(session, who, agent.id, goal.id or 0, replace(said, digest="of other facts"), TUESDAY, NOON)
    stranger = viewer(session, builders.person(session).id)
    with pytest.raises(NotFoundError):
        keep_words(session, stranger, agent.id, goal.id or 0, said, TUESDAY, NOON)
