"""What an agent sees of colleagues on a leaderboard: their neighbours, named only where these want it, and what the best did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Final

from sqlalchemy.orm import Session

from data.queries import leaderboard_choices
from domain.coaching.peers import Cohort, Work, around, cohorts, gap_to_next
from domain.metrics.catalog import metric
from domain.records import Role
from services.access import Viewer
from services.figures import Figures
from services.standing import Standing

COHORT_KEYS: Final = ("activities", "calls", "conversations", "appointments")
"""What somebody can do more of tomorrow; sales follow from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """Somebody near the viewer on the board; who did not choose to be listed has neither name nor score."""

    place: str
    """As people read it: "4–7 of 15"; who it is stays here."""
    name: str
    """Empty for somebody who is not named."""
    score: float | None
    is_viewer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearby:
    """The viewer between their neighbours."""

    rows: tuple[Neighbour, ...]
    """Best first."""
    gap: int | None
    """How many points the next better score is away, rounded up; None for the best."""


def nearby(session: Session, viewer: Viewer, found: Figures, ranked: Standing) -> Nearby | None:
    """The viewer's neighbours among those ranked; None for somebody who is not."""
    if viewer.person_id not in ranked.places:
        return None
    order = list(ranked.places)
    shown = around(order, viewer.person_id)
    listed = leaderboard_choices.aliases_of_listed(session, shown)
    return Nearby(
        rows=tuple(_neighbour(viewer, found, ranked, agent_id, listed.get(agent_id)) for agent_id in shown),
        gap=_gap(ranked, order, viewer.person_id),
    )


def top_cohorts(viewer: Viewer, found: Figures, ranked: Standing) -> tuple[Cohort, ...]:
    """What the best of those ranked did per working day; an agent's own figures are left out of what they are told."""
    work = {agent_id: _work(found, agent_id) for agent_id in ranked.places}
    return cohorts(list(ranked.places), work, viewer.person_id if viewer.role is Role.AGENT else None, COHORT_KEYS)


def _neighbour(viewer: Viewer, found: Figures, ranked: Standing, agent_id: int, alias: str | None) -> Neighbour:
    is_viewer = agent_id == viewer.person_id
    is_named = is_viewer or alias is not None
    return Neighbour(
        place=ranked.places[agent_id].text,
        name=(alias or found.roster.agents[agent_id].name) if is_named else "",
        score=_score(ranked, agent_id) if is_named else None,
        is_viewer=is_viewer,
    )


def _gap(ranked: Standing, order: Sequence[int], own: int) -> int | None:
    scores = [_score(ranked, agent_id) for agent_id in order]
    gap = gap_to_next(scores, _score(ranked, own))
    return None if gap is None else ceil(gap)


def _score(ranked: Standing, agent_id: int) -> float:
    measured = ranked.score(agent_id)
    return (measured.value if measured else None) or 0.0


def _work(found: Figures, agent_id: int) -> Work:
    period, sums = found.selection.period, found.of(agent_id)
    until = min(period.end, found.today + timedelta(days=1))
    days = found.roster.agents[agent_id].holder.calendar.present.between(period.start, until)
    return Work(counts={key: int(metric(key).measure(sums).value or 0) for key in COHORT_KEYS}, days=days)
