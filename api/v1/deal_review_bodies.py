"""How reviews of deals are asked for and shown; a seed's manager is the agent who works on the deals."""

from datetime import datetime
from typing import Self

from api.v1.fields import Body, Shown
from domain.deals.priority import DealPriority
from domain.deals.review import Urgency
from domain.deals.review_record import AskedState, ReviewAuthor, ReviewsOf
from domain.language import Language
from services.deal_reviews import Reviewed
from services.review_requests import Asked


class LanguageQuery(Body):
    """In which language a review is written."""

    language: Language = Language.ENGLISH


class AnalyzeQuery(LanguageQuery):
    """How one deal is reviewed."""

    notify: bool = False
    """Whether the deal's agent is told what the review says."""


class DealQueuedOut(Shown):
    """A deal that will be reviewed within seconds."""

    status: AskedState
    deal_id: int
    notify: bool
    message: str
    analysis_id: int
    """Asked for at `/v1/deals/analyses/{analysis_id}`."""

    @classmethod
    def of(cls, asked: Asked, deal_id: int) -> Self:
        """The same for other programs."""
        return cls(status=asked.state, deal_id=deal_id, notify=asked.notify, message="Deal analysis queued", analysis_id=asked.request_id)


class ManagerQueuedOut(Shown):
    """A person's open deals, which will be reviewed."""

    status: AskedState
    """`done` at once where there is no open deal."""
    manager_id: int
    manager_name: str
    deals: int
    message: str
    analysis_id: int

    @classmethod
    def of(cls, asked: Asked, name: str) -> Self:
        """The same for other programs."""
        return cls(
            status=asked.state,
            manager_id=asked.agent_id or 0,
            manager_name=name,
            deals=asked.deals,
            message=_queued("Manager deals", asked),
            analysis_id=asked.request_id,
        )


class AllQueuedOut(Shown):
    """All open deals the caller looks after, which will be reviewed."""

    status: AskedState
    """`done` at once where there is no open deal."""
    deals: int
    message: str
    timestamp: datetime
    analysis_id: int

    @classmethod
    def of(cls, asked: Asked) -> Self:
        """The same for other programs."""
        message = _queued("All deals", asked)
        return cls(status=asked.state, deals=asked.deals, message=message, timestamp=asked.created_at, analysis_id=asked.request_id)


class AnalysisOut(Shown):
    """How far something that was asked for is."""

    analysis_id: int
    about: ReviewsOf
    manager_id: int | None
    """Whose deals were asked for; null for one deal and for all."""
    status: AskedState
    deals: int
    looked: int
    """How many of them are done with."""
    made: int
    """How many reviews are new; of the other deals nothing had changed, or they had closed."""
    language: Language
    notify: bool
    created_at: datetime
    finished_at: datetime | None

    @classmethod
    def of(cls, asked: Asked) -> Self:
        """The same for other programs."""
        same = {"about", "deals", "looked", "made", "language", "notify", "created_at", "finished_at"}
        known = {name: getattr(asked, name) for name in same}
        return cls(analysis_id=asked.request_id, manager_id=asked.agent_id, status=asked.state, **known)


class ActionOut(Shown):
    """Something to do about a deal."""

    what: str
    why: str
    how: str
    urgency: Urgency


class ReviewOut(Shown):
    """A review of a deal as it was made."""

    id: int
    deal_id: int
    author: ReviewAuthor
    language: Language
    made_at: datetime
    priority: DealPriority
    situation: str
    strengths: list[str]
    concerns: list[str]
    red_flags: list[str]
    actions: list[ActionOut]
    phrases: list[str]
    plan: list[str]

    @classmethod
    def of(cls, reviewed: Reviewed) -> Self:
        """The same for other programs."""
        review = reviewed.review
        return cls(
            id=reviewed.review_id,
            deal_id=reviewed.deal_id,
            author=reviewed.author,
            language=reviewed.language,
            made_at=reviewed.made_at,
            priority=review.priority,
            situation=review.situation,
            strengths=list(review.strengths),
            concerns=list(review.concerns),
            red_flags=list(review.red_flags),
            actions=[ActionOut.model_validate(each) for each in review.actions],
            phrases=list(review.phrases),
            plan=list(review.plan),
        )


class ReviewList(Shown):
    """The latest reviews of a deal, the last one first."""

    items: list[ReviewOut]


def _queued(whose: str, asked: Asked) -> str:
    return f"{whose} analysis queued" if asked.deals else "There is no open deal to analyse"
