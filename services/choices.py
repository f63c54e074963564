"""What a viewer can filter by, and a selection cut down to it."""

from collections import Counter
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from data.queries import choices, daily
from domain.access import Selection
from domain.periods import Period
from services.access import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The people, teams and categories within the viewer's scope; names by id, in the order to show them."""

    agents: dict[int, str]
    teams: dict[int, str]
    categories: tuple[str, ...]


def filter_choices(session: Session, viewer: Viewer, period: Period) -> Choices:
    """What the viewer may choose from; categories are those of the period's facts."""
    return Choices(
        agents=people_seen(session, viewer),
        teams=choices.teams_in_scope(session, viewer.scope),
        categories=tuple(daily.categories(session, viewer.scope, period)),
    )


def team_names(session: Session, viewer: Viewer) -> dict[int, str]:
    """The teams within the viewer's reach: names by id, in the order to show them."""
    return choices.teams_in_scope(session, viewer.scope)


def people_seen(session: Session, viewer: Viewer) -> dict[int, str]:
    """The people the viewer may choose from, by name, told apart."""
    return _told_apart(choices.people_in_scope(session, viewer.scope))


def within(selection: Selection, offered: Choices) -> Selection:
    """The selection without people and teams that are not the viewer's to see (or do not exist: the two are not told apart)."""
    return replace(
        selection,
        agent_ids=selection.agent_ids.intersection(offered.agents),
        team_ids=selection.team_ids.intersection(offered.teams),
    )


def _told_apart(names: dict[int, str]) -> dict[int, str]:
    """Namesakes get their number, so that one can be chosen without the other."""
    shared = {name for name, times in Counter(names.values()).items() if times > 1}
    return {key: f"{name} (no. {key})" if name in shared else name for key, name in names.items()}
