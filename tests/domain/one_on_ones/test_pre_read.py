"""Strengths and the gap with what they rest on, where the score is going, and what a talk may be about."""

from dataclasses import replace
from datetime import date
from typing import Any

from domain.coaching.comparison import Stretch
from domain.counters import Counters
from domain.one_on_ones.agenda import CLOSING, OPENING, proposed_agenda
from domain.one_on_ones.pre_read import Concern, PreRead, ScorePoint
from domain.one_on_ones.score import score_sentence
from domain.one_on_ones.sheet import one_on_one_sheet
from domain.one_on_ones.standouts import Standout, Standouts, standouts
from domain.one_on_ones.talk import Talk
from domain.progression.skills import Peers, SkillScore, Sums, skill_scores
from domain.week_digest.content import Figure
from tests.domain.progression.stretches import TERMS_OF_HOMES


def sums(**counters: int) -> Sums:
    return Sums(recent=Counters(**counters), ripe=Counters(**counters))


OTHERS = {
    "conversations": 100,
    "calls": 400,
    "appointments_set": 20,
    "deals_won": 10,
    "deals_lost": 30,
    "fast_responses": 30,
    "responses": 60,
}


def scores(**own: int) -> tuple[SkillScore, ...]:
    return skill_scores(sums(**own), Peers(of_level=[sums(**OTHERS)] * 6), TERMS_OF_HOMES)


def stretch(calls: int, *, workdays: int = 20) -> Stretch:
    return Stretch(sums=Counters(calls=calls), workdays=workdays)


FILLED = PreRead(
    made_on=date(2026, 3, 10),
    month="March 2026",
    pace=(
        Figure(name="Showings", value="9", target="20", due="8", word="On track"),
        Figure(name="Meetings", value="5", target="12", due="6", word="Behind"),
        Figure(name="Calls", value="40", target="200", due="90", word="At risk"),
    ),
    scores=(ScorePoint(label="week of 2 Mar", points=61.0, is_unfinished=False),),
    score_sentence="Too early to tell.",
    standouts=Standouts(
        strengths=(Standout(name="Closing", evidence="30 of 60", skill="closing"),),
        gap=Standout(name="Prospecting", evidence="20 of 400", skill="prospecting"),
        untold=("Too few others to compare with: Speed.",),
    ),
    concerns=(Concern(head="Elm Street", words="Quiet: 12 days."),),
    more_concerns=2,
    commitments=("Call ten old leads: due today",),
)


def test_two_strengths_and_one_gap_come_with_n_and_interval() -> None:
    found = standouts(
        scores(conversations=200, calls=400, appointments_set=90, deals_won=40, deals_lost=20, fast_responses=2, responses=60)
    )
    assert [each.name for each in found.strengths] == ["Closing", "Appointment setting"]
    assert found.gap is not None
    assert found.gap.name == "Speed"
    assert found.gap.evidence.startswith("First contacts within the hour ÷ first contacts: 3.3 % of 60 (likely ")
    assert found.gap.evidence.endswith("others of the level 50 %")


def test_where_nothing_stands_out_it_says_why() -> None:
    found = standouts(scores(conversations=26, calls=100, deals_won=1, deals_lost=2))
    assert (found.strengths, found.gap) == ((), None)
    assert found.untold[0].startswith("Too early to tell, from 20 on: Presentation (n = 0), Follow-up (n = 0), Closing (n = 3)")
    assert "No difference beyond luck: Prospecting" in found.untold[1]


def test_a_movement_of_the_score_is_told_with_how_sure_it_is() -> None:
    fallen = score_sentence(stretch(400), stretch(200), is_seen_in_part=False)
    assert fallen.startswith("10 points a working day in the last four weeks (likely 9")
    assert fallen.endswith("20 in the four before (from 200 and 400 events; a clear movement).")
    assert "no movement beyond luck" in score_sentence(stretch(200), stretch(205), is_seen_in_part=False)


def test_a_week_of_leave_is_no_fall_of_the_score() -> None:
    assert "no movement beyond luck" in score_sentence(stretch(400, workdays=20), stretch(300, workdays=15), is_seen_in_part=False)


def test_nothing_is_said_of_the_score_by_few_facts_or_some_of_the_days() -> None:
    for said in (
        score_sentence(stretch(3), stretch(9), is_seen_in_part=False),
        score_sentence(stretch(400), stretch(200), is_seen_in_part=True),
        score_sentence(stretch(400), stretch(0, workdays=0), is_seen_in_part=False),
    ):
        assert said.startswith("Too early to tell")


def test_the_sheet_has_pre_read_agenda_and_promises_and_no_notes() -> None:
    talk = Talk(
        id=1,
        agent_id=1,
        agent_name="Ada",
        manager_id=2,
        manager_name="Mia",
        planned_on=date(2026, 3, 12),
        topics="",
        agenda="",
        notes="Between us.",
        held_on=None,
        pre_read=None,
        version=1,
    )
    told = list(one_on_one_sheet(talk, FILLED, f"{'A' * 300}\n\n" + "Point\n" * 30, (), date(2026, 3, 10)).words())
    assert told[:4] == ["1:1", "Ada with Mia", "Planned for 12 Mar 2026", ""]
    assert "To work on, Prospecting: 20 of 400." in told
    assert "Elm Street: Quiet: 12 days." in told
    assert "Call ten old leads: due today" in told
    assert told.count("Point") == 11
    assert not [each for each in told if "Between us" in each or len(each) > 180]


def test_what_is_kept_is_read_again_as_it_was() -> None:
    assert PreRead.from_record(FILLED.as_record()) == FILLED
    bare = replace(FILLED, standouts=Standouts(strengths=(), gap=None, untold=()))
    assert PreRead.from_record(bare.as_record()) == bare


def test_the_agenda_begins_with_the_agents_points_and_what_works() -> None:
    assert proposed_agenda(FILLED, "My territory\n\n Holidays ").splitlines() == [
        "My territory",
        "Holidays",
        "What became of what you took on last time?",
        "What works: Closing. What do you do there that others could learn?",
        "One thing to work on: Prospecting. What makes it hard, and what would help?",
        "The month so far: Calls 40, 90 due by now. What is in the way?",
        "Deals: Elm Street. What is the next step in each?",
        CLOSING,
    ]


def test_an_agenda_without_anything_to_tell_asks_and_closes() -> None:
    empty: dict[str, Any] = {"pace": (), "concerns": (), "commitments": (), "standouts": Standouts(strengths=(), gap=None, untold=())}
    assert proposed_agenda(replace(FILLED, **empty)).splitlines() == [OPENING, CLOSING]
