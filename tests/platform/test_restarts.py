"""How long a process that ended by itself is left alone before it is started again."""

from launcher.children import LONGEST_PAUSE, SETTLED_SECONDS, Pauses


def test_pauses_double_up_to_a_minute() -> None:
    pauses, now, waited = Pauses(), 0.0, []
    for _ in range(8):
        waited.append(pauses.begin(now))
        assert pauses.until == now + waited[-1]
        now += waited[-1]
        pauses.end(now)
        assert pauses.until is None
    assert waited == [1, 2, 4, 8, 16, 32, LONGEST_PAUSE, LONGEST_PAUSE]


def test_who_ran_for_a_good_while_is_started_again_at_once() -> None:
    pauses = Pauses()
    for _ in range(3):
        pauses.end(pauses.begin(0.0))
    assert pauses.begin(pauses.end(100.0) or 100.0 + SETTLED_SECONDS - 1) == 8
    pauses.end(200.0)
    assert pauses.begin(200.0 + SETTLED_SECONDS) == 1
