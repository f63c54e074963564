"""What an agent posts in a week: suggested from their pipeline, planned for a day, published, with what came of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from data.models import ContentPost
from data.queries import content as queries
from data.writes import content as writes
from domain.coaching.content_kinds import PostChannel, PostIdea, PostState
from domain.coaching.content_plan import Suggestion, on_days, suggestions, week_of
from domain.errors import AccessError, ConflictError, NotFoundError
from domain.facts import AgentChoice
from domain.periods import Grain, Period, containing
from domain.records import ActivityType
from services.access import Viewer
from services.activities import record_activity
from services.activity_input import new_activity
from services.agents import agent_seen
from services.content_input import PostDetails, PostResults
from services.vision_board import is_own

RESULTS_SHOWN: Final = timedelta(days=28)
"""Posts of the last four weeks still show what came of them."""
AHEAD: Final = timedelta(days=7)
"""The pipeline of today says something of this week and the next, and nothing of later ones."""
READ_ONLY: Final = "Posts are planned by their agent alone."
GONE: Final = "There is no such post among yours."
TAKEN: Final = "This suggestion was planned or put aside already."
CHANGED: Final = "The post was changed meanwhile. Look at it again, then repeat your change."
NOT_OFFERED: Final = "This is not suggested any more. You can plan a post of your own."


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post that is planned or published."""

    id: int
    topic: str
    body: str
    channel: PostChannel
    idea: PostIdea
    why: str
    planned_on: date
    posted_on: date | None
    views: int | None
    replies: int | None
    leads: int | None
    leads_after: int
    """Leads of the 14 days from its day on whose source names its channel; together in time, not because of it."""
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentWeek:
    """The posts of a week, and what would fit."""

    week: Period
    posts: tuple[Post, ...]
    """Planned or published in it, by day."""
    earlier: tuple[Post, ...]
    """Published in the four weeks before it, whose results are still coming in."""
    suggested: tuple[Suggestion, ...]
    may_change: bool


def content_week(session: Session, viewer: Viewer, agent_id: int, week: Period, today: date) -> ContentWeek:
    """The agent's week; raises NotFoundError for one the viewer may not see in it."""
    agent = agent_seen(session, viewer, agent_id, min(week.last_day, today))
    rows = queries.posts_of(session, agent_id, week, posted_since=week.start - RESULTS_SHOWN)
    posts = [_post(row.post, row.leads_after) for row in rows if row.post.state is not PostState.DISMISSED]
    known = frozenset(row.post.suggestion for row in rows)
    return ContentWeek(
        week=week,
        posts=tuple(post for post in posts if (post.posted_on or post.planned_on) in week),
        earlier=tuple(post for post in posts if post.posted_on is not None and post.posted_on < week.start),
        suggested=() if week.end <= today or week.start > today + AHEAD else tuple(_offered(session, agent, week, today, known, posts)),
        may_change=is_own(viewer, agent_id),
    )


def plan_post(session: Session, viewer: Viewer, agent_id: int, details: PostDetails, today: date) -> int:
    """Plan a post of one's own; its id. Raises NotFoundError, and AccessError for anybody else's."""
    _require_own(session, viewer, agent_id, today)
    post_id = writes.insert_post(session, {"agent_id": agent_id, **details.model_dump()})
    if post_id is None:
        raise ConflictError(TAKEN, code="taken")
    return post_id


def take_suggestion(session: Session, viewer: Viewer, agent_id: int, key: str, details: PostDetails, today: date) -> int:
    """Plan a suggested post as its agent words it; its id. Raises as `plan_post`, ConflictError where it is not on offer any more."""
    offered = _still_offered(session, viewer, agent_id, key, today)
    said = {"idea": offered.idea, "suggestion": key, "why": offered.why}
    post_id = writes.insert_post(session, {"agent_id": agent_id, **said, **details.model_dump()})
    if post_id is None:
        raise ConflictError(TAKEN, code="taken")
    return post_id


def dismiss_suggestion(session: Session, viewer: Viewer, agent_id: int, key: str, today: date) -> None:
    """Put a suggestion aside: it does not come back in its week. Raises as `take_suggestion`."""
    offered = _still_offered(session, viewer, agent_id, key, today)
    values = {"idea": offered.idea, "suggestion": key, "channel": offered.channel, "topic": offered.topic, "why": offered.why}
    writes.insert_post(session, {"agent_id": agent_id, "planned_on": offered.week_on, "state": PostState.DISMISSED, **values})


def change_post(session: Session, viewer: Viewer, agent_id: int, post_id: int, version: int, details: PostDetails, today: date) -> None:
    """Word a post differently, or move it to another day. Raises NotFoundError, AccessError, and ConflictError when it changed since."""
    _own_post(session, viewer, agent_id, post_id, today)
    _change(session, post_id, version, details.model_dump())


def mark_posted(session: Session, viewer: Viewer, agent_id: int, post_id: int, version: int, today: date, now: datetime) -> None:
    """It is published: logged as an activity of the kind *post*, once. Raises as `change_post`."""
    post = _own_post(session, viewer, agent_id, post_id, today)
    if post.state is PostState.POSTED:
        return
    logged = record_activity(session, viewer, new_activity(type=ActivityType.POST, agent_id=agent_id, subject=post.topic), now)
    _change(session, post_id, version, {"state": PostState.POSTED, "posted_on": today, "activity_id": logged.id})


def note_results(session: Session, viewer: Viewer, agent_id: int, post_id: int, version: int, results: PostResults, today: date) -> None:
    """Note what came of a post. Raises as `change_post`."""
    _own_post(session, viewer, agent_id, post_id, today)
    _change(session, post_id, version, results.model_dump())


def remove_post(session: Session, viewer: Viewer, agent_id: int, post_id: int, today: date) -> None:
    """Take a post away; what was logged when it was published stays. Raises as `change_post`."""
    _own_post(session, viewer, agent_id, post_id, today)
    writes.remove_post(session, post_id)


def _offered(
    session: Session, agent: AgentChoice, week: Period, today: date, known: Collection[str | None], posts: Iterable[Post]
) -> list[Suggestion]:
    found = suggestions(queries.standing_of(session, agent.agent_id, today), week.start)
    days = [day for day in week if day >= today and day.isoweekday() in agent.working_days]
    return on_days([each for each in found if each.key not in known], days, {post.planned_on for post in posts})


def _still_offered(session: Session, viewer: Viewer, agent_id: int, key: str, today: date) -> Suggestion:
    _require_own(session, viewer, agent_id, today)
    week_on = week_of(key)
    week = content_week(session, viewer, agent_id, containing(week_on, Grain.WEEK), today) if week_on else None
    found = next((each for each in week.suggested if each.key == key), None) if week else None
    if found is None:
        raise ConflictError(NOT_OFFERED, code="not_offered")
    return found


def _require_own(session: Session, viewer: Viewer, agent_id: int, today: date) -> None:
    agent_seen(session, viewer, agent_id, today)
    if not is_own(viewer, agent_id):
        raise AccessError(READ_ONLY)


def _own_post(session: Session, viewer: Viewer, agent_id: int, post_id: int, today: date) -> ContentPost:
    _require_own(session, viewer, agent_id, today)
    found = queries.post_of(session, agent_id, post_id)
    if found is None:
        raise NotFoundError(GONE)
    return found


def _change(session: Session, post_id: int, version: int, fields: dict[str, Any]) -> None:
    if not writes.change_post(session, post_id, version, fields):
        raise ConflictError(CHANGED)


def _post(row: ContentPost, leads_after: int) -> Post:
    return Post(
        id=row.id or 0,
        topic=row.topic,
        body=row.body,
        channel=row.channel,
        idea=row.idea,
        why=row.why,
        planned_on=row.planned_on,
        posted_on=row.posted_on,
        views=row.views,
        replies=row.replies,
        leads=row.leads,
        leads_after=leads_after,
        version=row.version,
    )
