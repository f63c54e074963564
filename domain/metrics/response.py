"""How long new leads wait for the first contact: the median of the single waits, because one forgotten lead moves a mean by hours."""

from typing import Final

from domain.metrics.definition import Definition, Direction, Unit
from domain.metrics.leads import RESPONSE, SMALL_MEAN

MEDIAN_RESPONSE_TIME: Final = Definition(
    key="median_response_time",
    name="Response time",
    unit=Unit.HOURS,
    direction=Direction.LOWER_IS_BETTER,
    question="How long does a new lead usually wait for the first contact?",
    formula="median of first contact − assignment",
    counts="Leads first contacted in the period whose assignment moment is known; nights and weekends are included; the "
    "wait within working hours stands beside it. Half of the leads waited less, half longer; one lead left for days does not move it.",
    words=RESPONSE,
    min_sample=SMALL_MEAN,
    prorated=False,
)

WORKING_RESPONSE_TIME: Final = Definition(
    key="working_response_time",
    name="Response time within working hours",
    unit=Unit.HOURS,
    direction=Direction.LOWER_IS_BETTER,
    question="How long does a new lead usually wait for the first contact while its agent is at work?",
    formula="median of the part of first contact − assignment that lies in working hours",
    counts="The same leads, where both moments are known: of each wait what falls between 9:00 and 17:30 on the agent's clock, on their "
    "own weekdays, without public holidays and absences. A lead answered before work began waited 0.",
    words=RESPONSE,
    min_sample=SMALL_MEAN,
    prorated=False,
)

RESPONSE_METRICS: Final = (MEDIAN_RESPONSE_TIME, WORKING_RESPONSE_TIME)
