"""All tests of one run taken together: the more is asked, the surer each answer must be."""

from collections.abc import Hashable, Mapping
from typing import Final, TypeVar

Key = TypeVar("Key", bound=Hashable)
TEAM_SHARE: Final = 0.8
"""Of the attention of a run, what is given to teams however many agents there are: what holds for a team is told from ten times the facts
and far more often true, and thirty agents' questions would drown it."""


def q_values(of_teams: Mapping[Key, float], of_agents: Mapping[Key, float]) -> dict[Key, float]:
    """For each p-value the share of false ones among all as small, in both together.

    Benjamini and Hochberg (1995) with weights set beforehand that average one (Genovese, Roeder and Wasserman 2006).
    """
    weighted = dict[Key, float]()
    count = len(of_teams) + len(of_agents)
    for group, share in ((of_teams, TEAM_SHARE if of_agents else 1.0), (of_agents, 1 - TEAM_SHARE if of_teams else 1.0)):
        weighted |= {key: p_value * len(group) / (share * count) for key, p_value in group.items()}
    return _adjusted(weighted)


def _adjusted(values: Mapping[Key, float]) -> dict[Key, float]:
    """Each value times the number of tests divided by its rank, made monotone from the largest down."""
    ranked = sorted(values, key=lambda key: -values[key])
    found, least = dict[Key, float](), 1.0
    for place, key in enumerate(ranked):
        least = min(least, values[key] * len(ranked) / (len(ranked) - place))
        found[key] = least
    return found
