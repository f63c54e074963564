"""What was brought up about a deal: counted by conversation, lately, and only from what the viewer may read."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from domain.conversations.words import Objection
from domain.records import ActivityType, Direction, TranscriptState
from services.access import viewer
from services.brought_up import Listened, brought_up
from tests import builders
from tests.builders import NOON

DAY = timedelta(days=1)
WRITTEN_DOWN = {"transcript_state": TranscriptState.DONE, "transcript": "Agent: Hello\nClient: It is too expensive.\nClient: Not now."}


@pytest.fixture
def house(session: Session) -> SimpleNamespace:
    builders.organisation(session)
    north, south = builders.team(session), builders.team(session)
    nora, sven = builders.person(session, on=north), builders.person(session, on=south)
    return SimpleNamespace(
        nora=nora, sven=sven, mia=builders.manager(session, of=north), deal=builders.deal(session, nora), other=builders.deal(session, nora)
    )


def said(session: Session, house: SimpleNamespace, ago: int, notes: str = "", **fields: Any) -> int:
    agent = fields.pop("agent", house.nora)
    told = {"type": ActivityType.CALL, "deal_id": house.deal.id, "notes": notes, "local_on": (NOON - ago * DAY).date()} | fields
    return builders.activity(session, agent, at=NOON - ago * DAY, **told).id or 0


def found(session: Session, house: SimpleNamespace, person: Any = None) -> tuple[int, dict[Objection, int]]:
    listened: Listened = brought_up(session, viewer(session, (person or house.nora).id), house.deal.id, NOON)
    return listened.conversations, {each.kind: each.conversations for each in listened.found}


def test_an_objection_counts_once_a_conversation_from_note_and_transcript(session: Session, house: SimpleNamespace) -> None:
    call = said(session, house, 9, "Too expensive, he says.")
    for _ in range(2):
        builders.recording(session, house.nora, activity_id=call, **WRITTEN_DOWN)
    said(session, house, 5, "Дорого. Надо подумать.", type=ActivityType.NOTE)
    said(session, house, 2, "Not too expensive after all.", type=ActivityType.MEETING)

    assert found(session, house) == (3, {Objection.PRICE: 2, Objection.TIMING: 2})


def test_what_is_old_elsewhere_wordless_or_written_by_the_agent_is_left_out(session: Session, house: SimpleNamespace) -> None:
    said(session, house, 91, "Too expensive.")
    said(session, house, 3, "Too expensive.", deal_id=house.other.id)
    said(session, house, 3, "Too expensive.", type=ActivityType.EMAIL, direction=Direction.OUTBOUND)
    call = said(session, house, 3)
    builders.recording(session, house.nora, activity_id=call, transcript="Too expensive.", transcript_state=TranscriptState.WAITING)
    assert found(session, house) == (0, {})

    said(session, house, 3, "Too expensive.", type=ActivityType.EMAIL, direction=Direction.INBOUND)
    assert found(session, house) == (1, {Objection.PRICE: 1})


def test_what_the_viewer_may_not_read_is_not_counted_for_them(session: Session, house: SimpleNamespace) -> None:
    said(session, house, 3, "Too expensive.", agent=house.sven)
    builders.recording(session, house.sven, activity_id=said(session, house, 2, agent=house.sven), **WRITTEN_DOWN)
    said(session, house, 1, "Not interested.")

    assert found(session, house) == found(session, house, house.mia) == (1, {Objection.NEED: 1})
