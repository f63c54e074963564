"""Chances learnt from a database: on where facts foresaw something, off with its reason where not, and only one's own deals."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from math import exp
from types import SimpleNamespace
from typing import Any, Final

import pytest
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.orm import Session
from sqlmodel import col

from data.engine import Database
from data.models import Activity, Deal, DealSnapshot, Notification, Person, StageChange, StoredWarning, WinLearning
from domain.bot.languages import WORDS
from domain.deals.deal_chance import DealChance, Likelihood, NoChance
from domain.deals.priority import DealPriority
from domain.deals.warnings import WarningRule
from domain.deals.win_chances import Silence
from domain.language import Language
from domain.records import ActivityType, DealStatus
from services import deal_facts, deal_warnings, deal_watch, stale_deals, win_chances, win_learning
from services.access import viewer
from services.telegram.deals import deals as bot_deals
from tests import builders
from tests.builders import NOON, TUESDAY
from tests.services import win_world

DAY = timedelta(days=1)
YESTERDAY = TUESDAY - DAY


@pytest.fixture(scope="module")
def stored(make_database: Callable[[str], str]) -> Iterator[SimpleNamespace]:
    """A company in which work wins deals, with what it taught and open deals of two teams; tests only read."""
    database = Database(make_database("win_learning"))
    yield SimpleNamespace(database=database, **vars(database.write(_company)))
    database.close()


@pytest.fixture
def read(stored: SimpleNamespace) -> Iterator[Session]:
    with stored.database.reading() as session:
        yield session


def _company(session: Session) -> SimpleNamespace:
    builders.organisation(session)
    north, south = builders.team(session), builders.team(session)
    nora, sven = builders.person(session, on=north, name="Nora"), builders.person(session, on=south, name="Sven")
    win_world.write(session, sven, TUESDAY)
    counts = win_learning.learn(session, YESTERDAY, NOON)
    worked, quiet, young = (_open(session, nora, ago, amount_minor=amount) for ago, amount in ((18, 100_000), (18, 200_000), (2, 100_000)))
    for ago in range(0, 18, 3):
        _call(session, nora, worked, ago)
    _call(session, nora, quiet, 18)
    return SimpleNamespace(
        counts=counts, worked=worked, quiet=quiet, young=young, nora=nora.id, sven=sven.id, mia=builders.manager(session, of=south).id
    )


def _open(session: Session, agent: builders.Person, ago: int, **fields: object) -> int:
    on = TUESDAY - ago * DAY
    known = {"pipeline": win_world.PIPELINE, "stage": "Offer", "created_on": on, "amount_minor": 100_000}
    deal = builders.deal(session, agent, **known | fields)
    for stage, days in (("Lead", 0), ("Offer", min(6, ago))):
        entered = on + days * DAY
        session.add(StageChange(deal_id=deal.id or 0, to_stage=stage, changed_on=entered, changed_at=win_world.at(entered)))
    session.flush()
    return deal.id or 0


def _call(session: Session, agent: builders.Person, deal_id: int, ago: int) -> None:
    builders.activity(session, agent, at=win_world.at(TUESDAY - ago * DAY), type=ActivityType.CALL, deal_id=deal_id)


def chances(session: Session, person_id: int, *deal_ids: int) -> dict[int, DealChance]:
    found = deal_facts.facts_by_id(session, viewer(session, person_id), deal_ids, NOON)
    return win_chances.chances_of(session, list(found.values()))


def test_where_work_wins_deals_the_model_speaks_and_beat_the_stages_own_rate(stored: SimpleNamespace, read: Session) -> None:
    (card,) = win_learning.model_cards(read, viewer(read, stored.nora), NOON)
    assert (stored.counts["pipelines"], stored.counts["on"]) == (1, 1)
    assert (card.pipeline, card.learned_at, card.learned.chances.horizon_days) == (win_world.PIPELINE, NOON, 30)
    tried = card.learned.chances.back_test
    assert tried is not None
    assert tried.model.log_loss < tried.rates.log_loss
    assert tried.model.brier < tried.rates.brier
    assert card.learned.last_on == date(2026, 2, 5)
    assert card.learned.won >= 50


def test_a_deal_that_is_worked_on_is_likelier_and_says_why(stored: SimpleNamespace, read: Session) -> None:
    found = chances(read, stored.nora, stored.worked, stored.quiet)
    worked, quiet = found[stored.worked], found[stored.quiet]
    assert worked.chance is not None
    assert quiet.chance is not None
    assert worked.chance > quiet.chance + 0.3
    assert (worked.likelihood, quiet.likelihood) == (Likelihood.HIGH, Likelihood.LOW)
    assert {"quiet_days", "calls", "calls_7d"} & {each.fact for each in worked.speaks_for}
    assert {"quiet_days", "calls", "calls_7d"} & {each.fact for each in quiet.speaks_against}
    assert quiet.seen is not None
    assert (quiet.seen.quiet_days, quiet.seen.age_days, quiet.seen.calls) == (18, 18, 1)


def test_the_likeliest_deals_stand_first_and_those_without_a_chance_last(stored: SimpleNamespace, read: Session) -> None:
    found = deal_warnings.likeliest(read, viewer(read, stored.nora), deal_warnings.Narrowed(), NOON, offset=0, limit=10)
    pressing = deal_warnings.page(read, viewer(read, stored.nora), deal_warnings.Narrowed(), NOON, offset=0, limit=10)
    assert [each.listed.deal_id for each in pressing.deals] == [stored.quiet, stored.worked, stored.young]
    assert [each.listed.deal_id for each in found.deals] == [stored.worked, stored.quiet, stored.young]
    assert (found.in_all, found.deals[2].chance_told) == (3, None)
    rest = deal_warnings.likeliest(read, viewer(read, stored.nora), deal_warnings.Narrowed(), NOON, offset=1, limit=1)
    assert [each.listed.deal_id for each in rest.deals] == [stored.quiet]


PLAIN: Final = text("""
    select d.id, d.amount_minor as amount, :today - d.created_on as age_days,
        (select count(*) from stage_change s where s.deal_id = d.id) as moves,
        (select :today - max(s.changed_on) from stage_change s where s.deal_id = d.id) as days_in_stage,
        (select floor(extract(epoch from :now - max(s.changed_at)) / 86400) from stage_change s where s.deal_id = d.id) as full_in_stage,
        (select s.to_stage from stage_change s where s.deal_id = d.id order by s.changed_at desc limit 1) as stage,
        (select :today - max(a.local_on) from activity a where a.deal_id = d.id) as quiet_days,
        (select floor(extract(epoch from :now - max(a.occurred_at)) / 86400) from activity a where a.deal_id = d.id) as full_quiet,
        (select count(*) from activity a where a.deal_id = d.id and a.type = 'call') as calls,
        (select count(*) from activity a where a.deal_id = d.id and a.type = 'call' and a.local_on > :today - 7) as calls_7d
    from deal d where d.status = 'open' and d.created_on < :today - 3 and d.agent_id = :sven order by d.id limit 3
""")


def _by_hand(known: Mapping[str, Any], deal: Mapping[str, Any]) -> float:
    """The probability of what was learnt, straight from how it is kept: a weight for each band the deal is in."""
    total = known["intercept"]
    for (fact, band, stage), weight in zip(known["columns"], known["weights"], strict=True):
        value = deal[fact] if isinstance(band, str) else -1 if deal[fact] is None else bisect_right(known["edges"][fact], deal[fact])
        total += weight * (value == band and stage in (None, deal["stage"]))
    shift, slope = known["straightening"]
    return 1 / (1 + exp(-(shift + slope * total)))


def test_three_deals_figures_and_chances_are_those_of_plain_sql(stored: SimpleNamespace, read: Session) -> None:
    rows = read.execute(PLAIN, {"today": TUESDAY, "now": NOON, "sven": stored.sven}).mappings().all()
    facts = deal_facts.facts_by_id(read, viewer(read, stored.sven), {row["id"] for row in rows}, NOON)
    told = win_chances.chances_of(read, list(facts.values()))
    learnt = read.scalars(select(WinLearning)).one().stored["model"]
    assert len(rows) == 3
    for row in rows:
        found = facts[row["id"]]
        assert (found.age_days, found.talk.calls.count) == (row["age_days"], row["calls"])
        assert (found.days_in_stage, found.quiet_days) == (int(row["full_in_stage"]), int(row["full_quiet"]))
        by_hand = _by_hand(learnt, {**row, "messages_7d": 0, "tasks_7d": 0})
        assert told[row["id"]].chance == pytest.approx(by_hand, abs=1e-12)


def test_the_reasons_name_the_days_the_facts_beside_them_do(stored: SimpleNamespace, read: Session) -> None:
    """By the calendar it was entered twelve days ago; at eight in the morning that is eleven full days."""
    morning = NOON.replace(hour=8)
    facts = deal_facts.facts_by_id(read, viewer(read, stored.nora), {stored.quiet}, morning)[stored.quiet]
    seen = win_chances.chances_of(read, [facts])[stored.quiet].seen
    assert seen is not None
    assert (seen.days_in_stage, seen.quiet_days) == (facts.days_in_stage, facts.quiet_days) == (11, 17)


class UndoneError(Exception):
    """What was written for one test goes again."""


@pytest.mark.parametrize(
    ("language", "words"), [(Language.ENGLISH, ("chance", "no chance told")), (Language.RUSSIAN, ("вероятность", "не названа"))]
)
def test_lists_in_messages_tell_how_likely_deals_are(stored: SimpleNamespace, language: Language, words: tuple[str, str]) -> None:
    """In the bot's list and in the message about stale deals."""
    said: list[str] = []

    def work(session: Session) -> None:
        nora = session.get_one(Person, stored.nora)
        nora.language = language
        for deal_id in (stored.quiet, stored.young):
            builders.deal_warning(session, nora, deal_id=deal_id, rule=WarningRule.NO_ACTIVITY, priority=DealPriority.HIGH)
        chance = chances(session, stored.nora, stored.quiet)[stored.quiet].told
        said.append(f"{words[0]} {chance:.0%}")
        said.append(bot_deals(session, viewer(session, stored.nora), WORDS[language], NOON).body)
        stale_deals.check(session, viewer(session, stored.nora), 2, NOON)
        said.append(session.scalars(select(Notification).where(col(Notification.person_id) == stored.nora)).one().body)
        raise UndoneError

    with pytest.raises(UndoneError):
        stored.database.write(work)
    told, *messages = said
    assert len(messages) == 2
    assert all(told in message and words[1] in message for message in messages)


def test_a_deal_two_days_old_is_too_early(stored: SimpleNamespace, read: Session) -> None:
    young = chances(read, stored.nora, stored.young)[stored.young]
    assert (young.chance, young.lack) == (None, NoChance.TOO_YOUNG)


def test_nothing_is_said_of_a_deal_somebody_else_looks_after(stored: SimpleNamespace, read: Session) -> None:
    assert chances(read, stored.mia, stored.worked) == {}
    assert chances(read, stored.nora, *read.scalars(select(col(Deal.id)).where(col(Deal.agent_id) != stored.nora)).all()) == {}


def test_a_pipeline_one_has_no_open_deal_in_is_not_told_of(stored: SimpleNamespace, read: Session) -> None:
    assert [card.pipeline for card in win_learning.model_cards(read, viewer(read, stored.mia), NOON)] == [win_world.PIPELINE]

    def elsewhere(session: Session) -> int:
        return builders.person(session, on=builders.team(session)).id or 0

    stranger = stored.database.write(elsewhere)
    with stored.database.reading() as session:
        assert win_learning.model_cards(session, viewer(session, stranger), NOON) == []


def test_what_is_stored_names_no_deal_and_nobody(read: Session) -> None:
    row = read.scalars(select(WinLearning)).one()
    assert "Roof " not in str(row.stored)
    assert "Sven" not in str(row.stored)


def test_where_chance_decides_the_model_stays_out(session: Session) -> None:
    builders.organisation(session)
    agent = builders.person(session, on=builders.team(session))
    win_world.write(session, agent, TUESDAY, effect=0.0)
    assert win_learning.learn(session, YESTERDAY, NOON)["on"] == 0
    said = chances(session, agent.id or 0, deal_id := _open(session, agent, 18))[deal_id]
    (card,) = win_learning.model_cards(session, viewer(session, agent.id or 0), NOON)
    assert (said.chance, said.lack, card.learned.chances.silence) == (None, NoChance.NO_BETTER, Silence.NO_BETTER)
    rate = said.stage_rate
    assert rate is not None
    assert 0.2 < rate.won / rate.count < 0.5
    assert rate.count <= card.learned.deals < card.learned.looks


def test_few_deals_are_too_few(session: Session) -> None:
    builders.organisation(session)
    agent = builders.person(session, on=builders.team(session))
    win_world.write(session, agent, TUESDAY, deals=120)
    assert win_learning.learn(session, YESTERDAY, NOON)["on"] == 0
    said = chances(session, agent.id or 0, deal_id := _open(session, agent, 18))[deal_id]
    assert (said.chance, said.lack) == (None, NoChance.TOO_FEW)


def test_a_pipeline_nobody_learnt_from_says_so_and_one_that_is_gone_is_forgotten(session: Session) -> None:
    builders.organisation(session)
    agent = builders.person(session, on=builders.team(session))
    deal_id = _open(session, agent, 18)
    assert chances(session, agent.id or 0, deal_id)[deal_id].lack is NoChance.NOT_LEARNED
    win_world.write(session, agent, TUESDAY, deals=60)
    win_learning.learn(session, YESTERDAY, NOON)
    assert session.scalar(select(func.count()).select_from(WinLearning)) == 1
    session.execute(update(Deal).values(pipeline="Bridges"))
    win_learning.learn(session, YESTERDAY, NOON)
    assert list(session.scalars(select(col(WinLearning.pipeline)))) == ["Bridges"]


def test_what_happened_later_changes_nothing_that_was_learnt_before(session: Session) -> None:
    """Calls, moves and amounts of after the last day that is looked at are no part of it."""
    builders.organisation(session)
    agent = builders.person(session, on=builders.team(session))
    win_world.write(session, agent, TUESDAY, deals=60)
    win_learning.learn(session, YESTERDAY, NOON)
    before = session.scalars(select(col(WinLearning.stored))).one()
    late = date.fromisoformat(before["days"][1])
    session.execute(update(StageChange).where(col(StageChange.changed_on) > late).values(to_stage="Signed"))
    session.execute(update(Activity).where(col(Activity.local_on) > late).values(type=ActivityType.MEETING))
    session.execute(update(Deal).values(amount_minor=7))
    win_learning.learn(session, YESTERDAY, NOON)
    assert session.scalars(select(col(WinLearning.stored)).execution_options(populate_existing=True)).one() == before


def test_stages_found_at_the_ends_of_days_stand_in_for_moves_nobody_noted(session: Session) -> None:
    builders.organisation(session)
    agent = builders.person(session, on=builders.team(session))
    deal = builders.deal(session, agent, pipeline="Roofs", stage="Offer", created_on=TUESDAY - 60 * DAY)
    for ago in range(50, 0, -1):
        kept = {"stage": "Lead" if ago > 20 else "Offer", "amount_minor": 100 if ago > 20 else 300}
        session.add(DealSnapshot(day=TUESDAY - ago * DAY, deal_id=deal.id or 0, status=DealStatus.OPEN, pipeline="Roofs", **kept))
    session.flush()
    win_learning.learn(session, YESTERDAY, NOON)
    kept = session.scalars(select(col(WinLearning.stored))).one()
    assert {stage: tally[0] for stage, tally in kept["rates"]["stages"].items()} == {"Lead": 0}
    assert kept["days"] == ["2026-01-19", "2026-02-05"]
    assert kept["counts"] == {"deals": 1, "won": 0, "looks": 6}


def test_priority_counts_an_amount_by_the_deals_chance(stored: SimpleNamespace) -> None:
    """All deals are worth the same: one twice as likely as usual counts like a large one, and only while a model speaks."""

    def pressing(session: Session, *, is_silent: bool) -> set[DealPriority]:
        if is_silent:
            session.execute(delete(WinLearning))
        deal_watch.watch(session, NOON)
        found = set(session.scalars(select(col(StoredWarning.priority)).where(col(StoredWarning.deal_id) == stored.worked)))
        session.rollback()
        return found

    assert stored.database.write(lambda session: pressing(session, is_silent=False)) == {DealPriority.HIGH}
    assert stored.database.write(lambda session: pressing(session, is_silent=True)) == {DealPriority.MEDIUM}
