"""Where an agent stands in their team by conversion, satisfaction and response time, without a word about anybody else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, cast

from sqlalchemy.orm import Session

from data.queries import daily, people, responses
from data.queries.daily import AgentTotals
from data.queries.membership import team_on
from data.queries.people import Member
from domain.access import Scope, Selection
from domain.counters import Counters
from domain.metrics.catalog import metric
from domain.metrics.measures import Mean, Median, Ratio
from domain.metrics.ranking import MIN_PEERS, Place
from domain.metrics.team_ranking import MIN_LEADS, Part, Standing, WayUp, team_ranking, ways_up
from domain.periods import Period
from domain.records import Role
from services.access import Viewer
from services.agents import agent_seen

NOBODY: Final = 0
EVERYBODY: Final = Scope(viewer_id=NOBODY, role=Role.ADMIN)
"""The others' figures are read with this scope here, and leave this file only as a place."""
SCORE_STEP: Final = 5
RANKED_DAYS: Final = 90
"""A month of leads is a handful; over a quarter a place says something, and two spans a day apart give no colleague's day away."""


class Unplaced(StrEnum):
    """Why somebody has no place."""

    NO_TEAM = "no_team"
    OTHER_TEAM = "other_team"
    """They were on a team that is none of the viewer's business."""
    FEW_LEADS = "few_leads"
    FEW_PEERS = "few_peers"
    """Among so few colleagues a place would tell about each of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPosition:
    """An agent's own place, and what it is made of."""

    window: Period
    """The days that are weighed: the period asked for, or the 90 days up to its end where it is shorter."""
    team_name: str
    total_agents: int
    """Everybody on the agent's team on the last of these days, the agent included."""
    ranked: int | None
    """Those of them with enough leads to be ranked; None where so few are that the number would tell about each."""
    leads: int
    """The agent's own, assigned in these days."""
    place: Place | None = None
    why_not: Unplaced | None = None
    moved: int | None = None
    """Places gained (positive) or lost against the equally long span that ended where the period before did; None without a place then."""
    is_clear_move: bool = False
    """Whether luck alone does not explain the move: the bands of then and now have no place in common."""
    score: float | None = None
    """From 0 to 100, to the nearest five: an exact one can be taken apart into the places in each component."""
    parts: tuple[Part, ...] = ()
    ways_up: tuple[WayUp, ...] = ()
    """What would take the agent past their band, one component at a time."""

    @property
    def leads_missing(self) -> int:
        """How many more leads a place takes."""
        return max(0, MIN_LEADS - self.leads)


def team_position(session: Session, viewer: Viewer, agent_id: int, period: Period, today: date) -> TeamPosition:
    """The agent's place in the team of the last day; raises NotFoundError for an agent the viewer may not see today.

    Whoever may see the whole team learns the place among few, too; an agent, or a manager on a team they do not manage, does not.
    """
    agent_seen(session, viewer, agent_id, today)
    window = ranked_days(period, today)
    team = _team_of(session, agent_id, window.last_day)
    if team is None:
        return TeamPosition(window=window, team_name="", total_agents=0, ranked=None, leads=0, why_not=Unplaced.NO_TEAM)
    sees_all = viewer.role is Role.ADMIN or team.team_id in viewer.scope.team_ids
    if not sees_all and agent_id != viewer.person_id:
        return TeamPosition(window=window, team_name="", total_agents=0, ranked=None, leads=0, why_not=Unplaced.OTHER_TEAM)
    least = 0 if sees_all else MIN_PEERS + 1
    now, before = _standings(session, team, [window, ranked_days(period.previous(today), today)])
    found = _placed(team, now, agent_id, window)
    if found.ranked is not None and found.ranked < least:
        return _kept_quiet(found)
    told = found if sees_all else _without_few(found)
    return _moved(told, before, least)


def _kept_quiet(found: TeamPosition) -> TeamPosition:
    """The position without anything that the others' figures had a part in."""
    why = Unplaced.FEW_PEERS if found.place else found.why_not
    return replace(found, ranked=None, place=None, why_not=why, score=None, parts=(), ways_up=())


def _without_few(found: TeamPosition) -> TeamPosition:
    """The position without what only a few colleagues have a part in: beside a single one with ratings, first means better than theirs."""
    few = {part.key for part in found.parts if part.peers < MIN_PEERS}
    return replace(
        found,
        parts=tuple(replace(part, percentile=None) if part.key in few else part for part in found.parts),
        ways_up=tuple(way for way in found.ways_up if way.key not in few),
    )


def ranked_days(period: Period, today: date) -> Period:
    """The days a place in this period is about: what is over of it, and at least 90 days up to there."""
    end = max(min(period.end, today + timedelta(days=1)), date.min + timedelta(days=RANKED_DAYS))
    return Period(min(period.start, end - timedelta(days=RANKED_DAYS)), end)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Team:
    team_id: int
    name: str
    member_ids: tuple[int, ...]


def _team_of(session: Session, agent_id: int, on: date) -> _Team | None:
    team_id = team_on(session, agent_id, on)
    if team_id is None:
        return None
    members, teams = people.members(session, Scope(viewer_id=NOBODY, role=Role.MANAGER, team_ids=frozenset({team_id})))
    present = (each for each in members if _is_there(each, on))
    return _Team(team_id=team_id, name=teams[team_id].name, member_ids=tuple(sorted(each.agent_id for each in present)))


def _is_there(member: Member, on: date) -> bool:
    return (member.left_on is None or on < member.left_on) and any(on in each.span for each in member.teams)


def _standings(session: Session, team: _Team, windows: Sequence[Period]) -> list[tuple[Standing, ...]]:
    """What the ranking weighs of everybody on the team, from their days on it; naming them finds their leads by index."""
    theirs = Selection(period=windows[0], team_ids=frozenset({team.team_id}), agent_ids=frozenset(team.member_ids))
    selections = [replace(theirs, period=window) for window in windows]
    sums = daily.totals_by_agent_in(session, EVERYBODY, selections)
    waits = responses.waits_by_agent_in(session, EVERYBODY, selections)
    return [tuple(_standing(each, *of) for each in team.member_ids) for of in zip(sums, waits, strict=True)]


def _standing(agent_id: int, of_all: Mapping[int, AgentTotals], waits_of_all: Mapping[int, tuple[int, ...]]) -> Standing:
    sums, waits = of_all[agent_id].sums if agent_id in of_all else Counters(), waits_of_all.get(agent_id, ())
    return Standing(
        agent_id=agent_id,
        conversion=cast(Ratio, metric("conversion_rate").measure(sums)),
        satisfaction=cast(Mean, metric("satisfaction").measure(sums)),
        response=Median(waits),
    )


def _placed(team: _Team, standings: tuple[Standing, ...], agent_id: int, window: Period) -> TeamPosition:
    ranking = team_ranking(standings)
    place, score = ranking.place(agent_id), ranking.scores.get(agent_id)
    return TeamPosition(
        window=window,
        team_name=team.name,
        total_agents=len(team.member_ids),
        ranked=len(ranking.places),
        leads=next((each.conversion.whole for each in standings if each.agent_id == agent_id), 0),
        place=place,
        why_not=None if place else Unplaced.FEW_LEADS,
        score=SCORE_STEP * round(score.value / SCORE_STEP) if score else None,
        parts=score.parts if score else (),
        ways_up=ways_up(standings, agent_id) if place else (),
    )


def _moved(found: TeamPosition, standings: tuple[Standing, ...], least: int) -> TeamPosition:
    """With the places gained since these standings by those on the team now; without where fewer than `least` were ranked then."""
    if found.place is None:
        return found
    before, now = team_ranking(standings), found.place
    then = before.place(now.agent_id)
    if then is None or len(before.places) < least:
        return found
    return replace(found, moved=then.position - now.position, is_clear_move=now.worst < then.best or then.worst < now.best)
