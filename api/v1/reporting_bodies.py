"""What the reports of a sales floor answer with: figures with their targets, points over time, conversions and what is ahead."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from api.v1.analytics_bodies import DaysOut, FigureOut
from api.v1.fields import Shown
from domain.metrics.heatmap import Heatmap
from domain.metrics.reading import Reading
from domain.pipeline.ahead import AGE_BANDS, WINDOWS, Ahead
from domain.pipeline.changes import Tally
from domain.pipeline.conversion import Conversion, Transition
from services.leaderboard import Leaderboard, LeaderboardRow
from services.pipeline_board import PipelineAgent, PipelineBoard, SinceThen, TargetLine


class AimedOut(Shown):
    """A figure and what it is held against."""

    figure: FigureOut
    target: float | None
    """For all of these days; null where there is none, or a category is chosen."""
    expected: float | None
    """By now, of the target."""

    @classmethod
    def of(cls, reading: Reading) -> Self:
        """The reading as an answer."""
        return cls(figure=FigureOut.of(reading), target=reading.target, expected=reading.expected)


class PointOut(Shown):
    """One day, week or month."""

    date: date
    """Its first day."""
    value: float | None
    target: float | None
    unfinished: bool
    """Days are still to come or outside the days asked for: no fall."""


def points_of(line: TargetLine) -> list[PointOut]:
    """A metric over time with its targets."""
    pairs = zip(line.trend.points, line.targets, strict=True)
    return [PointOut(date=point.start, value=point.value, target=target, unfinished=point.unfinished) for point, target in pairs]


class HourOut(Shown):
    """One hour of the week in the agents' local time."""

    weekday: int
    """1 is Monday."""
    hour: int
    calls: int
    conversations: int


def hours_of(found: Heatmap) -> list[HourOut]:
    """The hours that have calls."""
    return [
        HourOut(weekday=cell.weekday, hour=cell.hour, calls=cell.calls, conversations=cell.conversations)
        for cell in found.cells
        if cell.calls
    ]


class HeatmapOut(Shown):
    """Calls by weekday and hour."""

    days: DaysOut
    hours: list[HourOut]


class CallVolumeOut(Shown):
    """Calls against target, over time and by the hour."""

    days: DaysOut
    calls: AimedOut
    points: list[PointOut]
    hours: list[HourOut]


class AgreementsOut(Shown):
    """Hard yeses against target and over time."""

    days: DaysOut
    agreements: AimedOut
    points: list[PointOut]


class ConversionOut(Shown):
    """How many deals that entered a step have moved on within the days; those still in it count as undecided (Aalen–Johansen)."""

    step: Transition
    share: float | None
    low: float | None
    """The share lies here with 80 % probability."""
    high: float | None
    entered: int
    moved: int
    undecided: int
    within_days: int
    too_early: bool

    @classmethod
    def of(cls, step: Transition, found: Conversion) -> Self:
        """The conversion as an answer."""
        low, high = found.interval or (None, None)
        return cls(
            step=step,
            share=found.share,
            low=low,
            high=high,
            entered=found.entered,
            moved=found.moved,
            undecided=found.waiting,
            within_days=found.within_days,
            too_early=found.is_early,
        )


class ListsOutOut(Shown):
    """Partner lists: how many, how long, what they bring."""

    days: DaysOut
    lists: AimedOut
    average_size: FigureOut
    to_first_sale: ConversionOut | None
    """Of the lists of the year before; null without any."""
    points: list[PointOut]


class PipelineAgentOut(Shown):
    """One agent's figures."""

    agent_id: int
    name: str
    figures: list[AimedOut]

    @classmethod
    def of(cls, row: PipelineAgent) -> Self:
        """The line as an answer."""
        return cls(agent_id=row.agent_id, name=row.name, figures=[AimedOut.of(each) for each in row.readings.values()])


class FloorAnalyticsOut(Shown):
    """The whole floor: its figures, its conversions and its agents."""

    days: DaysOut
    currency: str
    figures: list[AimedOut]
    revenue_per_agent_minor: int | None
    conversions: list[ConversionOut]
    agents: list[PipelineAgentOut]

    @classmethod
    def of(cls, board: PipelineBoard, conversions: Iterable[ConversionOut]) -> Self:
        """The board as an answer."""
        return cls(
            days=DaysOut.of(board.selection.period),
            currency=board.currency,
            figures=[AimedOut.of(each) for each in board.readings],
            revenue_per_agent_minor=None if board.revenue_per_agent is None else round(board.revenue_per_agent),
            conversions=list(conversions),
            agents=[PipelineAgentOut.of(each) for each in board.agents],
        )


class BookedOut(Shown):
    """Entries of a kind still planned."""

    kind: str
    next_days: dict[str, int]
    """By `7`, `14` and `30` days, today included."""


class BandOut(Shown):
    """Proposals of an age in days, both ends included; the last band has no end."""

    from_days: int
    to_days: int | None
    proposals: int


class DueListOut(Shown):
    """A partner list that was agreed and has not gone out."""

    deal_id: int
    name: str
    agent_name: str
    due_on: date


class AheadOut(Shown):
    """What is booked, waits and is due, from today on."""

    booked: list[BookedOut]
    proposals_open: int
    proposals_minor: int
    proposals_by_age: list[BandOut]
    lists_overdue: int
    lists_due_in_7_days: int
    lists: list[DueListOut]
    """The longest overdue first."""

    @classmethod
    def of(cls, found: Ahead) -> Self:
        """What is ahead as an answer."""
        bands = zip(AGE_BANDS, found.proposals, strict=True)
        return cls(
            booked=[
                BookedOut(kind=kind, next_days={str(days): count for days, count in zip(WINDOWS, counts, strict=True)})
                for kind, counts in found.booked.items()
            ],
            proposals_open=found.proposals_open,
            proposals_minor=found.proposals_minor,
            proposals_by_age=[BandOut(from_days=first, to_days=last, proposals=count) for (first, last), count in bands],
            lists_overdue=found.lists_overdue,
            lists_due_in_7_days=found.lists_due,
            lists=[DueListOut.model_validate(each) for each in found.lists],
        )


class AgreementTrackingOut(Shown):
    """Agreements, and the promises that came with them."""

    agreements: AimedOut
    proposal_to_agreement: ConversionOut | None
    ahead: AheadOut


class TallyOut(Shown):
    """So many deals, worth so much."""

    deals: int
    amount_minor: int

    @classmethod
    def of(cls, tally: Tally) -> Self:
        """The tally as an answer."""
        return cls(deals=tally.deals, amount_minor=tally.amount_minor)


class ChangesOut(Shown):
    """What changed in the open pipeline: `before` and the parts from `opened` to `lost` lead exactly to `after`."""

    since: date
    """The end of this day."""
    before: TallyOut
    after: TallyOut
    parts: dict[str, TallyOut]
    """`opened`, `returned`, `grew`, `shrank`, `won`, `lost`; `forward`, `back` and `stayed` tell of those open both times."""

    @classmethod
    def of(cls, found: SinceThen) -> Self:
        """The account as an answer."""
        account = found.account
        return cls(
            since=found.day,
            before=TallyOut.of(account.before),
            after=TallyOut.of(account.after),
            parts={part.value: TallyOut.of(tally) for part, tally in account.parts.items()},
        )


class PipelineHealthOut(Shown):
    """What is ahead, how deals get on, and what changed since a week ago."""

    ahead: AheadOut
    conversions: list[ConversionOut]
    changes: ChangesOut | None
    """Null before a first night was kept."""


class StandingOut(Shown):
    """One agent's place."""

    agent_id: int
    name: str
    team_name: str
    place: str | None
    """Shared places as a range, such as `1–3`; null for somebody without a target where targets rank."""
    points: int
    """The raw index."""
    against_target: float | None
    """100 is exactly on every target so far."""
    parts: dict[str, int]
    """Units of each component, before their weight."""

    @classmethod
    def of(cls, row: LeaderboardRow) -> Self:
        """The line as an answer."""
        return cls(
            agent_id=row.agent_id,
            name=row.name,
            team_name=row.team_name,
            place=row.place.text if row.place else None,
            points=row.index.raw,
            against_target=row.index.score.value if row.index.score else None,
            parts={each.key: each.units for each in row.index.components},
        )


class StandingsOut(Shown):
    """The order, best first; an agent gets their own line only."""

    days: DaysOut
    by_target: bool
    weights: dict[str, int]
    """Points of each component."""
    items: list[StandingOut]

    @classmethod
    def of(cls, board: Leaderboard, weights: dict[str, int]) -> Self:
        """The board as an answer."""
        items = [StandingOut.of(row) for row in board.rows]
        return cls(days=DaysOut.of(board.selection.period), by_target=board.by_target, weights=weights, items=items)
