"""The two rates of a type of activity as figures: what they are called and how they are read."""

from typing import Final

from domain.metrics.definition import Definition, Direction, Unit, Words
from domain.metrics.work import SMALL_SHARE

SUCCESS: Final = Definition(
    key="success_rate",
    name="Success rate",
    unit=Unit.PERCENT,
    direction=Direction.HIGHER_IS_BETTER,
    question="When it is done, how often does it succeed?",
    formula="successes ÷ activities whose outcome says",
    counts="A call that reached somebody, something written that was answered, an appointment that took place, a task that was done.",
    words=Words(singular="activity", plural="activities", past="succeeded in"),
    min_sample=SMALL_SHARE,
    prorated=False,
)
CONVERSION: Final = Definition(
    key="next_step_rate",
    name="Next steps",
    unit=Unit.PERCENT,
    direction=Direction.HIGHER_IS_BETTER,
    question="When it is done, how often does the customer move on?",
    formula="activities that ended in a new appointment or in interest ÷ activities whose outcome was noted",
    counts="Of what was agreed with a customer, only what took place. Desk work has no customer and no such rate.",
    words=Words(singular="activity", plural="activities", past="moved a customer on in"),
    min_sample=SMALL_SHARE,
    prorated=False,
)
