"""Learning how likely deals are to be won, a pipeline at a time, and how good what was learnt before the last weeks proved in them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.models import WinLearning
from data.queries import deal_histories, deal_warnings
from data.queries import win_learning as queries
from data.writes import win_learning as writes
from domain.deals.history import examples, look_days
from domain.deals.win_learned import Learned, horizon, learned
from domain.deals.win_stored import restored, stored
from services.access import Viewer
from services.owners import today_of

LOOKED_BACK: Final = timedelta(days=730)
"""Two years: every season twice, and not the business of before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """What was learnt from a pipeline, and how good it proved."""

    pipeline: str
    learned_at: datetime
    learned: Learned


def learn(session: Session, last_day: date, now: datetime) -> dict[str, int]:
    """Learn anew from the deals of every pipeline as they stood on days up to the last whole one. Returns counts.

    A day counts once what became of its deals within the horizon is known, so that rolling on each night it also straightens its
    probabilities by what came of the weeks before.
    """
    found = {pipeline: _learned(session, pipeline, last_day) for pipeline in deal_warnings.pipelines(session)}
    known = {pipeline: each for pipeline, each in found.items() if each is not None}
    writes.replace_learnings(session, [_row(pipeline, each, now) for pipeline, each in known.items()])
    return {
        "pipelines": len(known),
        "on": sum(each.chances.model is not None for each in known.values()),
        "deals": sum(each.deals for each in known.values()),
        "looks": sum(each.looks for each in known.values()),
    }


def model_cards(session: Session, viewer: Viewer, now: datetime) -> list[ModelCard]:
    """What was learnt from the pipelines in which the viewer looks after open deals, those with most of them first."""
    mine = list(dict.fromkeys(pipeline for pipeline, _ in deal_warnings.stages(session, viewer.scope, today_of(viewer, now))))
    rows = queries.of_pipelines(session, mine)
    read = [(rows[pipeline], restored(rows[pipeline].stored)) for pipeline in mine if pipeline in rows]
    return [ModelCard(pipeline=row.pipeline, learned_at=row.learned_at, learned=known) for row, known in read if known is not None]


def _learned(session: Session, pipeline: str, last_day: date) -> Learned | None:
    since = last_day - LOOKED_BACK
    days_ahead = horizon(deal_histories.days_to_win(session, pipeline, since))
    ids = deal_histories.ids_of(session, pipeline, since)
    lives = deal_histories.histories(session, ids, last_day)
    if not lives:
        return None
    first = max(since, min(life.created_on for life in lives))
    days = look_days(lives, first, last_day - timedelta(days=days_ahead))
    return learned(list(examples(lives, days, days_ahead)), days_ahead)


def _row(pipeline: str, known: Learned, now: datetime) -> WinLearning:
    return WinLearning(pipeline=pipeline, learned_at=now, horizon_days=known.chances.horizon_days, stored=stored(known))
