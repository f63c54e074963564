"""The week's vision board: cards in columns by day or by state, what a move makes of them, and what goes over into the next week."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from domain.errors import InputError
from domain.periods import Period

ANY_DAY: Final = "any"
"""The key of the column for cards without a day."""
MOST_CARDS: Final = 40
"""A week holds no more that somebody means; a board beyond it cannot be taken in at a glance."""
LONGEST_TITLE: Final = 120
LONGEST_NOTE: Final = 500
MOST_MINUTES: Final = 600
"""Ten hours: what takes longer is more than one card."""
NOT_THE_SAME: Final = "The board does not have these cards any more. Here it is as it is now; please move the card again."
NO_COLUMN: Final = "The board has no such column. Choose one of those shown."
NO_CARD: Final = "There is no such card on this board."


class CardState(StrEnum):
    """How far a card is; a suggested one waits for its agent to take it on."""

    SUGGESTED = "suggested"
    TODO = "todo"
    DOING = "doing"
    DONE = "done"


class BoardView(StrEnum):
    """What the columns of a board are."""

    STATE = "state"
    DAY = "day"


STATE_NAMES: Final[Mapping[CardState, str]] = {CardState.TODO: "To do", CardState.DOING: "Doing", CardState.DONE: "Done"}
"""The columns by state, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One thing for the week."""

    id: int
    title: str
    note: str = ""
    minutes: int | None = None
    """What it takes, as its owner thinks."""
    state: CardState = CardState.TODO
    day: date | None = None
    position: int = 0
    goal_id: int | None = None
    deal_id: int | None = None
    lead_id: int | None = None
    about: str = ""
    """What the goal, deal or lead it belongs to is called."""
    weeks_carried: int = 0
    """How many weeks it has been taken over; 0 for one of this week."""
    has_gone_on: bool = False
    """Whether it was taken over into the week after."""
    suggested_by: str = ""
    """Who had the idea, where that was not its owner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the board and its cards, from the top."""

    key: str
    name: str
    cards: tuple[Card, ...]

    @property
    def minutes(self) -> int:
        """What its cards take together, as far as that was said; what is done takes nothing any more."""
        return sum(card.minutes or 0 for card in self.cards if card.state is not CardState.DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where a card is after a move."""

    card_id: int
    state: CardState
    day: date | None
    position: int


def columns(cards: Iterable[Card], week: Period, view: BoardView) -> tuple[Column, ...]:
    """The board; suggestions are not on it, and a day outside the week counts as none."""
    on_board = sorted((card for card in cards if card.state is not CardState.SUGGESTED), key=lambda card: (card.position, card.id))
    names = column_names(week, view)
    return tuple(
        Column(key=key, name=name, cards=tuple(card for card in on_board if _key(card, week, view) == key)) for key, name in names.items()
    )


def column_names(week: Period, view: BoardView) -> dict[str, str]:
    """By key, what the columns are called, in order."""
    if view is BoardView.STATE:
        return {state.value: name for state, name in STATE_NAMES.items()}
    return {ANY_DAY: "Any day"} | {day.isoformat(): f"{day:%a} {day.day}" for day in week}


def arranged(cards: Sequence[Card], week: Period, view: BoardView, wanted: Mapping[str, Sequence[int]]) -> list[Placed]:
    """Where each card is when the columns hold these ids; only those that changed.

    Raises InputError unless exactly the cards of the board are named, each once: what a browser says is not taken on trust.
    """
    board = {card.id: card for card in cards if card.state is not CardState.SUGGESTED}
    names = column_names(week, view)
    if not wanted.keys() <= names.keys():
        raise InputError(NO_COLUMN, code="no_such_column")
    order = [(key, card_id) for key in names for card_id in wanted.get(key, ())]
    if Counter(card_id for _, card_id in order) != Counter(board.keys()):
        raise InputError(NOT_THE_SAME, code="other_cards")
    placed = (_placed(board[card_id], key, view, position) for position, (key, card_id) in enumerate(order))
    return [each for each in placed if not _is_there(board[each.card_id], each)]


def moved(board: Sequence[Column], card_id: int, to: str, index: int | None = None) -> dict[str, list[int]]:
    """The ids per column with one card moved to a place in a column, or to its end."""
    ids = {column.key: [card.id for card in column.cards if card.id != card_id] for column in board}
    if to not in ids:
        raise InputError(NO_COLUMN, code="no_such_column")
    if all(card.id != card_id for column in board for card in column.cards):
        raise InputError(NO_CARD, code="no_such_card")
    ids[to].insert(len(ids[to]) if index is None else index, card_id)
    return ids


def labels(cards: Iterable[Card]) -> dict[str, int]:
    """By the words on it, each card: what two say alike is told apart by a number, because a dragged card is known by its words alone."""
    found: dict[str, int] = {}
    for card in sorted(cards, key=lambda card: (card.position, card.id)):
        words, times = label(card), 2
        unique = words
        while unique in found:
            unique, times = f"{words} ({times})", times + 1
        found[unique] = card.id
    return found


def label(card: Card) -> str:
    """What is written on a card: whether it is done, its title, how long it takes, what it is about, and that it was taken over."""
    parts = [f"{'✓ ' if card.state is CardState.DONE else ''}{card.title}"]
    parts += [f"{card.minutes} min"] if card.minutes else []
    parts += [card.about] if card.about else []
    parts += ["↻ from last week" if card.weeks_carried == 1 else f"↻ for {card.weeks_carried} weeks"] if card.weeks_carried else []
    return " · ".join(parts)


def _key(card: Card, week: Period, view: BoardView) -> str:
    if view is BoardView.STATE:
        return card.state.value
    return card.day.isoformat() if card.day is not None and card.day in week else ANY_DAY


def _placed(card: Card, key: str, view: BoardView, position: int) -> Placed:
    if view is BoardView.STATE:
        return Placed(card_id=card.id, state=CardState(key), day=card.day, position=position)
    return Placed(card_id=card.id, state=card.state, day=None if key == ANY_DAY else date.fromisoformat(key), position=position)


def _is_there(card: Card, placed: Placed) -> bool:
    return (card.state, card.day, card.position) == (placed.state, placed.day, placed.position)
