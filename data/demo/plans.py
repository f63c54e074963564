"""The targets the demo's managers have set: their business's defaults, some of them their own."""

from collections.abc import Iterator, Mapping
from typing import Final

from data.demo.cast import COVER, HOMES, LENDING, OFFICES, OUTREACH, SIGN_IN_AGENT, Office
from domain.periods import Grain
from domain.profiles import PROFILES, DefaultTarget


def _weekly(key: str, target: float) -> DefaultTarget:
    return DefaultTarget(metric_key=key, grain=Grain.WEEK, target=target)


def _monthly(key: str, target: float) -> DefaultTarget:
    return DefaultTarget(metric_key=key, grain=Grain.MONTH, target=target)


OWN: Final[Mapping[str, tuple[DefaultTarget, ...]]] = {
    HOMES.name: (_weekly("appointments", 2), _weekly("follow_ups", 7), _monthly("deals_won", 2), _monthly("revenue", 24_000)),
    LENDING.name: (
        _weekly("calls", 40),
        _weekly("appointments", 2),
        _weekly("follow_ups", 10),
        _monthly("deals_won", 5),
        _monthly("revenue", 18_000),
    ),
    OUTREACH.name: (
        _weekly("calls", 35),
        _weekly("appointments_set", 3),
        _monthly("proposals", 11),
        _monthly("agreements", 9),
        _monthly("lists_sent", 7),
        _monthly("deals_won", 3),
        _monthly("revenue", 5_000),
    ),
    COVER.name: (
        _weekly("calls", 35),
        _weekly("meetings", 2),
        _weekly("appointments", 2),
        _monthly("proposals", 13),
        _monthly("deals_won", 9),
        _monthly("win_rate", 0.25),
        _monthly("revenue", 11_000),
    ),
}
"""What a team aims at beside, or instead of, its business's defaults."""
PERSONAL: Final = (DefaultTarget(metric_key="calls", grain=Grain.WEEK, target=50),)
"""What the agent whose sign-in is printed agreed on for herself."""
PERSONAL_EMAIL: Final = SIGN_IN_AGENT.email


def team_targets() -> Iterator[tuple[Office, DefaultTarget]]:
    """Every team with each of its targets; one of its own stands in for the default of the same metric and grain."""
    for office in OFFICES:
        own = OWN.get(office.name, ())
        replaced = {(target.metric_key, target.grain) for target in own}
        for target in (*own, *PROFILES[office.profile].targets):
            if target in own or (target.metric_key, target.grain) not in replaced:
                yield office, target
