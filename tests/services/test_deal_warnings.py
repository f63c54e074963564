"""The life of a deal's warnings: found by a job, put aside and dealt with by people, seen by who looks after the deal."""

from dataclasses import asdict
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Person, StoredWarning
from domain.deals.priority import DealPriority
from domain.deals.thresholds import DealThresholds
from domain.deals.warning_life import WarningEnding, WarningState
from domain.deals.warnings import WarningRule
from domain.errors import AccessError, ConflictError, InputError, NotFoundError
from domain.records import ActivityType, DealStatus, Role
from services import deal_thresholds, deal_warnings, deal_watch
from services.access import Viewer, viewer
from services.deal_warnings import Narrowed
from tests import builders
from tests.builders import NOON, TUESDAY

DAY = timedelta(days=1)
QUIET, NO_STEP = WarningRule.NO_ACTIVITY, WarningRule.NO_NEXT_STEP


@pytest.fixture
def house(session: Session) -> SimpleNamespace:
    """Nora's quiet deal and her fresh one, Sven's quiet one on another team; all were looked at."""
    builders.organisation(session)
    north, south = builders.team(session), builders.team(session)
    nora, sven = builders.person(session, on=north, name="Nora"), builders.person(session, on=south, name="Sven")
    old = {"created_on": TUESDAY - 30 * DAY, "last_activity_at": NOON - 12 * DAY, "amount_minor": 500}
    found = SimpleNamespace(
        session=session,
        nora=nora,
        sven=sven,
        mia=builders.manager(session, of=north),
        ann=builders.person(session, role=Role.ADMIN),
        north=north,
        quiet=builders.deal(session, nora, name="Quiet", stage="Offer", **old),
        fresh=builders.deal(session, nora, name="Fresh", created_on=TUESDAY),
        other=builders.deal(session, sven, name="Other", **old),
    )
    deal_watch.watch(session, NOON)
    return found


def seen_by(house: SimpleNamespace, person: Person) -> Viewer:
    return viewer(house.session, person.id)


def states(house: SimpleNamespace) -> dict[WarningRule, WarningState]:
    rows = house.session.scalars(select(StoredWarning).where(col(StoredWarning.deal_id) == house.quiet.id))
    return {row.rule: row.state for row in rows}


def names(house: SimpleNamespace, person: Person, **narrowed: object) -> list[str]:
    page = deal_warnings.page(house.session, seen_by(house, person), Narrowed(**narrowed), NOON, offset=0, limit=10)
    return [each.listed.name for each in page.deals]


def test_a_look_finds_what_is_wrong_and_a_second_one_changes_nothing(house: SimpleNamespace) -> None:
    assert states(house) == {QUIET: WarningState.OPEN, NO_STEP: WarningState.OPEN}
    before = [row.model_dump() for row in house.session.scalars(select(StoredWarning))]
    assert deal_watch.watch(house.session, NOON) == {"deals": 3, "began": 0, "ended": 0}
    assert [row.model_dump() for row in house.session.scalars(select(StoredWarning))] == before


def test_the_most_pressing_deals_come_first_and_only_ones_own(house: SimpleNamespace) -> None:
    assert names(house, house.nora) == names(house, house.mia) == ["Quiet", "Fresh"]
    assert names(house, house.sven) == ["Other"]
    assert names(house, house.ann) == ["Quiet", "Other", "Fresh"]


def test_a_list_can_be_narrowed(house: SimpleNamespace) -> None:
    assert names(house, house.ann, quiet_since=NOON - 13 * DAY) == []
    assert names(house, house.ann, quiet_since=NOON - 12 * DAY) == ["Quiet", "Other"]
    assert names(house, house.ann, team_id=house.north.id, rule=QUIET) == ["Quiet"]
    assert names(house, house.ann, stage="Offer", priority=DealPriority.MEDIUM) == ["Quiet"]
    assert names(house, house.ann, priority=DealPriority.HIGH) == []


def test_something_done_ends_the_silence_at_once(house: SimpleNamespace) -> None:
    builders.activity(house.session, house.nora, at=NOON - DAY, type=ActivityType.CALL, deal_id=house.quiet.id)
    deal_watch.look_at(house.session, {house.quiet.id}, NOON)
    assert states(house) == {QUIET: WarningState.RESOLVED, NO_STEP: WarningState.OPEN}


def test_a_closed_deal_warns_of_nothing(house: SimpleNamespace) -> None:
    house.quiet.status, house.quiet.closed_on = DealStatus.WON, TUESDAY
    house.session.flush()
    assert deal_watch.watch(house.session, NOON)["ended"] == 2
    assert set(states(house).values()) == {WarningState.RESOLVED}


def test_what_is_put_aside_is_left_out_until_its_day(house: SimpleNamespace) -> None:
    who = seen_by(house, house.nora)
    for rule in (QUIET, NO_STEP):
        deal_warnings.snooze(house.session, who, house.quiet.id, rule, TUESDAY + 2 * DAY, "They are on holiday", NOON)
    assert names(house, house.nora, rule=QUIET) == []
    deal_watch.watch(house.session, NOON + DAY)
    assert states(house)[QUIET] is WarningState.SNOOZED
    deal_watch.watch(house.session, NOON + 2 * DAY)
    assert set(states(house).values()) == {WarningState.OPEN}


def test_one_may_take_a_snooze_back(house: SimpleNamespace) -> None:
    who = seen_by(house, house.mia)
    deal_warnings.snooze(house.session, who, house.quiet.id, QUIET, TUESDAY + DAY, "", NOON)
    deal_warnings.reopen(house.session, who, house.quiet.id, QUIET, NOON)
    assert states(house)[QUIET] is WarningState.OPEN
    with pytest.raises(ConflictError):
        deal_warnings.reopen(house.session, who, house.quiet.id, QUIET, NOON)


def test_what_is_dealt_with_comes_back_only_when_it_happens_anew(house: SimpleNamespace) -> None:
    deal_warnings.resolve(house.session, seen_by(house, house.nora), house.quiet.id, QUIET, "Talked in person", NOON)
    deal_watch.watch(house.session, NOON + DAY)
    row = house.session.get(StoredWarning, (house.quiet.id, QUIET))
    assert (row.state, row.ending, row.reason) == (WarningState.RESOLVED, WarningEnding.BY_PERSON, "Talked in person")
    builders.activity(house.session, house.nora, at=NOON, type=ActivityType.CALL, deal_id=house.quiet.id)
    deal_watch.watch(house.session, NOON + 12 * DAY)
    assert states(house)[QUIET] is WarningState.OPEN


def test_a_snooze_ends_within_a_quarter_and_begins_tomorrow(house: SimpleNamespace) -> None:
    for until in (TUESDAY, TUESDAY + 91 * DAY):
        with pytest.raises(InputError):
            deal_warnings.snooze(house.session, seen_by(house, house.nora), house.quiet.id, QUIET, until, "", NOON)


def test_nobody_deals_with_a_deal_of_another_team(house: SimpleNamespace) -> None:
    for act in (
        lambda who: deal_warnings.resolve(house.session, who, house.quiet.id, QUIET, "", NOON),
        lambda who: deal_warnings.snooze(house.session, who, house.quiet.id, QUIET, TUESDAY + DAY, "", NOON),
        lambda who: deal_warnings.warnings_of(house.session, who, house.quiet.id, NOON),
    ):
        with pytest.raises(NotFoundError):
            act(seen_by(house, house.sven))


def test_a_pipelines_own_figures_decide_and_only_admins_set_them(house: SimpleNamespace) -> None:
    given = dict.fromkeys(deal_thresholds.ThresholdDetails.model_fields, 0) | {"medium_points": 3, "high_points": 6, "red_flags": ()}
    details = deal_thresholds.threshold_details(**given)
    with pytest.raises(AccessError):
        deal_thresholds.change(house.session, seen_by(house, house.mia), "", details, NOON)
    with pytest.raises(NotFoundError):
        deal_thresholds.change(house.session, seen_by(house, house.ann), "Nowhere", details, NOON)
    deal_thresholds.change(house.session, seen_by(house, house.ann), "", details, NOON)
    assert deal_watch.watch(house.session, NOON)["ended"] == 4


def test_a_pipeline_says_from_how_many_points_a_deal_is_high(house: SimpleNamespace) -> None:
    def pressing() -> set[DealPriority]:
        deal_watch.watch(house.session, NOON)
        return {row.priority for row in house.session.scalars(select(StoredWarning).where(col(StoredWarning.deal_id) == house.quiet.id))}

    given = asdict(DealThresholds())
    assert pressing() == {DealPriority.MEDIUM}
    eager = deal_thresholds.threshold_details(**given | {"medium_points": 1, "high_points": 2})
    deal_thresholds.change(house.session, seen_by(house, house.ann), "", eager, NOON)
    assert pressing() == {DealPriority.HIGH}
    with pytest.raises(InputError, match="High priority begins above medium"):
        deal_thresholds.threshold_details(**given | {"medium_points": 4, "high_points": 4})
