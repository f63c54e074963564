"""A company's guidelines for a model's reviews: in versions, looked at before, audited, and off until the model was evaluated with them."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.models import AuditEntry, Person
from domain.errors import AccessError, InputError, NotFoundError
from domain.records import Role
from integrations.text_model import NoTextModel
from services import review_guidance
from services.access import Viewer, viewer
from services.ai import Assistant
from services.ai_evaluation import standings
from services.ai_prompts import Purpose, prompt
from tests import builders
from tests.builders import NOON

OWN = prompt(Purpose.DEAL_REVIEW)
KIND = "A demonstration comes before an offer."


@pytest.fixture
def boss(session: Session) -> Viewer:
    builders.organisation(session)
    made: Person = builders.person(session, role=Role.ADMIN, name="Ann")
    return viewer(session, made.id or 0)


def test_guidelines_follow_the_products_rules_as_a_version_of_its_own(session: Session, boss: Viewer) -> None:
    assert review_guidance.prompt_in_use(session) == OWN
    review_guidance.change(session, boss, f"  {KIND} ", NOON)
    (used,) = review_guidance.versions(session, boss)
    assert (used.words, used.by, used.at, used.is_in_use) == (KIND, "Ann", NOON, True)
    in_use = review_guidance.prompt_in_use(session)
    assert in_use.version == f"v1.{used.number}"
    assert in_use.text.startswith(OWN.text.rstrip())
    assert in_use.text.endswith(f"{review_guidance.INTRODUCED}\n{KIND}\n")
    assert [entry.action for entry in session.scalars(select(AuditEntry))] == ["review_guidance_changed"]


def test_an_earlier_version_is_used_again_and_the_same_words_change_nothing(session: Session, boss: Viewer) -> None:
    for words in (KIND, "Be brief.", "Be brief."):
        review_guidance.change(session, boss, words, NOON)
    last, first = review_guidance.versions(session, boss)
    assert (last.words, first.words, first.is_in_use) == ("Be brief.", KIND, False)
    review_guidance.use_again(session, boss, first.number, NOON)
    assert [each.words for each in review_guidance.versions(session, boss)] == [KIND, "Be brief.", KIND]
    review_guidance.change(session, boss, "", NOON)
    assert review_guidance.prompt_in_use(session) == OWN
    with pytest.raises(NotFoundError):
        review_guidance.use_again(session, boss, 10**6, NOON)


def test_a_preview_shows_what_would_be_sent_of_an_invented_deal(boss: Viewer) -> None:
    instructions, told = review_guidance.preview(boss, KIND)
    assert KIND in instructions
    assert told.startswith("<data>")
    assert "$45,000" in told


def test_another_version_has_to_be_evaluated(session: Session, boss: Viewer) -> None:
    review_guidance.change(session, boss, KIND, NOON)
    helper = Assistant(model=NoTextModel(), tokens_a_day=1, tokens_a_day_each=1)
    (standing,) = [each for each in standings(session, boss, helper) if each.purpose is Purpose.DEAL_REVIEW]
    assert (standing.prompt_version, standing.is_on) == (review_guidance.prompt_in_use(session).version, False)


def test_only_administrators_write_them_and_not_too_much(session: Session, boss: Viewer) -> None:
    agent = viewer(session, builders.person(session).id)
    for refused in (lambda: review_guidance.change(session, agent, KIND, NOON), lambda: review_guidance.preview(agent, KIND)):
        with pytest.raises(AccessError):
            refused()
    with pytest.raises(AccessError):
        review_guidance.versions(session, agent)
    with pytest.raises(InputError):
        review_guidance.change(session, boss, "x" * (review_guidance.LONGEST + 1), NOON)
