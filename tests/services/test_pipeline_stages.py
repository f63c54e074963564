"""A company's own stages: on the board and in moves, counted by their meaning, arranged by admins alone, and never under open deals."""

from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session

from domain.access import Selection
from domain.errors import AccessError, ConflictError, InputError, NotFoundError
from domain.facts import DealEntry
from domain.periods import Grain, containing
from domain.pipeline.stages import Meaning
from domain.records import DealStatus, Profile, Role
from services import access, deal_moves, deals, pipeline_stages, records, timeline
from services.pipeline_items import stage_columns
from services.pipeline_stages import stage_details
from tests import builders
from tests.builders import NOON, TUESDAY

MONTH = Selection(period=containing(TUESDAY, Grain.MONTH))


@pytest.fixture
def house(session: Session) -> SimpleNamespace:
    builders.organisation(session)
    team = builders.team(session, profile=Profile.BDR)
    ana = builders.person(session, on=team, name="Ana")
    return SimpleNamespace(
        session=session,
        item=builders.deal(session, ana, name="Cedar", stage="CALL_BOOKED"),
        ana=access.viewer(session, ana.id),
        mia=access.viewer(session, builders.manager(session, of=team).id),
        ann=access.viewer(session, builders.person(session, name="Ann", role=Role.ADMIN).id),
    )


def added(house: SimpleNamespace, name: str, meaning: Meaning, place: int = 3) -> None:
    pipeline_stages.add(house.session, house.ann, Profile.BDR, stage_details(name=name, meaning=meaning, place=place), NOON)


def changed(house: SimpleNamespace, key: str, **said: object) -> None:
    stages = pipeline_stages.pipelines(house.session).by_profile[Profile.BDR]
    stage = next(each for each in stages if each.key == key)
    known = {"name": stage.name, "meaning": stage.meaning, "place": stages.index(stage) + 1, "is_used": stage.is_used}
    pipeline_stages.change(house.session, house.ann, Profile.BDR, key, stage_details(**known | said), NOON)


def board(house: SimpleNamespace) -> list[tuple[str, int]]:
    columns = stage_columns(house.session, house.mia, MONTH, Profile.BDR, TUESDAY)
    return [(column.name, column.count) for column in columns]


def test_a_renamed_and_an_added_stage_are_on_the_board_where_they_stand(house: SimpleNamespace) -> None:
    changed(house, "CALL_BOOKED", name="Discovery booked")
    added(house, "Second call", Meaning.CALL_HELD)
    assert board(house)[:4] == [("Lead", 0), ("Discovery booked", 1), ("Second call", 0), ("Call held", 0)]


@pytest.mark.parametrize(
    ("meaning", "expected"),
    [
        (Meaning.PROPOSAL, (DealStatus.OPEN, TUESDAY, None)),
        (Meaning.WON, (DealStatus.WON, None, TUESDAY)),
        (Meaning.NURTURED, (DealStatus.OPEN, None, None)),
    ],
)
def test_a_move_counts_by_what_the_stage_means(house: SimpleNamespace, meaning: Meaning, expected: tuple[object, ...]) -> None:
    added(house, "Term sheet", meaning)
    moved = deal_moves.move(house.session, house.ana, house.item.id, "term sheet", NOON)
    assert (moved.stage, moved.status, moved.proposal_on, moved.closed_on) == ("Term sheet", *expected)


def test_a_stage_can_be_named_as_people_read_it(house: SimpleNamespace) -> None:
    changed(house, "AGREEMENT_SIGNED", name="Signed")
    assert deal_moves.move(house.session, house.ana, house.item.id, "Signed", NOON).stage == "AGREEMENT_SIGNED"
    assert house.item.agreement_on == TUESDAY


def test_a_stage_with_open_deals_stays_in_use(house: SimpleNamespace) -> None:
    with pytest.raises(ConflictError, match="1 open deal stands in “Call booked”"):
        changed(house, "CALL_BOOKED", is_used=False)
    deal_moves.move(house.session, house.ana, house.item.id, "CALL_CONDUCTED", NOON)
    changed(house, "CALL_BOOKED", is_used=False)
    assert "Call booked" not in dict(board(house))
    with pytest.raises(InputError, match="not used any more"):
        deal_moves.move(house.session, house.ana, house.item.id, "CALL_BOOKED", NOON)


def test_a_name_of_a_crm_becomes_a_stage_unless_it_would_decide_open_deals(house: SimpleNamespace) -> None:
    house.item.stage = "Demo done"
    house.session.flush()
    with pytest.raises(ConflictError, match="1 open deal stands in “Demo done”"):
        added(house, "Demo done", Meaning.WON)
    added(house, "Demo done", Meaning.CALL_HELD)
    assert ("Demo done", 1) in board(house)


def test_the_seeds_own_stages_keep_their_meaning_and_one_name_means_one_thing(house: SimpleNamespace) -> None:
    with pytest.raises(InputError, match="always means"):
        changed(house, "CALL_CONDUCTED", meaning=Meaning.PROPOSAL)
    with pytest.raises(InputError, match="means “Won” in Real estate"):
        added(house, "Closed", Meaning.ON_THE_WAY)
    with pytest.raises(ConflictError):
        added(house, "sold", Meaning.WON)


def test_a_pipeline_keeps_a_way_to_win_and_to_lose(house: SimpleNamespace) -> None:
    with pytest.raises(InputError, match="one for won"):
        changed(house, "SOLD", is_used=False)


def test_only_admins_arrange_stages_and_it_is_known_who_did(house: SimpleNamespace) -> None:
    details = stage_details(name="Demo", meaning=Meaning.CALL_HELD, place=1)
    for viewer in (house.ana, house.mia):
        with pytest.raises(AccessError):
            pipeline_stages.add(house.session, viewer, Profile.BDR, details, NOON)
        with pytest.raises(AccessError):
            pipeline_stages.change(house.session, viewer, Profile.BDR, "SOLD", details, NOON)
        with pytest.raises(AccessError):
            pipeline_stages.edits(house.session, viewer, Profile.BDR)
    with pytest.raises(NotFoundError):
        pipeline_stages.change(house.session, house.ann, Profile.BDR, "Offer made", details, NOON)
    changed(house, "SOLD", name="Sold!")
    (edit,) = pipeline_stages.edits(house.session, house.ann, Profile.BDR)
    assert (edit.key, edit.changed, edit.by) == ("SOLD", {"name": ["Sold", "Sold!"]}, "Ann")


def test_records_downloads_and_choices_call_a_stage_as_the_company_does(house: SimpleNamespace) -> None:
    changed(house, "CALL_BOOKED", name="Discovery booked")
    house.item.created_on = TUESDAY
    found = records.records(house.session, house.ana, "deals_created", MONTH)
    assert [fact.entry.stage for fact in found.facts if isinstance(fact.entry, DealEntry)] == ["Discovery booked"]
    assert [choice.detail for choice in timeline.deal_choices(house.session, house.ana, house.ana.person_id, "ced", TUESDAY)] == [
        "Discovery booked"
    ]


@pytest.mark.parametrize(
    ("said", "kept"), [("discovery booked", "CALL_BOOKED"), ("Call booked", "Call booked"), ("call_booked", "call_booked"), ("Own", "Own")]
)
def test_a_program_and_a_file_may_say_the_companys_own_name_of_a_stage(house: SimpleNamespace, said: str, kept: str) -> None:
    changed(house, "CALL_BOOKED", name="Discovery booked")
    assert pipeline_stages.pipelines(house.session).key_of_own(said) == kept
    deals.change(house.session, house.ana, house.item.id, deals.DealWords(stage=said), NOON)
    assert house.item.stage == kept
