"""Who may draw when: few at once, in the order of arrival, nobody kept waiting by somebody slow."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread, get_ident
from time import monotonic, sleep

import pytest

from ui.turns import Turns

AT_ONCE = 2
NEVER = 3600.0
SOON = 5.0


@contextmanager
def running(work: list[Thread]) -> Iterator[None]:
    for thread in work:
        thread.start()
    yield
    for thread in work:
        thread.join(SOON)
        assert not thread.is_alive()


def test_so_many_run_at_once_and_not_one_more() -> None:
    turns, inside, most = Turns(AT_ONCE, NEVER), set[int](), list[int]()

    def draw() -> None:
        with turns.turn():
            inside.add(get_ident())
            most.append(len(inside))
            sleep(0.01)
            inside.remove(get_ident())

    with running([Thread(target=draw) for _ in range(20)]):
        pass
    assert len(most) == 20
    assert max(most) == AT_ONCE


def test_turns_come_in_the_order_of_arrival() -> None:
    turns, came, leave = Turns(1, NEVER), list[int](), Event()

    def hold() -> None:
        with turns.turn():
            leave.wait(SOON)

    def draw(number: int) -> None:
        with turns.turn():
            came.append(number)

    with running([Thread(target=hold)]):
        waiting = [Thread(target=draw, args=(number,)) for number in range(8)]
        for thread in waiting:
            sleep(0.01)
            thread.start()
        leave.set()
    for thread in waiting:
        thread.join(SOON)
    assert came == list(range(8))


def test_a_part_of_a_run_does_not_wait_for_its_own_run() -> None:
    turns = Turns(1, NEVER)
    with turns.turn(), turns.turn():
        pass
    with turns.turn():
        pass


def test_a_run_that_fails_gives_its_turn_back() -> None:
    turns = Turns(1, NEVER)
    with pytest.raises(ZeroDivisionError), turns.turn():
        raise ZeroDivisionError
    entered = Event()

    def draw() -> None:
        with turns.turn():
            entered.set()

    with running([Thread(target=draw)]):
        assert entered.wait(SOON)


def test_a_run_that_takes_long_keeps_nobody_from_their_turn() -> None:
    turns, leave, entered = Turns(1, 0.2), Event(), Event()

    def slow() -> None:
        with turns.turn():
            leave.wait(SOON)

    def quick() -> None:
        with turns.turn():
            entered.set()

    with running([Thread(target=slow)]):
        sleep(0.05)
        began = monotonic()
        with running([Thread(target=quick)]):
            assert entered.wait(SOON)
        assert 0.1 < monotonic() - began < SOON
        leave.set()
