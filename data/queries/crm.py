"""What is kept of the connection to the CRM, and what of its records is here."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import (
    Activity,
    CrmConnection,
    CrmCursor,
    CrmHint,
    CrmRefusal,
    CrmStage,
    CrmStream,
    CrmUserLink,
    Deal,
    Lead,
    Organisation,
    Person,
)
from data.queries.among import among
from domain.records import DealStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """Somebody whose records they are, and by which clock their days go."""

    person_id: int
    time_zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDeal:
    """A deal that is here."""

    deal_id: int
    lead_id: int | None
    agent_id: int | None
    status: DealStatus
    closed_on: date | None


def connection(session: Session, *, lock: bool = False) -> CrmConnection | None:
    """The connection, as the database knows it now; locked for the transaction where it is to be changed."""
    query = select(CrmConnection).execution_options(populate_existing=True)
    return session.scalar(query.with_for_update() if lock else query)


def has_hook(session: Session, digest: str) -> bool:
    """Whether it is the webhook's."""
    return session.scalar(select(col(CrmConnection.id)).where(col(CrmConnection.hook_digest) == digest)) is not None


def cursors(session: Session) -> dict[CrmStream, CrmCursor]:
    """How far each stream is read."""
    return {each.stream: each for each in session.scalars(select(CrmCursor).execution_options(populate_existing=True))}


def hints(session: Session, *, limit: int) -> list[CrmHint]:
    """The oldest hints."""
    return list(session.scalars(select(CrmHint).order_by(col(CrmHint.told_at), col(CrmHint.number)).limit(limit)))


def users(session: Session) -> list[CrmUserLink]:
    """Users of the CRM, by name."""
    return list(session.scalars(select(CrmUserLink).order_by(col(CrmUserLink.name), col(CrmUserLink.number))))


def stages(session: Session) -> list[CrmStage]:
    """Stages of the CRM, in its order."""
    return list(session.scalars(select(CrmStage).order_by(col(CrmStage.pipeline), col(CrmStage.pipeline_id), col(CrmStage.sort))))


def refusals(session: Session, *, limit: int) -> list[CrmRefusal]:
    """What was refused, newest first."""
    return list(session.scalars(select(CrmRefusal).order_by(col(CrmRefusal.seen_at).desc(), col(CrmRefusal.external_id)).limit(limit)))


def refusal_reasons(session: Session) -> dict[tuple[CrmStream, str], int]:
    """How many were refused, by what they are and why; the most first."""
    number = func.count()
    query = select(CrmRefusal.stream, CrmRefusal.reason, number).group_by(CrmRefusal.stream, CrmRefusal.reason).order_by(number.desc())  # type: ignore[call-overload]
    return {(row[0], row[1]): row[2] for row in session.execute(query)}


def people_by_email(session: Session, emails: Collection[str]) -> dict[str, int]:
    """Who has these addresses."""
    query = select(func.lower(col(Person.email)), col(Person.id)).where(func.lower(col(Person.email)).in_(emails))
    return {row[0]: row[1] for row in session.execute(query)}


def people(session: Session) -> dict[int, str]:
    """Everybody who may be somebody in the CRM: names by id."""
    query = select(col(Person.id), col(Person.name)).where(col(Person.active)).order_by(func.lower(col(Person.name)), col(Person.id))
    return {number: name for number, name in session.execute(query) if number is not None}


def agents(session: Session) -> dict[int, Agent]:
    """Who the users of the CRM are here, as far as anybody knows."""
    query = select(col(CrmUserLink.number), col(Person.id), col(Person.time_zone)).join(
        Person, col(Person.id) == col(CrmUserLink.person_id)
    )
    return {number: Agent(person_id=person, time_zone=zone) for number, person, zone in session.execute(query) if person is not None}


def company(session: Session) -> Organisation:
    """Whose currency and clock count where nothing else is known."""
    return session.get_one(Organisation, 1)


def known_deals(session: Session, origin: str, external_ids: Collection[str]) -> dict[str, KnownDeal]:
    """The deals with these ids there, by id there."""
    query = select(Deal.external_id, Deal.id, Deal.lead_id, Deal.agent_id, Deal.status, Deal.closed_on)  # type: ignore[call-overload, misc]
    wanted = (col(Deal.origin) == origin) & among(col(Deal.external_id), external_ids)
    return {
        row[0]: KnownDeal(deal_id=row[1], lead_id=row[2], agent_id=row[3], status=row[4], closed_on=row[5])
        for row in session.execute(query.where(wanted))
    }


def known_leads(session: Session, origin: str, external_ids: Collection[str]) -> dict[str, int]:
    """The leads with these ids there, by id there."""
    wanted = (col(Lead.origin) == origin) & among(col(Lead.external_id), external_ids)
    rows = session.execute(select(col(Lead.external_id), col(Lead.id)).where(wanted))
    return {key: number for key, number in rows if key is not None and number is not None}


def counts(session: Session, origin: str) -> dict[str, int]:
    """How much of the CRM is here: deals, leads, activities."""
    columns = {"deals": col(Deal.origin), "clients": col(Lead.origin), "activities": col(Activity.origin)}
    return {name: session.scalar(select(func.count()).where(column == origin)) or 0 for name, column in columns.items()}


def is_due(session: Session, asked_before: object) -> bool:
    """Whether there is anything to read, without taking it."""
    query = select(col(CrmConnection.id)).where(
        or_(
            col(CrmConnection.began_at).is_not(None),
            col(CrmConnection.asked_at).is_not(None),
            col(CrmConnection.synced_at).is_(None),
            col(CrmConnection.synced_at) <= asked_before,
            select(col(CrmHint.number)).exists(),
        )
    )
    return session.scalar(query) is not None


def user_of(session: Session, person_id: int | None) -> int | None:
    """The user of the CRM who is this person; the first of several."""
    query = select(col(CrmUserLink.number)).where(col(CrmUserLink.person_id) == person_id).order_by(col(CrmUserLink.number)).limit(1)
    return session.scalar(query) if person_id is not None else None
