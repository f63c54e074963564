"""The sales floor's reports: what its screens show, for programs, managers and admins; an agent gets their own."""

from datetime import timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query
from sqlalchemy.orm import Session

import clock
from api.deps import switched_on
from api.errors import described
from api.v1.analytics_bodies import DaysOut, FigureOut
from api.v1.reporting_bodies import (
    AgreementsOut,
    AgreementTrackingOut,
    AheadOut,
    AimedOut,
    CallVolumeOut,
    ChangesOut,
    ConversionOut,
    FloorAnalyticsOut,
    HeatmapOut,
    ListsOutOut,
    PipelineHealthOut,
    StandingsOut,
    hours_of,
    points_of,
)
from api.v1.reporting_query import Reader, Report, Reported, VolumeQuery, reported
from database import database
from domain.features import Feature
from domain.metrics.index import INDEX_WEIGHTS
from domain.metrics.reading import Reading
from domain.pipeline.conversion import Transition
from services import pipeline_board
from services.heatmap import call_heatmap
from services.leaderboard import leaderboard as standings_of

router: Final = APIRouter(prefix="/reporting", tags=["reporting"], responses=described(401, 403, 422))
PIPELINE: Final = [Depends(switched_on(Feature.PIPELINE))]
"""What the Pipeline screen shows is for those who have it."""
COMPARED: Final = timedelta(days=7)


@router.get("/call-volume", dependencies=PIPELINE)
def call_volume(wanted: Annotated[VolumeQuery, Query()], calling: Reader) -> CallVolumeOut:
    """Calls against target: of these days together, over time, and by weekday and hour."""
    asked = reported(wanted, calling)
    with database().reading() as session:
        (calls,) = _figures(session, asked, "calls")
        return CallVolumeOut(
            days=DaysOut.of(asked.selection.period),
            calls=AimedOut.of(calls),
            points=points_of(_line(session, asked, "calls", wanted)),
            hours=hours_of(call_heatmap(session, asked.viewer, asked.selection).hours),
        )


@router.get("/agreements", dependencies=PIPELINE)
def agreements_over_time(wanted: Annotated[VolumeQuery, Query()], calling: Reader) -> AgreementsOut:
    """Hard yeses against target: of these days together and over time."""
    asked = reported(wanted, calling)
    with database().reading() as session:
        (agreements,) = _figures(session, asked, "agreements")
        return AgreementsOut(
            days=DaysOut.of(asked.selection.period),
            agreements=AimedOut.of(agreements),
            points=points_of(_line(session, asked, "agreements", wanted)),
        )


@router.get("/lists-out", dependencies=PIPELINE)
def lists_out(wanted: Annotated[VolumeQuery, Query()], calling: Reader) -> ListsOutOut:
    """Partner lists: how many against target, their average size, how many bring a sale, and how many over time."""
    asked = reported(wanted, calling)
    with database().reading() as session:
        lists, size = _figures(session, asked, "lists_sent", "list_size")
        return ListsOutOut(
            days=DaysOut.of(asked.selection.period),
            lists=AimedOut.of(lists),
            average_size=FigureOut.of(size),
            to_first_sale=next((each for each in _conversions(session, asked) if each.step is Transition.LIST_SALE), None),
            points=points_of(_line(session, asked, "lists_sent", wanted)),
        )


@router.get("/analytics", dependencies=PIPELINE)
def floor_analytics(asked: Report) -> FloorAnalyticsOut:
    """All figures of the Pipeline screen, together and per agent, with the conversion from step to step."""
    with database().reading() as session:
        board = pipeline_board.pipeline_board(session, asked.viewer, asked.selection, asked.today)
        return FloorAnalyticsOut.of(board, _conversions(session, asked))


@router.get("/agreement-tracking", dependencies=PIPELINE)
def agreement_tracking(asked: Report) -> AgreementTrackingOut:
    """Agreements of these days, how many proposals become one, proposals that wait, and the lists that were promised."""
    with database().reading() as session:
        (agreements,) = _figures(session, asked, "agreements")
        steps = _conversions(session, asked)
        return AgreementTrackingOut(
            agreements=AimedOut.of(agreements),
            proposal_to_agreement=next((each for each in steps if each.step is Transition.PROPOSAL_AGREEMENT), None),
            ahead=_ahead(session, asked),
        )


@router.get("/pipeline-health", dependencies=PIPELINE)
def pipeline_health(asked: Report) -> PipelineHealthOut:
    """What is booked, waits and is due, the conversion from step to step, and what changed since a week ago."""
    with database().reading() as session:
        since = pipeline_board.changes_since(session, asked.viewer, asked.selection, asked.today - COMPARED, asked.today)
        return PipelineHealthOut(
            ahead=_ahead(session, asked),
            conversions=_conversions(session, asked),
            changes=ChangesOut.of(since) if since else None,
        )


@router.get("/leaderboard")
def performance_leaderboard(asked: Report) -> StandingsOut:
    """The performance index of every agent, raw and against target, taken apart into its components."""
    with database().reading() as session:
        return StandingsOut.of(standings_of(session, asked.viewer, asked.selection, asked.today), dict(INDEX_WEIGHTS))


@router.get("/heatmap")
def call_hours(asked: Report) -> HeatmapOut:
    """Calls and conversations by weekday and hour of the agents' local time."""
    with database().reading() as session:
        hours = hours_of(call_heatmap(session, asked.viewer, asked.selection).hours)
    return HeatmapOut(days=DaysOut.of(asked.selection.period), hours=hours)


def _figures(session: Session, asked: Reported, *keys: str) -> list[Reading]:
    board = pipeline_board.pipeline_board(session, asked.viewer, asked.selection, asked.today)
    by_key = {each.metric.key: each for each in board.readings}
    return [by_key[key] for key in keys]


def _line(session: Session, asked: Reported, key: str, wanted: VolumeQuery) -> pipeline_board.TargetLine:
    return pipeline_board.target_line(session, asked.viewer, asked.selection, pipeline_board.Followed(key, wanted.by.grain), asked.today)


def _conversions(session: Session, asked: Reported) -> list[ConversionOut]:
    found = pipeline_board.conversions(session, asked.viewer, asked.selection, asked.today)
    return [ConversionOut.of(step, each) for step, each in found.items()]


def _ahead(session: Session, asked: Reported) -> AheadOut:
    return AheadOut.of(pipeline_board.pipeline_ahead(session, asked.viewer, asked.selection, asked.today, clock.now()))
