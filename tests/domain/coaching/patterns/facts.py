"""Made-up facts of a team, drawn from a seed."""

import numpy as np

from domain.coaching.patterns.sample import Sample

FIRST_MONDAY = 735_599


def team_facts(*, seed: int = 1, agents: int = 6, days: int = 182, per_day: int = 6, log_odds: float = 0.0, until: int = 10_000) -> Sample:
    """Facts in three segments of equal share; a yes one time in three, in the first segment with these odds more up to a day."""
    dice = np.random.default_rng(seed)
    count = agents * days * per_day
    day = np.repeat(np.arange(days), agents * per_day)
    agent = np.tile(np.repeat(np.arange(agents), per_day), days)
    segment = dice.integers(0, 3, count)
    odds = np.log(0.5) + dice.normal(0, 0.5, agents)[agent] + log_odds * ((segment == 0) & (day < until))
    values = (dice.random(count) < 1 / (1 + np.exp(-odds))).astype(float)
    return Sample(agents=agent, days=day + FIRST_MONDAY, segments=segment, values=values)
