"""What the routes of the week take and answer with: the vision board and the leaderboard."""

from datetime import date
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import ConfigDict, Field, StrictInt

from api.v1.analytics_bodies import DaysOut
from api.v1.fields import Body, Day, Shown, Words
from domain.coaching.leagues import Seat
from domain.coaching.peers import Cohort
from domain.coaching.vision import MOST_CARDS, BoardView, Card, CardState
from domain.metrics.ranking import Quartiles, RankedBy
from domain.records import Level
from services.leaderboard import Leaderboard, LeaderboardRow, Within
from services.peers import Neighbour
from services.vision_board import VisionBoard

MOST_VERSION = 2**31 - 1
Version: TypeAlias = Annotated[StrictInt, Field(ge=0, le=MOST_VERSION)]


class VisionQuery(Body):
    """Whose board of which week."""

    agent: Annotated[str, Field(pattern=r"^(me|[1-9][0-9]{0,9})$")] = "me"
    """`me`, or the id of an agent the caller looks after."""
    week: Day | None = None
    """Any day of it; this week unless told."""


class CardOut(Shown):
    """A card of the board."""

    id: int
    title: str
    note: str
    minutes: int | None
    state: CardState
    day: date | None
    position: int
    """From the top of its column."""
    goal_id: int | None
    deal_id: int | None
    lead_id: int | None
    about: str
    """What the goal, deal or lead is called."""
    weeks_carried: int
    has_gone_on: bool
    """Whether it was taken over into the week after."""
    suggested_by: str

    @classmethod
    def of(cls, card: Card) -> Self:
        """The card as an answer."""
        return cls.model_validate(card)


class WeeklyVisionOut(Shown):
    """A week's vision board."""

    agent_id: int
    days: DaysOut
    version: int
    """What a move names as seen; 0 before the first card."""
    cards: list[CardOut]
    suggestions: list[CardOut]
    """Cards others suggested, not taken on yet."""
    waiting: int
    """Unfinished cards of the week before that can be taken over."""
    may_change: bool

    @classmethod
    def of(cls, board: VisionBoard) -> Self:
        """The board as an answer."""
        return cls(
            agent_id=board.agent_id,
            days=DaysOut.of(board.week),
            version=board.version,
            cards=[CardOut.of(card) for card in board.cards],
            suggestions=[CardOut.of(card) for card in board.suggestions],
            waiting=board.waiting,
            may_change=board.may_change,
        )


class MoveIn(Body):
    """Where a card of one's own board goes."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"version": 3, "to": "doing"}]})

    version: Version
    """The board's as it was seen; a board that changed since refuses the move."""
    to: Annotated[Words, Field(min_length=1, max_length=20)]
    """The column: `todo`, `doing` or `done`; by day a day such as `2026-03-10`, or `any`."""
    view: BoardView = BoardView.STATE
    index: Annotated[StrictInt, Field(ge=0, le=MOST_CARDS)] | None = None
    """From the top, 0 first; the end unless told."""
    week: Day | None = None
    """Any day of the card's week; this week unless told."""


class LeaderboardQuery(Body):
    """Which board."""

    period: Literal["week", "month", "quarter", "year"] = "month"
    """The calendar unit that runs."""
    within: Within = Within.PLATFORM
    """For an agent: among whom they are ranked."""
    level: Level | None = None
    """Only this level; an agent is always compared with their own, whichever is named."""
    by: RankedBy = RankedBy.TARGET
    """What decides places; by target as soon as anybody has one, else points."""


class StandingOut(Shown):
    """A line of a leaderboard."""

    place: str | None
    """As people read it: `4–7 of 15`; null where there is none, as for somebody without a target on a board by target."""
    name: str | None
    """Null for a colleague who did not choose to be named."""
    score: float | None
    is_you: bool

    @classmethod
    def near(cls, row: Neighbour) -> Self:
        """A neighbour."""
        return cls(place=row.place, name=row.name or None, score=row.score, is_you=row.is_viewer)

    @classmethod
    def of(cls, row: LeaderboardRow, *, by_target: bool) -> Self:
        """A line the viewer may read whole."""
        score = (row.index.score.value if row.index.score else None) if by_target else float(row.index.raw)
        return cls(place=row.place.text if row.place else None, name=row.name, score=score, is_you=row.is_viewer)


class CohortOut(Shown):
    """What the best of a board did per planned working day."""

    share: float
    """0.25 for the top quarter."""
    people: int
    per_day: dict[str, float | None]
    """By metric; null where it would give somebody away."""

    @classmethod
    def of(cls, cohort: Cohort) -> Self:
        """The cohort as an answer."""
        return cls(share=cohort.share, people=cohort.people, per_day=dict(cohort.per_day))


class QuartilesOut(Shown):
    """What the others reach, without saying who."""

    lower: float
    median: float
    upper: float
    peers: int

    @classmethod
    def of(cls, found: Quartiles) -> Self:
        """The quartiles as an answer."""
        return cls.model_validate(found)


class LeagueOut(Shown):
    """The league an agent is ranked in."""

    league: int
    """1 has the highest volume."""
    leagues: int
    others: int
    next_month: int | None
    """The league as it stands; null for a month that is over."""

    @classmethod
    def of(cls, seat: Seat) -> Self:
        """The seat as an answer."""
        return cls(league=seat.league, leagues=seat.leagues, others=seat.others, next_month=seat.ahead)


class LeaderboardOut(Shown):
    """A leaderboard as the caller may see it: an agent themselves between neighbours, others everybody they look after."""

    days: DaysOut
    by_target: bool
    """Whether scores are against target (100 is exactly on every target so far); else points."""
    rows: list[StandingOut]
    """Best first."""
    gap_to_next: int | None
    """For an agent: how many points the next better score is away."""
    top: list[CohortOut]
    others: QuartilesOut | None
    league: LeagueOut | None
    """For an agent within their league; null where there are too few people for leagues."""

    @classmethod
    def of(cls, board: Leaderboard) -> Self:
        """The board as an answer."""
        near = board.nearby
        rows = (
            [StandingOut.near(row) for row in near.rows] if near else [StandingOut.of(row, by_target=board.by_target) for row in board.rows]
        )
        return cls(
            days=DaysOut.of(board.selection.period),
            by_target=board.by_target,
            rows=rows,
            gap_to_next=near.gap if near else None,
            top=[CohortOut.of(each) for each in board.cohorts],
            others=QuartilesOut.of(board.benchmark) if board.benchmark else None,
            league=LeagueOut.of(board.seat) if board.seat else None,
        )
