"""Looking at open deals: what every rule says is written into the life of its warnings. Looking twice changes nothing."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.models import StoredWarning
from data.queries import agents
from data.queries import deal_warnings as queries
from domain.deals.facts import DealFacts
from domain.deals.priority import DealPriority, Sizes, priority
from domain.deals.warning_life import KnownWarning, WarningEnding, WarningState, opens, wakes
from domain.deals.warnings import DealWarning, Looked, WarningRule, warnings
from domain.local_time import local_time
from domain.periods import Period
from domain.records import DealStatus
from domain.working_days import WorkDays
from services import deal_facts, win_chances
from services.deal_thresholds import Thresholds, thresholds
from services.notices import storable_words
from services.work_days import EVERYBODY, days_at_work

LOOKED_BACK: Final = timedelta(days=90)
"""Working days are counted so far back: what was not answered for longer has been waiting for long enough."""
LONGEST_EVIDENCE: Final = 500


def watch(session: Session, now: datetime) -> dict[str, int]:
    """Look at every open deal of the company; how many there are, and how many warnings began and ended."""
    today = local_time(now, "UTC").on
    done = _look(session, deal_facts.read(session, EVERYBODY, today, now), now)
    for row in queries.of_closed_deals(session):
        done["ended"] += _end(row, now)
    session.flush()
    return {key: done[key] for key in ("deals", "began", "ended")}


def look_at(session: Session, deal_ids: Collection[int], now: datetime) -> None:
    """Look at these deals again, as after something was done for them; whether the viewer looks after them was asked before."""
    _look(session, deal_facts.read(session, EVERYBODY, local_time(now, "UTC").on, now, ids=deal_ids), now)
    for row in queries.of_closed_deals(session):
        if row.deal_id in deal_ids:
            _end(row, now)
    session.flush()


def _look(session: Session, found: Collection[DealFacts], now: datetime) -> Counter[str]:
    """The rules ask for everything the company knows of a deal, whoever had it looked at: a warning is the same for every viewer."""
    is_open = [each for each in found if each.status is DealStatus.OPEN]
    held, sizes = thresholds(session), queries.sizes(session)
    known = queries.of_deals(session, [each.deal_id for each in is_open])
    days, chances = _work_days(session, is_open, now), win_chances.chances_of(session, is_open)
    done = Counter(deals=len(is_open))
    for facts in is_open:
        rows = {row.rule: row for row in known.get(facts.deal_id, ())}
        done.update(_live_on(session, facts, _found(facts, held, sizes, days), rows, now))
        _press(
            rows,
            priority(
                facts,
                [rule for rule, row in rows.items() if row.state is WarningState.OPEN],
                sizes.get(facts.pipeline),
                chance=chances[facts.deal_id].weight,
                thresholds=held.of(facts.pipeline),
            ),
            facts.agent_id,
        )
    return done


def _press(rows: Mapping[WarningRule, StoredWarning], pressing: DealPriority, agent_id: int | None) -> None:
    """How much the deal asks for attention now, written to each of its warnings."""
    for row in rows.values():
        row.priority, row.agent_id = pressing, agent_id


def _found(facts: DealFacts, held: Thresholds, sizes: Mapping[str, Sizes], days: Mapping[int, WorkDays]) -> tuple[DealWarning, ...]:
    size = sizes.get(facts.pipeline)
    looked = Looked(
        facts=facts,
        thresholds=held.of(facts.pipeline),
        work_days=days.get(facts.agent_id or 0, WorkDays(())),
        is_large=size.is_large(facts.amount_minor) if size else None,
    )
    return warnings(looked)


def _work_days(session: Session, found: Collection[DealFacts], now: datetime) -> dict[int, WorkDays]:
    """Of the agents of these deals."""
    today = local_time(now, "UTC").on
    weekdays = agents.weekdays_of(session, {each.agent_id for each in found if each.agent_id is not None})
    return days_at_work(session, weekdays, Period(today - LOOKED_BACK, today + timedelta(days=2)))


def _live_on(
    session: Session,
    facts: DealFacts,
    found: Collection[DealWarning],
    rows: dict[WarningRule, StoredWarning],
    now: datetime,
) -> Counter[str]:
    """Bring the deal's warnings up to what was found."""
    done = Counter[str]()
    for rule in rows.keys() - {each.rule for each in found}:
        done["ended"] += _end(rows[rule], now)
    for warning in found:
        if opens(_known(rows.get(warning.rule)), warning.since):
            rows[warning.rule] = _begun(session, rows.get(warning.rule), facts, warning, now)
            done["began"] += 1
        else:
            _hold(rows[warning.rule], warning, now)
    return done


def _known(row: StoredWarning | None) -> KnownWarning | None:
    if row is None:
        return None
    return KnownWarning(state=row.state, since=row.since, snoozed_until=row.snoozed_until, ending=row.ending)


def _begun(session: Session, row: StoredWarning | None, facts: DealFacts, warning: DealWarning, now: datetime) -> StoredWarning:
    """A new episode, in the place of the one before."""
    if row is None:
        row = StoredWarning(deal_id=facts.deal_id, rule=warning.rule, priority=DealPriority.LOW, evidence="", noticed_at=now)
        session.add(row)
    reopen(row)
    row.noticed_at, row.since, row.evidence = now, warning.since, storable_words(warning.evidence, LONGEST_EVIDENCE)
    return row


def _hold(row: StoredWarning, warning: DealWarning, now: datetime) -> None:
    """An episode goes on; one that somebody resolved stays as it was said then."""
    if row.state is WarningState.RESOLVED:
        return
    if wakes(KnownWarning(state=row.state, since=row.since, snoozed_until=row.snoozed_until), now):
        reopen(row)
    row.since, row.evidence = warning.since, storable_words(warning.evidence, LONGEST_EVIDENCE)


def reopen(row: StoredWarning) -> None:
    """The warning speaks again, with nothing said about it."""
    row.state, row.snoozed_until, row.resolved_at, row.ending = WarningState.OPEN, None, None, None
    row.reason, row.changed_by = "", None


def _end(row: StoredWarning, now: datetime) -> int:
    """What it warned of is gone. Returns whether it was not over before."""
    if row.state is WarningState.RESOLVED:
        return 0
    reopen(row)
    row.state, row.resolved_at, row.ending = WarningState.RESOLVED, now, WarningEnding.GONE
    return 1
