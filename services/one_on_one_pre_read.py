"""What both read before a 1:1, from the figures their screens show, within what the reader may see."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.queries import daily
from data.queries import one_on_ones as queries
from data.queries.deal_warnings import DealFilter
from domain.access import Selection
from domain.coaching.comparison import Stretch
from domain.counters import total
from domain.deals.warning_words import WARNING_WORDS
from domain.formatting import period_text
from domain.local_time import local_time
from domain.one_on_ones.commitments import since_last
from domain.one_on_ones.pre_read import Concern, PreRead, ScorePoint
from domain.one_on_ones.score import INDEX_KEY, WEEKS, score_sentence
from domain.one_on_ones.standouts import standouts
from domain.one_on_ones.talk import Talk
from domain.periods import Grain, Period, containing
from domain.week_digest.content import Figure
from services import deal_warnings
from services.access import Viewer
from services.agents import agent_seen
from services.figures import figures, metrics_for
from services.progression import progression_of
from services.roster import roster
from services.trends import trends

MOST_FIGURES: Final = 6
MOST_CONCERNS: Final = 4
MOST_COMMITMENTS: Final = 6
"""Together they fit on a page that is read in five minutes; the screens have the rest."""
LOOKED_AT: Final = 50
"""Deals that may ask for attention: they come first in the list, and nobody has more of them than a page."""
STRETCH: Final = timedelta(weeks=WEEKS)
CHARTED: Final = timedelta(weeks=2 * WEEKS)


def pre_read_of(session: Session, viewer: Viewer, talk: Talk, now: datetime) -> PreRead:
    """The pre-read of a talk in preparation; raises NotFoundError for an agent the viewer may not see today."""
    agent = agent_seen(session, viewer, talk.agent_id, local_time(now, viewer.time_zone).on)
    today = local_time(now, agent.time_zone).on
    month = containing(today, Grain.MONTH)
    found = figures(session, viewer.scope, Selection(period=month, agent_ids=frozenset({agent.agent_id})), today)
    asked = [each for each in found.readings_of(agent.agent_id, metrics_for(found.roster, "overview")) if each.target]
    concerns, in_all = _concerns(session, viewer, agent.agent_id, now)
    return PreRead(
        made_on=today,
        month=period_text(month),
        pace=tuple(Figure.of(each, found.roster.currency) for each in asked[:MOST_FIGURES]),
        scores=tuple(_scores(session, viewer, agent.agent_id, today)),
        score_sentence=_score(session, viewer, agent.agent_id, today),
        standouts=standouts(progression_of(session, viewer, agent.agent_id, today).skills),
        concerns=concerns,
        more_concerns=in_all - len(concerns),
        commitments=_commitments(session, viewer, talk, today),
    )


def _scores(session: Session, viewer: Viewer, agent_id: int, today: date) -> Iterator[ScorePoint]:
    span = Period(containing(today - CHARTED, Grain.WEEK).start, today + timedelta(days=1))
    (line,) = trends(session, viewer, Selection(period=span, agent_ids=frozenset({agent_id})), [INDEX_KEY], today, Grain.WEEK)
    for each in line.points:
        yield ScorePoint(label=each.label, points=each.value or 0.0, is_unfinished=each.unfinished)


def _score(session: Session, viewer: Viewer, agent_id: int, today: date) -> str:
    """Of days that are over: today is only half a day."""
    reach, turn = Period(today - 2 * STRETCH, today), today - STRETCH
    asked = Selection(period=reach, agent_ids=frozenset({agent_id}))
    by_day = daily.totals_by_day(session, viewer.scope, asked)
    agent = roster(session, viewer.scope, asked, today).agents.get(agent_id)

    def stretch(days: Period) -> Stretch:
        workdays = agent.holder.calendar.present.between(days.start, days.end) if agent else 0
        return Stretch(sums=total(each for day, each in by_day.items() if day in days), workdays=workdays)

    in_part = bool(daily.partly_hidden(session, viewer.scope, {agent_id}, reach))
    return score_sentence(stretch(Period(reach.start, turn)), stretch(Period(turn, reach.end)), is_seen_in_part=in_part)


def _concerns(session: Session, viewer: Viewer, agent_id: int, now: datetime) -> tuple[tuple[Concern, ...], int]:
    """The deals that ask most for attention, and how many do; a deal that nothing warns of is none."""
    page = deal_warnings.page(session, viewer, DealFilter(agent_id=agent_id), now, offset=0, limit=LOOKED_AT)
    warned = [each for each in page.deals if each.warnings]
    told = tuple(
        Concern(head=each.listed.name, words=f"{WARNING_WORDS[each.warnings[0].rule].name}: {each.warnings[0].evidence}")
        for each in warned[:MOST_CONCERNS]
    )
    return told, len(warned)


def _commitments(session: Session, viewer: Viewer, talk: Talk, today: date) -> tuple[str, ...]:
    """What was promised in earlier talks of these two and is open, or ended since the last of them."""
    pair = [each for each in queries.talks_of(session, viewer.person_id, agent_id=talk.agent_id) if each.manager_id == talk.manager_id]
    last = max((each.held_on for each in pair if each.held_on), default=None)
    earlier = {each.id for each in pair if each.is_held}
    promised = [each for each in queries.commitments_of(session, viewer.person_id, talk.agent_id) if each.talk_id in earlier]
    return tuple(f"{each.words}: {each.standing(today)}" for each in since_last(promised, last, today)[:MOST_COMMITMENTS])
