"""An agent's week: the vision board and its cards, templates, what they post; and whether they are named among colleagues."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKeyConstraint, Index, SmallInteger, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, Word, blank, one_of
from domain.coaching.content_kinds import PostChannel, PostIdea, PostState
from domain.coaching.vision import CardState

LINKS = ("goal", "deal", "lead")
"""What a card may be about; indexed, because taking one of these away looks for the cards that name it."""


class VisionBoard(SQLModel, table=True):
    """A week of an agent's, from the first change on: its version rises with everything that happens to its cards."""

    __tablename__: ClassVar[str] = "vision_board"
    __table_args__ = (CheckConstraint("extract(isodow FROM week_on) = 1", name="begins_on_monday"),)

    agent_id: int = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE")
    week_on: date = Field(primary_key=True)
    """Its Monday."""
    version: int = Field(default=1, sa_column_kwargs={"server_default": text("1")})


class VisionCard(SQLModel, table=True):
    """One thing for the week, about at most one goal, deal or lead."""

    __tablename__: ClassVar[str] = "vision_card"
    __table_args__ = (
        ForeignKeyConstraint(["agent_id", "week_on"], ["vision_board.agent_id", "vision_board.week_on"], ondelete="CASCADE"),
        CheckConstraint(one_of("state", CardState), name="known_state"),
        CheckConstraint("minutes BETWEEN 1 AND 600", name="minutes_range"),
        CheckConstraint("num_nonnulls(goal_id, deal_id, lead_id) <= 1", name="about_one_thing"),
        CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name="done_dated"),
        Index("ix_vision_card_board", "agent_id", "week_on"),
        *(Index(f"ix_vision_card_{link}", f"{link}_id", postgresql_where=text(f"{link}_id IS NOT NULL")) for link in LINKS),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    agent_id: int
    week_on: date
    title: str = Field(max_length=120)
    note: str = blank(500)
    minutes: int | None = Field(default=None, sa_column=Column(SmallInteger))
    state: CardState = Field(default=CardState.TODO, sa_column=Column(Word(CardState), nullable=False))
    day: date | None = None
    position: int = Field(default=0, sa_column=Column(SmallInteger, nullable=False, server_default=text("0")))
    """From the top; it orders the cards of a column."""
    goal_id: int | None = Field(default=None, foreign_key="goal.id", ondelete="SET NULL")
    deal_id: int | None = Field(default=None, sa_type=BigInteger, foreign_key="deal.id", ondelete="SET NULL")
    lead_id: int | None = Field(default=None, sa_type=BigInteger, foreign_key="lead.id", ondelete="SET NULL")
    weeks_carried: int = Field(default=0, sa_column=Column(SmallInteger, nullable=False, server_default=text("0")))
    """How many weeks it was taken over from, the one before first; 0 for a card of this week."""
    has_gone_on: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    """Whether it was taken over into the week after, which happens once."""
    suggested_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    done_on: date | None = None
    created_at: datetime | None = Field(default=None, sa_type=UtcDateTime, sa_column_kwargs={"server_default": func.now()})


class VisionTemplate(SQLModel, table=True):
    """Cards to begin a week with, of a person or for everybody in a team."""

    __tablename__: ClassVar[str] = "vision_template"
    __table_args__ = (
        CheckConstraint("num_nonnulls(person_id, team_id) = 1", name="one_owner"),
        Index("uq_vision_template_name", "person_id", "team_id", text("lower(name)"), unique=True, postgresql_nulls_not_distinct=True),
        Index("ix_vision_template_team", "team_id", postgresql_where=text("team_id IS NOT NULL")),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="CASCADE")
    team_id: int | None = Field(default=None, foreign_key="team.id", ondelete="CASCADE")
    name: str = Field(max_length=80)
    cards: list[dict[str, Any]] = Field(sa_column=Column(JSONB, nullable=False))
    """Each with title, note, minutes and weekday (Monday 1, null for any day); never a link to somebody's record."""


class ContentPost(SQLModel, table=True):
    """Something an agent plans to publish, published, or did not want to."""

    __tablename__: ClassVar[str] = "content_post"
    __table_args__ = (
        CheckConstraint(one_of("idea", PostIdea), name="known_idea"),
        CheckConstraint(one_of("channel", PostChannel), name="known_channel"),
        CheckConstraint(one_of("state", PostState), name="known_state"),
        CheckConstraint("(state = 'posted') = (posted_on IS NOT NULL)", name="post_dated"),
        CheckConstraint("views >= 0 AND replies >= 0 AND leads >= 0", name="results_not_negative"),
        Index("ix_content_post_agent", "agent_id", "planned_on"),
        Index("uq_content_post_suggested", "agent_id", "suggestion", unique=True, postgresql_where=text("suggestion IS NOT NULL")),
        Index("ix_content_post_activity", "activity_id", postgresql_where=text("activity_id IS NOT NULL")),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    agent_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    idea: PostIdea = Field(default=PostIdea.OWN, sa_column=Column(Word(PostIdea), nullable=False))
    suggestion: str | None = Field(default=None, max_length=200)
    """Which suggestion of which week it was; each is taken or dismissed once."""
    channel: PostChannel = Field(sa_column=Column(Word(PostChannel), nullable=False))
    topic: str = Field(max_length=200)
    body: str = blank(4000)
    why: str = blank(400)
    """What spoke for it when it was suggested, with its numbers."""
    planned_on: date
    state: PostState = Field(default=PostState.PLANNED, sa_column=Column(Word(PostState), nullable=False))
    posted_on: date | None = None
    activity_id: int | None = Field(default=None, sa_type=BigInteger, foreign_key="activity.id", ondelete="SET NULL")
    """The activity that was logged when it was marked as posted."""
    views: int | None = None
    replies: int | None = None
    leads: int | None = None
    """As its agent counts them; NULL until they say."""
    version: int = Field(default=1, sa_column_kwargs={"server_default": text("1")})
    """Rises with every edit; an edit names the version it saw."""
    created_at: datetime | None = Field(default=None, sa_type=UtcDateTime, sa_column_kwargs={"server_default": func.now()})


class LeaderboardChoice(SQLModel, table=True):
    """Whether colleagues read somebody's name or alias beside their place; who said nothing is not named."""

    __tablename__: ClassVar[str] = "leaderboard_choice"

    person_id: int = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE")
    is_listed: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    alias: str = blank(40)
    """What they are called there instead of their name."""
