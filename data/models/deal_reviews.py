"""Reviews of deals as they were made, and who asked for which."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, Word, blank, one_of
from domain.deals.review_record import AskedState, ReviewAuthor, ReviewsOf
from domain.language import Language


class StoredReview(SQLModel, table=True):
    """A review of a deal: of each deal the latest few are kept."""

    __tablename__: ClassVar[str] = "deal_review"
    __table_args__ = (
        CheckConstraint(one_of("author", ReviewAuthor), name="known_author"),
        CheckConstraint(one_of("language", Language), name="known_language"),
        Index("ix_deal_review_deal", "deal_id", "made_at"),
        Index("ix_deal_review_agent", "agent_id"),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    deal_id: int = Field(sa_type=BigInteger, foreign_key="deal.id", ondelete="CASCADE")
    agent_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    """Whose the deal was then. Who may see it is asked of the deal."""
    made_at: datetime = Field(sa_type=UtcDateTime)
    author: ReviewAuthor = Field(sa_column=Column(Word(ReviewAuthor), nullable=False))
    language: Language = Field(sa_column=Column(Word(Language), nullable=False))
    digest: str = Field(max_length=64)
    """Of everything it rests on: with the same facts it stands as it is."""
    review: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))


class ReviewGuidance(SQLModel, table=True):
    """What the company asks of a model's reviews, as it was set: the latest is in use, the others can be used again."""

    __tablename__: ClassVar[str] = "deal_review_guidance"

    id: int | None = Field(default=None, primary_key=True)
    words: str = Field(max_length=2_000)
    """Empty: nothing beside the product's own prompt."""
    created_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)


class ReviewRequest(SQLModel, table=True):
    """Deals somebody asked to be reviewed; the jobs process goes through them and says how far it is."""

    __tablename__: ClassVar[str] = "deal_review_request"
    __table_args__ = (
        CheckConstraint(one_of("about", ReviewsOf), name="known_about"),
        CheckConstraint(one_of("language", Language), name="known_language"),
        CheckConstraint(one_of("state", AskedState), name="known_state"),
        CheckConstraint("looked BETWEEN 0 AND cardinality(deal_ids)", name="looked_at_some"),
        CheckConstraint("(state IN ('done', 'failed')) = (finished_at IS NOT NULL)", name="finished_dated"),
        Index("ix_deal_review_request_open", "id", postgresql_where=text("finished_at IS NULL")),
        Index("ix_deal_review_request_agent", "agent_id"),
        Index("ix_deal_review_request_author", "created_by"),
        Index("ix_deal_review_request_run", "run_id"),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    about: ReviewsOf = Field(sa_column=Column(Word(ReviewsOf), nullable=False))
    agent_id: int | None = Field(default=None, foreign_key="person.id", ondelete="CASCADE")
    """Whose deals were asked for; NULL for one deal and for all."""
    deal_ids: list[int] = Field(sa_column=Column(ARRAY(BigInteger), nullable=False))
    """The open deals whoever asked looked after at that moment."""
    language: Language = Field(sa_column=Column(Word(Language), nullable=False))
    notify: bool
    """Whether the agents of the deals are told."""
    created_by: int | None = Field(default=None, foreign_key="person.id", ondelete="CASCADE")
    """NULL for a program and for monitoring."""
    created_at: datetime = Field(sa_type=UtcDateTime)
    run_id: int | None = Field(default=None, sa_type=BigInteger, foreign_key="deal_monitoring_run.id", ondelete="CASCADE")
    """For which run of monitoring; NULL where somebody asked."""
    state: AskedState = Field(
        default=AskedState.QUEUED, sa_column=Column(Word(AskedState), nullable=False, server_default=text("'queued'"))
    )
    looked: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """How many of the deals are done with."""
    made: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """How many reviews are new; of the others nothing had changed, or they had closed."""
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    error: str = blank(80)
    """The kind of what went wrong."""
