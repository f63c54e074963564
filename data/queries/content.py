"""An agent's posts, what came in after them, and the counts of their pipeline that posts are suggested from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, false, func, literal, or_, select, union_all
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import ContentPost, Deal, Lead
from domain.coaching.content_kinds import PostChannel, PostState
from domain.coaching.content_plan import LOST_DAYS, OPEN_DAYS, RESULT_DAYS, SOURCE_DAYS, WAITING_AFTER_DAYS, WON_DAYS, Standing
from domain.periods import Period
from domain.records import DealStatus, LeadStatus

SOURCE_WORDS: Final[Mapping[PostChannel, tuple[str, ...]]] = {
    PostChannel.LINKEDIN: ("linkedin", "social"),
    PostChannel.FACEBOOK: ("facebook", "social"),
    PostChannel.INSTAGRAM: ("instagram", "social"),
    PostChannel.EMAIL: ("email", "e-mail", "newsletter"),
    PostChannel.VIDEO: ("video", "youtube"),
}
"""What a lead's source says where the lead came by a channel; `other` has no words."""
_OPEN: Final = (LeadStatus.NEW, LeadStatus.CONTACTED, LeadStatus.INTERESTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRow:
    """A post, and how many leads came in the days after it whose source names its channel."""

    post: ContentPost
    leads_after: int


def posts_of(session: Session, agent_id: int, week: Period, *, posted_since: date) -> list[PostRow]:
    """Posts planned for the week or suggested for it, also those put aside, and those published since a day, by day."""
    post = ContentPost
    planned = and_(col(post.planned_on) >= week.start, col(post.planned_on) < week.end)
    published = and_(col(post.posted_on) >= posted_since, col(post.posted_on) < week.end)
    offered = col(post.suggestion).startswith(f"{week.start}:")
    query = select(post, _leads_after().label("leads_after")).where(col(post.agent_id) == agent_id, or_(planned, published, offered))
    rows = session.execute(query.order_by(func.coalesce(col(post.posted_on), col(post.planned_on)), col(post.id)))
    return [PostRow(post=row.ContentPost, leads_after=row.leads_after) for row in rows]


def post_of(session: Session, agent_id: int, post_id: int) -> ContentPost | None:
    """The agent's post, locked for the transaction; a dismissed suggestion is none."""
    wanted = (col(ContentPost.id) == post_id, col(ContentPost.agent_id) == agent_id, col(ContentPost.state) != PostState.DISMISSED)
    return session.scalar(select(ContentPost).where(*wanted).with_for_update())


def standing_of(session: Session, agent_id: int, today: date) -> Standing:
    """The counts of the agent's pipeline, in one statement."""
    mine, deals = col(Lead.agent_id) == agent_id, col(Deal.agent_id) == agent_id
    since = {days: today - timedelta(days=days) for days in (SOURCE_DAYS, OPEN_DAYS, WON_DAYS, LOST_DAYS, WAITING_AFTER_DAYS)}
    still_open = and_(mine, col(Lead.status).in_(_OPEN), col(Lead.assigned_on) > since[OPEN_DAYS])
    silent = and_(still_open, col(Lead.status) == LeadStatus.CONTACTED, col(Lead.contacted_on) <= since[WAITING_AFTER_DAYS])
    parts = (
        _counts("stage", col(Deal.stage), deals, col(Deal.status) == DealStatus.OPEN),
        _counts("source", col(Lead.source), mine, col(Lead.assigned_on) > since[SOURCE_DAYS], col(Lead.assigned_on) <= today),
        _counts("category", col(Lead.category), still_open),
        _counts("waiting", literal(""), silent, of=Lead),
        _counts("won", literal(""), deals, col(Deal.status) == DealStatus.WON, col(Deal.closed_on) > since[WON_DAYS], of=Deal),
        _counts("lost", col(Deal.lost_reason), deals, col(Deal.status) == DealStatus.LOST, col(Deal.closed_on) > since[LOST_DAYS]),
    )
    found: dict[str, dict[str, int]] = {}
    for row in session.execute(union_all(*parts)):
        found.setdefault(row.kind, {})[row.word] = row.times
    return Standing(
        open_deals=found.get("stage", {}),
        new_leads=found.get("source", {}),
        open_leads=found.get("category", {}),
        waiting=sum(found.get("waiting", {}).values()),
        won=sum(found.get("won", {}).values()),
        lost_deals=found.get("lost", {}),
    )


def _counts(kind: str, word: Any, *wanted: ColumnElement[bool], of: Any = None) -> Select[Any]:  # noqa: ANN401 - a column and a table
    query = select(literal(kind).label("kind"), word.label("word"), func.count().label("times"))
    counted: Select[Any] = (query if of is None else query.select_from(of)).where(*wanted).group_by(word)
    return counted


def _leads_after() -> ColumnElement[int]:
    """Leads of the agent, assigned in the days after a post, whose source names its channel."""
    posted = col(ContentPost.posted_on)
    channel = col(ContentPost.channel)
    named = case({each.value: _names(words) for each, words in SOURCE_WORDS.items()}, value=channel, else_=false())
    wanted = (
        col(Lead.agent_id) == col(ContentPost.agent_id),
        col(Lead.assigned_on) >= posted,
        col(Lead.assigned_on) < posted + RESULT_DAYS,
        named,
    )
    return select(func.count()).select_from(Lead).where(*wanted).correlate(ContentPost).scalar_subquery()


def _names(words: Iterable[str]) -> ColumnElement[bool]:
    return or_(*(col(Lead.source).icontains(word) for word in words))
