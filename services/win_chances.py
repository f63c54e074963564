"""The chances of open deals, as the last learning from their pipelines sees them today."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from data.queries import deal_histories
from data.queries import win_learning as queries
from domain.deals.as_of import DealAsOf
from domain.deals.deal_chance import Asked, DealChance, NoChance, deal_chances
from domain.deals.facts import DealFacts
from domain.deals.history import DealHistory, as_of
from domain.deals.win_chances import YOUNGEST_DAYS
from domain.deals.win_learned import Learned
from domain.deals.win_stored import restored
from domain.records import DealStatus


def chances_of(session: Session, deals: Collection[DealFacts]) -> dict[int, DealChance]:
    """Of the open ones of these deals, by id. Whoever read their facts asked who may see them; closed ones have no chance any more."""
    still = [each for each in deals if each.status is DealStatus.OPEN]
    known = _known(session, {each.pipeline for each in still})
    lacks = {each.deal_id: _lack(each) for each in still}
    seen = _seen(session, [each for each in still if lacks[each.deal_id] is None and _speaks(known.get(each.pipeline))])
    asked = defaultdict[str, dict[int, Asked]](dict)
    for each in still:
        asked[each.pipeline][each.deal_id] = Asked(stage=each.stage, deal=seen.get(each.deal_id), lack=lacks[each.deal_id])
    found = [deal_chances(known.get(pipeline), of_it) for pipeline, of_it in asked.items()]
    facts = {each.deal_id: each for each in still}
    return {deal_id: _in_full_days(chance, facts[deal_id]) for of_one in found for deal_id, chance in of_one.items()}


def _in_full_days(chance: DealChance, facts: DealFacts) -> DealChance:
    """The model counts days by the calendar, people by the clock: the reasons name the days the facts beside them do."""
    seen = chance.seen
    if seen is None:
        return chance
    in_stage, quiet = _full(seen.days_in_stage, facts.days_in_stage), _full(seen.quiet_days, facts.quiet_days)
    return replace(chance, seen=replace(seen, days_in_stage=in_stage, quiet_days=quiet))


def _full(seen: float | None, days: int | None) -> float | None:
    """The days by the clock; what the model does not know is not told, either."""
    return seen if seen is None or days is None else float(days)


def _known(session: Session, pipelines: Collection[str]) -> dict[str, Learned]:
    rows = queries.of_pipelines(session, pipelines)
    read = {pipeline: restored(row.stored) for pipeline, row in rows.items()}
    return {pipeline: each for pipeline, each in read.items() if each is not None}


def _speaks(learned: Learned | None) -> bool:
    return learned is not None and learned.chances.model is not None


def _lack(facts: DealFacts) -> NoChance | None:
    if facts.age_days is None:
        return NoChance.UNKNOWN_AGE
    return NoChance.TOO_YOUNG if facts.age_days < YOUNGEST_DAYS else None


def _seen(session: Session, deals: Collection[DealFacts]) -> Mapping[int, DealAsOf | None]:
    """The deals as a model was shown those of past days: by the end of today, with today's amount."""
    if not deals:
        return {}
    lives = deal_histories.histories(session, [each.deal_id for each in deals], max(each.today for each in deals))
    by_id = {life.deal_id: life for life in lives}
    return {each.deal_id: _as_it_is(by_id[each.deal_id], each) for each in deals if each.deal_id in by_id}


def _as_it_is(life: DealHistory, facts: DealFacts) -> DealAsOf | None:
    seen = as_of(life, facts.today, stage=facts.stage)
    amount = None if facts.amount_minor is None else float(facts.amount_minor)
    return None if seen is None else replace(seen, amount=amount)
