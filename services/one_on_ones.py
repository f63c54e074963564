"""1:1s read by the two people of them, and by nobody else; administrators see that they took place (docs/decisions/0062)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeAlias

from sqlalchemy.orm import Session

from data.queries import one_on_ones as queries
from domain.errors import NotFoundError
from domain.one_on_ones import agenda, commitments, talk
from domain.one_on_ones.commitments import Commitment
from domain.one_on_ones.pre_read import PreRead
from domain.one_on_ones.talk import Talk
from domain.records import Role
from services.access import Viewer, require_role
from services.one_on_one_pre_read import pre_read_of
from services.owners import today_of

TookPlace: TypeAlias = talk.TookPlace
GONE: Final = "There is no such 1:1 among yours."
MOST_TOOK_PLACE: Final = 200
"""Some months of a company; what is older is asked of the two people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkShown:
    """A talk as one of its two people reads it today."""

    talk: Talk
    may_change: bool
    """Whether the two still work together and it is not held yet."""
    pre_read: PreRead | None
    """What is known now; what was known then once it is held. None where it cannot be read any more."""
    made_here: tuple[Commitment, ...]
    """What was promised in this talk."""
    proposed_agenda: str
    """What to talk about, where nobody has written an agenda."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """What two people have of their talks."""

    preparing: tuple[Talk, ...]
    """One a pair, of those who work together."""
    held: tuple[Talk, ...]
    """The latest first."""
    commitments: tuple[Commitment, ...]
    """What is still to be kept first."""


def talks(session: Session, viewer: Viewer) -> list[Talk]:
    """The viewer's own, as agent or as manager, those in preparation first; a program has none."""
    return [] if viewer.is_program else queries.talks_of(session, viewer.person_id)


def together(session: Session, viewer: Viewer, agent_id: int, now: datetime) -> Together:
    """The viewer's talks with an agent, or an agent's own with whoever held them; empty for a pair without any."""
    if viewer.is_program:
        return Together(preparing=(), held=(), commitments=())
    found = queries.talks_of(session, viewer.person_id, agent_id=agent_id)
    promised = queries.commitments_of(session, viewer.person_id, agent_id)
    return Together(
        preparing=tuple(each for each in found if not each.is_held and is_live(session, each, today_of(viewer, now))),
        held=tuple(each for each in found if each.is_held),
        commitments=commitments.in_order(promised, today_of(viewer, now)),
    )


def talk_shown(session: Session, viewer: Viewer, talk_id: int, now: datetime) -> TalkShown:
    """One talk with its pre-read. Raises NotFoundError, in the same words, for no talk and for one of two other people."""
    found = own_talk(session, viewer, talk_id)
    promised = queries.commitments_of(session, viewer.person_id, found.agent_id)
    may_change = not found.is_held and is_live(session, found, today_of(viewer, now))
    pre_read = found.pre_read if found.is_held else pre_read_of(session, viewer, found, now) if may_change else None
    return TalkShown(
        talk=found,
        may_change=may_change,
        pre_read=pre_read,
        made_here=commitments.in_order((each for each in promised if each.talk_id == found.id), today_of(viewer, now)),
        proposed_agenda=agenda.proposed_agenda(pre_read, found.topics) if pre_read else "",
    )


def earlier(session: Session, viewer: Viewer, found: Talk) -> list[Talk]:
    """What these two held before a talk of theirs, the latest first."""
    known = queries.talks_of(session, viewer.person_id, agent_id=found.agent_id)
    return [each for each in known if each.manager_id == found.manager_id and each.is_held and each.id < found.id]


def own_talk(session: Session, viewer: Viewer, talk_id: int) -> Talk:
    """The talk, if the viewer is one of its two people in person; raises NotFoundError."""
    found = None if viewer.is_program else queries.talk_of(session, viewer.person_id, talk_id)
    if found is None:
        raise NotFoundError(GONE)
    return found


def of_the_day(session: Session, viewer: Viewer, agent_id: int, now: datetime) -> tuple[Commitment, ...]:
    """What the agent promised that belongs on today's plan; nothing to anybody but the agent in person."""
    if viewer.is_program or viewer.person_id != agent_id:
        return ()
    return commitments.for_the_day(queries.commitments_of(session, viewer.person_id, agent_id), today_of(viewer, now))


def possible_managers(session: Session, viewer: Viewer, now: datetime) -> dict[int, str]:
    """With whom an agent may ask for a talk today; names by id."""
    return {} if viewer.is_program else queries.managers_of(session, viewer.person_id, today_of(viewer, now))


def took_place(session: Session, viewer: Viewer) -> Sequence[TookPlace]:
    """The latest talks in the company, day and pair; raises AccessError for all but administrators."""
    require_role(viewer, {Role.ADMIN})
    return queries.took_place(session, MOST_TOOK_PLACE)


def is_live(session: Session, found: Talk, today: date) -> bool:
    """Whether the manager still looks after the agent."""
    return found.manager_id in queries.managers_of(session, found.agent_id, today)
