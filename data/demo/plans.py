"""The targets the demo's managers have set: their business's defaults, some of them their own."""

from collections.abc import Iterator, Mapping
from typing import Final

from data.demo.cast import HOMES, LENDING, OFFICES, OUTREACH, SIGN_IN_AGENT, Office
from domain.periods import Grain
from domain.profiles import PROFILES, DefaultTarget

OWN: Final[Mapping[str, tuple[DefaultTarget, ...]]] = {
    HOMES.name: (DefaultTarget(metric_key="revenue", grain=Grain.MONTH, target=24_000),),
    LENDING.name: (DefaultTarget(metric_key="revenue", grain=Grain.MONTH, target=18_000),),
    OUTREACH.name: (
        DefaultTarget(metric_key="agreements", grain=Grain.MONTH, target=7),
        DefaultTarget(metric_key="lists_sent", grain=Grain.MONTH, target=6),
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
