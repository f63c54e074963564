"""Whose facts somebody may see, and which of these they chose to look at."""

from dataclasses import dataclass

from domain.periods import Period
from domain.records import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The facts a viewer may see; every query applies it.

    An agent sees their own facts. A manager sees their own and those of the days on which an agent belonged to one of
    the teams they manage now. An admin sees all.
    """

    viewer_id: int
    role: Role
    team_ids: frozenset[int] = frozenset()
    """Teams a manager manages now; empty for the other roles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What the viewer chose to look at, within what they may see. An empty choice means no narrowing."""

    period: Period
    agent_ids: frozenset[int] = frozenset()
    team_ids: frozenset[int] = frozenset()
    categories: frozenset[str] = frozenset()
