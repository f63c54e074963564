"""One review of a deal told to the deal's agent: the whole of it, in their language and by their clock."""

from datetime import datetime

from sqlalchemy.orm import Session

from data.models import Person
from domain.language import Language
from domain.local_time import local_time
from services import deal_facts, deal_messages, deal_reviews, win_chances
from services.deal_reviews import Reviewed
from services.notifications import notify_person
from services.work_days import EVERYBODY

KIND = "deal_review"


def tell_agent(session: Session, reviewed: Reviewed, request_id: int, now: datetime) -> None:
    """Tell whose deal it is now; nobody where it is nobody's. The same request tells once."""
    facts = next(iter(deal_facts.read(session, EVERYBODY, local_time(now, "UTC").on, now, ids={reviewed.deal_id})), None)
    agent = None if facts is None or facts.agent_id is None else session.get(Person, facts.agent_id)
    if facts is None or agent is None:
        return
    read = _in_language(session, reviewed, agent.language, now)
    chance = win_chances.chances_of(session, [facts]).get(facts.deal_id)
    message = deal_messages.whole_review(
        session,
        read.review,
        facts,
        agent.language,
        chance=None if chance is None else chance.chance,
        reviewed_at=read.made_at,
        zone=agent.time_zone,
    )
    link = f"/deals?deal={facts.deal_id}"
    notice = deal_messages.as_notice(message, kind=KIND, dedupe_key=f"{KIND}:{facts.deal_id}:{request_id}", link=link)
    notify_person(session, agent.id or 0, notice, now)


def _in_language(session: Session, reviewed: Reviewed, language: Language, now: datetime) -> Reviewed:
    """The review as the agent reads it: made anew where it was asked for in another language."""
    if reviewed.language is language:
        return reviewed
    return next(iter(deal_reviews.review_all(session, {reviewed.deal_id}, now, language)), reviewed)
