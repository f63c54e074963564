"""Everybody's performance index and the places it gives them; what the Leaderboard shows and the ranking job keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.metrics.index import Index, index_of
from domain.metrics.measures import Measure
from domain.metrics.ranking import Place, RankedBy, places
from services.figures import Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The indexes of some agents and their places, best first."""

    by_target: bool
    """Whether places follow the index against target; else the raw index."""
    indexes: Mapping[int, Index]
    places: Mapping[int, Place]
    """Nobody without a score has one."""

    def score(self, agent_id: int) -> Measure | None:
        """What the agent is ranked by; None for somebody without any target on a board that ranks by target."""
        index = self.indexes[agent_id]
        return index.score if self.by_target else index.measure


def standing(found: Figures, agent_ids: Sequence[int], ranked_by: RankedBy = RankedBy.TARGET) -> Standing:
    """Rank these agents among each other: by target as soon as one of them has any, unless points are asked for."""
    indexes = {agent_id: index_of(found.of(agent_id), _due(found, agent_id)) for agent_id in agent_ids}
    by_target = ranked_by is RankedBy.TARGET and any(index.score is not None for index in indexes.values())
    unplaced = Standing(by_target=by_target, indexes=indexes, places={})
    scores = {agent_id: score for agent_id in indexes if (score := unplaced.score(agent_id)) is not None}
    ranked = {place.agent_id: place for place in places(scores)}
    return Standing(by_target=unplaced.by_target, indexes=indexes, places=ranked)


def _due(found: Figures, agent_id: int) -> dict[str, float | None]:
    """What each component's target asks of the agent up to and including today: today counts whole, so the index rises during the day."""
    asked = found.aims.by_agent.get(agent_id, {})
    return {key: aim.due_with_today for key, aim in asked.items()}
