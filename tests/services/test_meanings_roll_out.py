"""How the meaning of moves came in: the column, the old rows, the switch, the end of reading names; every figure stayed as it was."""

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Any, Final

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data import migrate
from data.engine import Database
from data.queries import pipeline_flow
from domain.access import Selection
from domain.periods import Grain, containing
from domain.pipeline.conversion import Ending, Transition
from domain.pipeline.stages import Meaning, usual_meaning
from domain.pipeline.steps import LIST_OUT
from domain.records import Profile, Role
from services import access, pipeline_stages
from services.stage_meanings import fill_meanings
from tests import builders

TODAY = date(2026, 3, 19)
SINCE = TODAY - timedelta(days=365)
EVERYTHING: Final = Selection(period=containing(TODAY, Grain.YEAR))
BEFORE: Final = "0022"
NAMES: Final = (*LIST_OUT, "PROPOSAL_VERBAL", "AGREEMENT_RENEWED", "Site visit")
OWN: Final = "Talk arranged"
BY_NAME: Final = """
SELECT deal_id, min(changed_on) FILTER (WHERE starts_with(to_stage, 'CALL_BOOKED')),
    min(changed_on) FILTER (WHERE starts_with(to_stage, 'CALL_CONDUCTED')),
    min(changed_on) FILTER (WHERE starts_with(to_stage, 'PROPOSAL_')),
    min(changed_on) FILTER (WHERE starts_with(to_stage, 'AGREEMENT_')),
    min(changed_on) FILTER (WHERE starts_with(to_stage, 'PARTNER_LIST_SENT'))
FROM stage_change GROUP BY deal_id ORDER BY deal_id
"""
"""How steps were read before moves had a meaning."""
BY_MEANING: Final = """
SELECT deal_id, min(changed_on) FILTER (WHERE meaning = 'call_booked'), min(changed_on) FILTER (WHERE meaning = 'call_held'),
    min(changed_on) FILTER (WHERE meaning = 'proposal'), min(changed_on) FILTER (WHERE meaning = 'agreement'),
    min(changed_on) FILTER (WHERE meaning = 'list_sent')
FROM stage_change GROUP BY deal_id ORDER BY deal_id
"""
MOVE: Final = text(
    "INSERT INTO stage_change (deal_id, to_stage, changed_at, changed_on) VALUES (:deal, :stage, CAST(:on AS date) + time '12:00', :on)"
)
"""What code writes that does not know the column."""


def company(session: Session) -> list[int]:
    """Twenty deals of one agent, nothing dated but their beginning."""
    builders.organisation(session, country=builders.NO_HOLIDAYS)
    agent = builders.person(session, on=builders.team(session))
    return [builders.deal(session, agent, created_on=TODAY - timedelta(days=100)).id or 0 for _ in range(20)]


def move(session: Session, deals: list[int], seed: int) -> None:
    """Sixty moves through stages in no order, some entered again."""
    drawn = Random(seed)  # noqa: S311 - the same stages every time
    for _ in range(60):
        on = TODAY - timedelta(days=drawn.randrange(1, 90))
        session.execute(MOVE, {"deal": drawn.choice(deals), "stage": drawn.choice(NAMES), "on": on})


def rows(session: Session, query: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in session.execute(text(query))]


def filled(session: Session) -> list[tuple[Any, ...]]:
    return rows(session, "SELECT to_stage, meaning FROM stage_change ORDER BY id")


def spells(session: Session) -> dict[Transition, list[tuple[Any, ...]]]:
    """Deals by step, days and ending, as the pipeline shows them to an admin."""
    admin = builders.person(session, role=Role.ADMIN)
    scope = access.viewer(session, admin.id or 0).scope
    found = pipeline_flow.spells(session, scope, EVERYTHING, SINCE, TODAY)
    return {step: sorted((each.days, each.ending, each.deals) for each in found[step]) for step in Transition}


def spells_by_name(session: Session) -> dict[Transition, list[tuple[Any, ...]]]:
    """The same counted from the names of stages, deal by deal, as it was before; every deal is open and a hundred days old."""
    found: dict[Transition, Counter[tuple[int, Ending]]] = {step: Counter() for step in Transition}
    found[Transition.OPENED_WON][100, Ending.OPEN] = 20
    for _, *days in rows(session, BY_NAME):
        for step, entered, onward in zip(Transition, days, (days[place:] for place in range(1, 6)), strict=False):
            moved = min((day for day in onward if day), default=None)
            if entered:
                found[step][max(0, ((moved or TODAY) - entered).days), Ending.MOVED if moved else Ending.OPEN] += 1
    return {step: sorted((*each, deals) for each, deals in counted.items()) for step, counted in found.items()}


@pytest.fixture
def older(fresh_database: Database) -> Database:
    """A company at work before moves had a meaning."""
    deals = fresh_database.write(company)
    fresh_database.write(lambda session: move(session, deals, seed=1))
    with fresh_database.writer.begin() as connection:
        command.downgrade(migrate.config(connection), BEFORE)
    return fresh_database


def deals_of(session: Session) -> list[int]:
    return list(session.scalars(text("SELECT id FROM deal ORDER BY id")))


def test_first_the_column_comes_empty_and_code_that_does_not_know_it_goes_on(older: Database) -> None:
    with older.writer.begin() as connection:
        before = connection.execute(text(BY_NAME)).all()
        migrate.prepare(connection)
        assert connection.execute(text(BY_NAME)).all() == before
        assert connection.scalar(text("SELECT count(meaning) FROM stage_change")) == 0
        assert migrate.is_fillable(connection)
    older.write(lambda session: move(session, deals_of(session), seed=2))
    with older.reading() as session:
        new = rows(session, "SELECT to_stage, meaning FROM stage_change WHERE meaning IS NOT NULL")
        assert len(new) == 60
        assert new == [(stage, usual_meaning(stage)) for stage, _ in new]


def test_then_old_moves_are_filled_and_a_stop_in_the_middle_changes_nothing(older: Database) -> None:
    with older.writer.begin() as connection:
        migrate.prepare(connection)

    class StoppedError(Exception):
        """The process ends after a batch."""

    def stop(done: float, whole: float) -> None:
        assert (done, whole) == (25, 60)
        raise StoppedError

    with pytest.raises(StoppedError):
        fill_meanings(older, stop, size=25)
    older.write(lambda session: move(session, deals_of(session), seed=2))
    told: list[tuple[float, float]] = []
    assert fill_meanings(older, lambda *progress: told.append(progress), size=25) == 35
    assert told == [(25, 35), (35, 35)]
    assert fill_meanings(older, lambda *_: None) == 0
    with older.reading() as session:
        resumed = filled(session)
        assert rows(session, BY_MEANING) == rows(session, BY_NAME)
    assert resumed == [(stage, usual_meaning(stage)) for stage, _ in resumed]
    with older.writer.begin() as connection:
        command.downgrade(migrate.config(connection), BEFORE)
        migrate.prepare(connection)
    assert fill_meanings(older, lambda *_: None) == 120
    with older.reading() as session:
        assert filled(session) == resumed, "in one go"


def test_a_move_somebody_is_changing_is_passed_over_and_nobody_waits(older: Database) -> None:
    with older.writer.begin() as connection:
        migrate.prepare(connection)
    with Session(older.writer) as busy:
        busy.execute(text("SELECT 1 FROM stage_change WHERE id = (SELECT min(id) FROM stage_change) FOR UPDATE"))
        assert fill_meanings(older, lambda *_: None) == 59
    with older.writer.begin() as connection:
        migrate.upgrade(connection)
    with older.reading() as session:
        assert rows(session, BY_MEANING) == rows(session, BY_NAME)


def test_then_steps_are_read_by_meaning_and_renamed_reordered_and_retired_stages_count_as_before(session: Session) -> None:
    deals = company(session)
    move(session, deals, seed=3)
    before = spells(session)
    assert before == spells_by_name(session)
    assert sum(len(each) for each in before.values()) > 10
    admin = access.viewer(session, builders.person(session, role=Role.ADMIN).id or 0)
    for key, name, place, used in (
        ("CALL_BOOKED", "Talk agreed", 5, True),
        ("PROPOSAL_SENT", "Offer", 2, True),
        ("CALL_CONDUCTED", "Talk", 1, False),
    ):
        said = pipeline_stages.stage_details(name=name, meaning=usual_meaning(key), place=place, is_used=used)
        pipeline_stages.change(session, admin, Profile.BDR, key, said, builders.NOON)
    assert spells(session) == before
    own = pipeline_stages.stage_details(name=OWN, meaning=Meaning.CALL_BOOKED, place=2)
    pipeline_stages.add(session, admin, Profile.BDR, own, builders.NOON)
    move(session, deals, seed=4)
    assert spells(session) == spells_by_name(session)
    fresh = builders.deal(session, None, created_on=TODAY).id
    session.execute(MOVE, {"deal": fresh, "stage": OWN.upper(), "on": TODAY})
    assert filled(session)[-1] == (OWN.upper(), Meaning.CALL_BOOKED), "a stage of one's own counts as well"


def test_a_move_keeps_what_its_stage_meant_when_it_was_made(session: Session) -> None:
    deals = company(session)
    session.execute(MOVE, {"deal": deals[0], "stage": "Site visit", "on": TODAY})
    admin = access.viewer(session, builders.person(session, role=Role.ADMIN).id or 0)
    said = pipeline_stages.stage_details(name="Site visit", meaning=Meaning.CALL_HELD, place=2)
    pipeline_stages.add(session, admin, Profile.BDR, said, builders.NOON)
    session.execute(MOVE, {"deal": deals[0], "stage": "Site visit", "on": TODAY})
    session.execute(text("UPDATE stage_change SET to_stage = to_stage"))
    assert [meaning for _, meaning in filled(session)] == ["on_the_way", "call_held"]
    session.execute(text("UPDATE stage_change SET to_stage = 'sold'"))
    assert {meaning for _, meaning in filled(session)} == {"won"}, "a corrected stage means what it is"


def test_last_names_are_read_by_nothing_that_counts_steps_and_no_move_is_without_a_meaning(session: Session) -> None:
    move(session, company(session), seed=5)
    before = spells(session)
    session.execute(text("ALTER TABLE stage_change DISABLE TRIGGER keep_meaning"))
    session.execute(text("UPDATE stage_change SET to_stage = 'a name that says nothing'"))
    assert spells(session) == before
    with pytest.raises(IntegrityError, match="meaning"):
        session.execute(text("UPDATE stage_change SET meaning = NULL"))


@pytest.mark.parametrize("write", [str.lower, str.upper, "  {} ".format, lambda name: name.replace("_", " "), "{} (2)".format])
def test_the_database_and_the_product_agree_on_what_a_stage_means(session: Session, write: Any) -> None:
    found = pipeline_stages.pipelines(session)
    names = [write(stage.key) for stages in found.by_profile.values() for stage in stages] + [write("Elsewhere 100%")]
    meant = [session.scalar(text("SELECT stage_meaning(:name)"), {"name": name}) for name in names]
    assert meant == [found.meaning(name) for name in names]
