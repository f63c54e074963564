"""The vision board: whose it is, what two screens at once do, carry-over, suggestions and templates."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session

from domain.coaching.vision import BoardView, CardState
from domain.errors import AccessError, ConflictError, InputError, NotFoundError, PacesetterError
from domain.periods import Grain, containing
from domain.records import Role
from services.access import Viewer, viewer
from services.vision_additions import add_card, carry_over, suggest_card
from services.vision_board import VisionBoard, board_of
from services.vision_changes import Move, SeenBoard, accept_card, arrange, change_card, move_card, remove_card
from services.vision_input import card_details
from services.vision_templates import remove_template, save_template, templates_of, use_template
from tests import builders
from tests.builders import TUESDAY

WEEK = containing(TUESDAY, Grain.WEEK)
NEXT = containing(WEEK.end, Grain.WEEK)


@pytest.fixture
def people(session: Session) -> SimpleNamespace:
    """An agent and their manager, a colleague on another team, an admin."""
    team, other = builders.team(session), builders.team(session)
    made = {
        "agent": builders.person(session, on=team),
        "manager": builders.manager(session, of=team),
        "stranger": builders.person(session, on=other),
        "other_manager": builders.manager(session, of=other),
        "admin": builders.person(session, role=Role.ADMIN),
    }
    return SimpleNamespace(**{name: viewer(session, person.id) for name, person in made.items()})


def add(session: Session, who: Viewer, title: str = "Call Ada", week_on: date = TUESDAY, **fields: object) -> int:
    return add_card(session, who, who.person_id, week_on, card_details(title=title, **fields), TUESDAY)


def board(session: Session, who: Viewer, agent: Viewer | None = None, day: date = TUESDAY, today: date = TUESDAY) -> VisionBoard:
    session.expire_all()
    return board_of(session, who, (agent or who).person_id, containing(day, Grain.WEEK), today)


def seen(shown: VisionBoard) -> SeenBoard:
    return SeenBoard(agent_id=shown.agent_id, week_on=shown.week.start, version=shown.version)


def to(card_id: int, column: str) -> Move:
    return Move(view=BoardView.STATE, card_id=card_id, to=column)


def test_a_card_is_added_moved_done_and_taken_away(session: Session, people: SimpleNamespace) -> None:
    who = people.agent
    first = add(session, who, minutes=30)
    add(session, who, "Write offer")
    move_card(session, who, seen(board(session, who)), to(first, "done"), TUESDAY)
    shown = board(session, who)
    assert [(card.title, card.state.value) for card in shown.cards] == [("Write offer", "todo"), ("Call Ada", "done")]
    remove_card(session, who, seen(shown), first, TUESDAY)
    assert [card.title for card in board(session, who).cards] == ["Write offer"]


def test_a_move_on_an_old_version_is_refused_and_nothing_moves(session: Session, people: SimpleNamespace) -> None:
    who = people.agent
    card = add(session, who)
    old = seen(board(session, who))
    move_card(session, who, old, to(card, "doing"), TUESDAY)
    with pytest.raises(ConflictError, match="changed meanwhile"):
        move_card(session, who, old, to(card, "done"), TUESDAY)
    assert [each.state for each in board(session, who).cards] == [CardState.DOING]


def test_an_order_with_a_colleagues_card_is_refused(session: Session, people: SimpleNamespace) -> None:
    mine, theirs = add(session, people.agent), add(session, people.stranger)
    with pytest.raises(InputError, match="does not have these cards"):
        arrange(session, people.agent, seen(board(session, people.agent)), BoardView.STATE, {"done": [mine, theirs]}, TUESDAY)


def test_a_colleagues_card_cannot_be_reached_through_ones_own_board(session: Session, people: SimpleNamespace) -> None:
    add(session, people.agent)
    theirs = add(session, people.stranger)
    for deed in (remove_card, accept_card):
        with pytest.raises(NotFoundError):
            deed(session, people.agent, seen(board(session, people.agent)), theirs, TUESDAY)
    with pytest.raises(NotFoundError):
        change_card(session, people.agent, seen(board(session, people.agent)), theirs, card_details(title="Mine"), TUESDAY)
    assert [card.title for card in board(session, people.stranger).cards] == ["Call Ada"]


@pytest.mark.parametrize(("who", "refusal"), [("manager", AccessError), ("admin", AccessError), ("stranger", NotFoundError)])
def test_nobody_else_changes_a_board(session: Session, people: SimpleNamespace, who: str, refusal: type[PacesetterError]) -> None:
    card = add(session, people.agent)
    at = seen(board(session, people.agent))
    other = getattr(people, who)
    with pytest.raises(refusal):
        move_card(session, other, at, to(card, "done"), TUESDAY)
    with pytest.raises(refusal):
        add_card(session, other, at.agent_id, TUESDAY, card_details(title="Do more"), TUESDAY)
    with pytest.raises(refusal):
        carry_over(session, other, at.agent_id, TUESDAY, TUESDAY)


@pytest.mark.parametrize("who", ["stranger", "other_manager"])
def test_a_board_is_not_there_for_who_does_not_look_after_its_agent(session: Session, people: SimpleNamespace, who: str) -> None:
    add(session, people.agent)
    with pytest.raises(NotFoundError):
        board(session, getattr(people, who), people.agent)
    with pytest.raises(NotFoundError):
        suggest_card(session, getattr(people, who), people.agent.person_id, TUESDAY, card_details(title="Do more"), TUESDAY)


def test_a_managers_suggestion_waits_until_its_agent_takes_it_on(session: Session, people: SimpleNamespace) -> None:
    idea = suggest_card(session, people.manager, people.agent.person_id, TUESDAY, card_details(title="Visit Oak Street"), TUESDAY)
    shown = board(session, people.agent)
    assert (shown.cards, [card.suggested_by for card in shown.suggestions]) == ((), [people.manager.name])
    accept_card(session, people.agent, seen(shown), idea, TUESDAY)
    assert [(card.title, card.suggested_by) for card in board(session, people.agent).cards] == [("Visit Oak Street", people.manager.name)]


def test_a_card_is_about_what_is_the_agents_own(session: Session, people: SimpleNamespace) -> None:
    agent, stranger = SimpleNamespace(id=people.agent.person_id), SimpleNamespace(id=people.stranger.person_id)
    own, foreign = builders.lead(session, agent, name="Ada"), builders.lead(session, stranger)
    goal, deal = builders.goal(session, stranger), builders.deal(session, stranger)
    add(session, people.agent, lead_id=own.id)
    for about in ({"lead_id": foreign.id}, {"goal_id": goal.id}, {"deal_id": deal.id}):
        with pytest.raises(NotFoundError, match="this agent's own"):
            add(session, people.agent, **about)
    assert [card.about for card in board(session, people.agent).cards] == ["Ada"]


def test_unfinished_cards_go_over_once_and_are_marked(session: Session, people: SimpleNamespace) -> None:
    who = people.agent
    add(session, who, "Finished", state=CardState.DONE)
    add(session, who, "Open", day=TUESDAY)
    monday = NEXT.start
    assert board(session, who, day=monday, today=monday).waiting == 1
    assert carry_over(session, who, who.person_id, monday, monday) == 1
    assert carry_over(session, who, who.person_id, monday, monday) == 0
    shown = board(session, who, day=monday, today=monday)
    assert (shown.waiting, [(card.title, card.weeks_carried, card.day) for card in shown.cards]) == (0, [("Open", 1, None)])
    remove_card(session, who, seen(shown), shown.cards[0].id, monday)
    assert board(session, who, day=monday, today=monday).waiting == 0
    assert [card.has_gone_on for card in board(session, who, today=monday).cards] == [False, True]


def test_the_running_weeks_cards_stay_in_it_while_the_next_one_is_planned(session: Session, people: SimpleNamespace) -> None:
    who = people.agent
    add(session, who, "Open")
    assert board(session, who, day=NEXT.start).waiting == 0
    with pytest.raises(ConflictError, match="not over"):
        carry_over(session, who, who.person_id, NEXT.start, TUESDAY)
    assert [card.has_gone_on for card in board(session, who).cards] == [False]


def test_a_week_that_is_over_stays_as_it_was(session: Session, people: SimpleNamespace) -> None:
    card = add(session, people.agent)
    at = seen(board(session, people.agent))
    with pytest.raises(ConflictError, match="over"):
        move_card(session, people.agent, at, to(card, "done"), NEXT.start)
    with pytest.raises(ConflictError, match="over"):
        add_card(session, people.agent, at.agent_id, TUESDAY, card_details(title="Late"), NEXT.start)


def test_a_day_of_another_week_is_refused(session: Session, people: SimpleNamespace) -> None:
    with pytest.raises(InputError, match="not a day of this week"):
        add(session, people.agent, day=NEXT.start)


def test_a_template_keeps_words_and_weekdays_but_no_customer(session: Session, people: SimpleNamespace) -> None:
    lead = builders.lead(session, SimpleNamespace(id=people.agent.person_id))
    add(session, people.agent, "Prospect", day=TUESDAY, minutes=60, lead_id=lead.id)
    save_template(session, people.agent, people.agent.person_id, WEEK, " My week ", TUESDAY)
    (mine,) = templates_of(session, people.agent, people.agent.person_id, TUESDAY)
    assert (mine.name, mine.cards, mine.may_remove) == ("My week", 1, True)
    assert use_template(session, people.agent, people.agent.person_id, NEXT.start, mine.id, TUESDAY) == 1
    (card,) = board(session, people.agent, day=NEXT.start).cards
    assert (card.title, card.minutes, card.day, card.lead_id) == ("Prospect", 60, TUESDAY + timedelta(days=7), None)
    assert templates_of(session, people.manager, people.agent.person_id, TUESDAY) == []


def test_a_managers_template_is_for_the_team_and_only_they_take_it_away(session: Session, people: SimpleNamespace) -> None:
    add(session, people.agent)
    save_template(session, people.manager, people.agent.person_id, WEEK, "Start strong", TUESDAY)
    save_template(session, people.manager, people.agent.person_id, WEEK, "START strong", TUESDAY)
    (shared,) = templates_of(session, people.agent, people.agent.person_id, TUESDAY)
    assert (shared.name, shared.may_remove) == ("START strong", False)
    assert templates_of(session, people.stranger, people.stranger.person_id, TUESDAY) == []
    with pytest.raises(NotFoundError):
        remove_template(session, people.agent, people.agent.person_id, shared.id, TUESDAY)
    with pytest.raises(NotFoundError):
        use_template(session, people.stranger, people.stranger.person_id, TUESDAY, shared.id, TUESDAY)
    remove_template(session, people.manager, people.agent.person_id, shared.id, TUESDAY)
    assert templates_of(session, people.agent, people.agent.person_id, TUESDAY) == []


def test_a_board_that_is_full_takes_no_more(session: Session, people: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.vision_additions.MOST_CARDS", 1)
    add(session, people.agent)
    with pytest.raises(ConflictError) as refused:
        add(session, people.agent)
    assert refused.value.code == "board_full"
