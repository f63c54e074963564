"""Patterns in the work of teams, and of agents who want it: looked for at night, read by screens."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from data.models import StoredPattern
from data.queries import pattern_facts as facts
from data.queries import patterns as queries
from data.writes import coaching
from data.writes import patterns as writes
from domain.coaching.patterns.enough import Asked, Evidence, evidence
from domain.coaching.patterns.finding import answers
from domain.coaching.patterns.hypotheses import HYPOTHESES
from domain.coaching.patterns.pattern import Answer, Pattern, Side, Tier, Whose
from domain.coaching.patterns.sample import Sample, sample
from domain.coaching.texts.text import CoachKind
from domain.periods import Period
from services import consents, pattern_news
from services.access import Viewer
from services.agents import agent_seen
from services.consents import Consent

PURPOSE: Final = "own_patterns"
"""What somebody agrees to: that patterns are looked for in their own work alone."""
WORK_DAYS: Final = timedelta(days=182)
"""Half a year of activities: each weekday 26 times, and no habit of last year."""
LEAD_DAYS: Final = timedelta(days=364)
"""A year of leads, of which there are fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternBoard:
    """What was found last night, and what was and is no more."""

    told: tuple[Pattern, ...]
    """Clear ones first."""
    too_early: tuple[Answer, ...]
    nothing: tuple[Answer, ...]
    """Questions with enough to look at and nothing to tell."""
    gone: tuple[Pattern, ...]
    looked_on: date | None
    """The night; None before the first."""


def find_patterns(session: Session, today: date, now: datetime) -> dict[str, int]:
    """Ask every question of every team, and of every agent who wants it, keep the answers, and mark what is gone. Returns counts.

    What was never found before is announced; what comes back after a while is not news.
    """
    wanting, looked_at, teams_of = queries.consenting(session, PURPOSE), dict[Asked, Evidence](), dict[int, int]()
    for team_id in facts.team_ids(session):
        for key, seen in _samples(session, team_id, today):
            looked_at[Whose(team_id=team_id), HYPOTHESES[key]] = evidence(seen, HYPOTHESES[key])
            for agent_id in wanting & set(seen.agents.tolist()):
                teams_of[agent_id] = team_id
                looked_at[Whose(agent_id=agent_id), HYPOTHESES[key]] = evidence(seen.of(seen.agents == agent_id), HYPOTHESES[key])
    found = answers(looked_at, teams_of)
    gone = writes.replace_answers(session, [_row(each) for each in found], today)
    told = sum(each.pattern is not None for each in found)
    news = pattern_news.announce(session, [_pattern(row) for row in queries.first_seen(session, today)], today, now)
    return {"questions": len(found), "patterns": told, "gone": gone, "announced": news}


def patterns_of(session: Session, viewer: Viewer, agent_id: int, today: date) -> PatternBoard:
    """Those of an agent's team, and to the agent themselves their own. Raises NotFoundError for an agent the viewer may not see."""
    agent_seen(session, viewer, agent_id, today)
    return _board(queries.of_agent(session, viewer.scope, agent_id, today))


def patterns_of_teams(session: Session, viewer: Viewer, team_ids: Collection[int], today: date) -> PatternBoard:
    """Those of the teams the viewer manages, all for an admin; only of these teams where some are named."""
    return _board(queries.of_teams(session, viewer.scope, team_ids, today))


def wants_own(session: Session, viewer: Viewer) -> bool:
    """Whether the viewer lets patterns be looked for in their own work alone."""
    return viewer.person_id in queries.consenting(session, PURPOSE)


def change_wish(session: Session, viewer: Viewer, *, wanted: bool, now: datetime) -> None:
    """Let patterns be looked for in the viewer's own work from tonight on, or no more: then what was found about them alone is erased."""
    change = writes.give_consent if wanted else writes.withdraw_consent
    change(session, viewer.person_id, PURPOSE, now)
    consents.note(session, viewer, Consent.OWN_PATTERNS, is_given=wanted, now=now)
    if not wanted:
        coaching.forget(session, viewer.person_id, {CoachKind.OWN_PATTERNS})


def _samples(session: Session, team_id: int, today: date) -> Iterator[tuple[str, Sample]]:
    work = Period(today - WORK_DAYS, today)
    ripe = today - facts.IN_TIME
    assigned = Period(ripe - LEAD_DAYS, ripe)
    by_weekday, by_hour = facts.calls(session, team_id, work)
    yield "weekday_reach", sample(by_weekday)
    yield "hour_reach", sample(by_hour)
    converted, rated = facts.leads(session, team_id, assigned)
    yield "response_conversion", sample(converted)
    yield "response_rating", sample(rated)
    yield "sequence_conversion", sample(facts.sequences(session, team_id, assigned))
    yield "post_next_step", sample(facts.after_posts(session, team_id, work))
    yield "length_next_step", sample(facts.meetings(session, team_id, Period(today - LEAD_DAYS, today)))


def _row(answer: Answer) -> dict[str, Any]:
    pattern, whose = answer.pattern, answer.whose
    return {
        "whose": whose.key,
        "team_id": whose.team_id,
        "person_id": whose.agent_id,
        "hypothesis": answer.hypothesis.key,
        "segment": pattern.segment.key if pattern else "",
        "tier": answer.tier,
        "effect": pattern.effect if pattern else None,
        "low": pattern.low if pattern else None,
        "high": pattern.high if pattern else None,
        "inside_total": pattern.inside.total if pattern else None,
        "inside_count": pattern.inside.count if pattern else None,
        "outside_total": pattern.outside.total if pattern else None,
        "outside_count": pattern.outside.count if pattern else None,
        "people": pattern.people if pattern else None,
        "q_value": pattern.q_value if pattern else None,
        "has": answer.has,
        "needs": answer.needs,
        "lack": answer.lack,
    }


def _board(rows: Collection[StoredPattern]) -> PatternBoard:
    by_tier = defaultdict[Tier, list[StoredPattern]](list)
    for row in rows:
        if row.gone_on is None and row.hypothesis in HYPOTHESES:
            by_tier[row.tier].append(row)
    return PatternBoard(
        told=tuple(_pattern(row) for tier in (Tier.CLEAR, Tier.LIKELY) for row in by_tier[tier]),
        too_early=tuple(_answer(row) for row in by_tier[Tier.TOO_EARLY]),
        nothing=tuple(_answer(row) for row in by_tier[Tier.NOTHING]),
        gone=tuple(_pattern(row) for row in rows if row.gone_on is not None and row.hypothesis in HYPOTHESES),
        looked_on=max((row.last_seen_on for row in rows), default=None),
    )


def _answer(row: StoredPattern) -> Answer:
    whose = Whose(team_id=row.team_id, agent_id=row.person_id)
    return Answer(whose=whose, hypothesis=HYPOTHESES[row.hypothesis], tier=row.tier, has=row.has, needs=row.needs, lack=row.lack)


def _pattern(row: StoredPattern) -> Pattern:
    question = HYPOTHESES[row.hypothesis]
    return Pattern(
        whose=Whose(team_id=row.team_id, agent_id=row.person_id),
        hypothesis=question,
        segment=question.segment(row.segment),
        tier=row.tier,
        effect=row.effect or 0.0,
        low=row.low or 0.0,
        high=row.high or 0.0,
        inside=Side(total=row.inside_total or 0.0, count=row.inside_count or 0),
        outside=Side(total=row.outside_total or 0.0, count=row.outside_count or 0),
        people=row.people or 0,
        q_value=row.q_value or 0.0,
    )
