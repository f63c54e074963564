"""A request to stop is heard once, and also by what a script started in the background."""

import signal
from collections.abc import Iterator

import pytest

from launcher import signals


@pytest.fixture(autouse=True)
def own_signals() -> Iterator[None]:
    """Handlers as they were before."""
    before = {sign: signal.getsignal(sign) for sign in signals.STOPPING}
    yield
    for sign, handler in before.items():
        signal.signal(sign, handler)


@pytest.mark.parametrize("sign", signals.STOPPING)
def test_the_first_signal_stops_and_a_second_does_not_disturb(sign: signal.Signals) -> None:
    signal.signal(sign, signal.SIG_DFL)
    signals.raise_stop_requested()

    with pytest.raises(signals.StopRequested):
        signal.raise_signal(sign)

    signal.raise_signal(sign)


def test_ctrl_c_is_heard_although_the_shell_said_to_ignore_it() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signals.raise_stop_requested()

    with pytest.raises(signals.StopRequested):
        signal.raise_signal(signal.SIGINT)


def test_under_nohup_a_closed_terminal_changes_nothing() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signals.raise_stop_requested()

    signal.raise_signal(signal.SIGHUP)
