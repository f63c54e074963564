"""Watching the teams: what every rule says is written into the life of its alerts, and what changed is told.

Evaluating the same slot twice changes nothing: an alert knows the slot of its last evaluation.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from data.models import Alert
from data.queries import alert_facts
from data.queries import alerts as queries
from data.writes import alerts as writes
from domain.alerts.finding import PRIORITY_OF, Finding, Verdict
from domain.alerts.lifecycle import AlertState, Ending, Episode, after, begun
from domain.alerts.log import Happening
from services import alert_settings
from services.alert_digest import tell_changes
from services.alert_facts import Watched, company_zone, findings
from services.notices import storable_words

MOST_COUNTED: Final = 1_000
LONGEST_SENTENCE: Final = 400
LONGEST_EVIDENCE: Final = 2_000


def watch(session: Session, slots: Iterable[datetime], now: datetime) -> dict[str, int]:
    """Evaluate every rule for every team at these slots, by the facts of now, and tell each team what changed. Returns counts."""
    zone, done = company_zone(session), Counter[str]()
    for team_id, name in alert_facts.teams(session):
        done.update(_watch_team(session, Watched(team_id=team_id, name=name, zone=zone, now=now), slots))
    return {key: done[key] for key in ("teams", "fired", "resolved", "told")}


def _watch_team(session: Session, team: Watched, slots: Iterable[datetime]) -> Counter[str]:
    held, done = alert_settings.of_team(session, team.team_id), Counter(teams=1)
    found = findings(session, team, held.thresholds)
    for at in slots:
        done.update(_evaluate(session, team.team_id, found, at))
        done["told"] += tell_changes(session, team, held, at)
    return done


def _evaluate(session: Session, team_id: int, found: Collection[Finding], at: datetime) -> Counter[str]:
    """Bring the team's alerts up to what was found at a slot; how many fired and ended."""
    known = {(row.rule, row.agent_id): row for row in queries.open_of(session, team_id)}
    said, done = {each.subject: each for each in found}, Counter[str]()
    for subject, row in known.items():
        finding = said.get(subject)
        if row.evaluated_at >= at:
            said.pop(subject, None)
        elif finding is None or finding.period != row.period:
            done["resolved"] += _end(session, row, Ending.OVER, at)
        else:
            done.update(_live_on(session, row, said.pop(subject), at))
    session.flush()
    for finding in said.values():
        if finding.verdict is Verdict.HOLDS:
            session.add(_new(team_id, finding, at))
    session.flush()
    return done


def _live_on(session: Session, row: Alert, finding: Finding, at: datetime) -> Counter[str]:
    """One more evaluation of an episode."""
    was = row.state
    episode = after(Episode(state=was, held=row.held, cleared=row.cleared), finding.verdict)
    row.evaluated_at = at
    if episode is None:
        session.delete(row)
        return Counter()
    row.held, row.cleared = min(episode.held, MOST_COUNTED), episode.cleared
    if finding.verdict is Verdict.HOLDS:
        _say(row, finding)
    if episode.state is AlertState.RESOLVED:
        return Counter(resolved=_end(session, row, Ending.RECOVERED, at))
    if episode.state is was:
        return Counter()
    row.state, row.fired_at = episode.state, at
    writes.note(session, row, Happening.FIRED, at, words=row.sentence)
    return Counter(fired=1)


def _end(session: Session, row: Alert, ending: Ending, at: datetime) -> int:
    """Resolve an alert; one that was never told just goes. Returns whether one was resolved."""
    if row.state is AlertState.PENDING:
        session.delete(row)
        return 0
    row.state, row.resolved_at, row.ending, row.evaluated_at = AlertState.RESOLVED, at, ending, at
    writes.note(session, row, Happening.RESOLVED, at)
    return 1


def _new(team_id: int, finding: Finding, at: datetime) -> Alert:
    episode = begun()
    row = Alert(
        rule=finding.rule,
        priority=PRIORITY_OF[finding.rule],
        team_id=team_id,
        agent_id=finding.agent_id,
        period=finding.period,
        state=episode.state,
        held=episode.held,
        cleared=episode.cleared,
        sentence="",
        noticed_at=at,
        evaluated_at=at,
    )
    _say(row, finding)
    return row


def _say(row: Alert, finding: Finding) -> None:
    row.count = finding.count
    row.sentence = storable_words(finding.sentence, LONGEST_SENTENCE)
    row.evidence = storable_words(finding.evidence, LONGEST_EVIDENCE)
