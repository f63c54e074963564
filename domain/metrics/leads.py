"""Metrics of leads: how fast they are answered, how far they come, how happy they are."""

from typing import Final

from domain.metrics.definition import Direction, Metric, Unit, View, Words
from domain.metrics.measures import Mean, Ratio, Total
from domain.metrics.work import SECONDS_PER_HOUR, SMALL_SHARE

SMALL_MEAN: Final = 10
"""Below about ten values one outlier moves a mean."""
LEAD: Final = Words(singular="lead", plural="leads", past="had")
RESPONSE: Final = Words(singular="first contact", plural="first contacts", past="made")

LEAD_METRICS: Final = (
    Metric(
        key="leads_assigned",
        name="Leads handled",
        unit=Unit.COUNT,
        direction=Direction.NEUTRAL,
        question="How many leads were taken on?",
        formula="leads assigned in the period",
        counts="Leads on the day they were assigned to the agent, whatever became of them.",
        measure=lambda sums: Total(sums.leads_assigned),
        words=Words(singular="lead", plural="leads", past="took on"),
        screens=frozenset({"weekly", "monthly"}),
    ),
    Metric(
        key="contact_rate",
        name="Contact rate",
        unit=Unit.PERCENT,
        direction=Direction.HIGHER_IS_BETTER,
        question="Of the leads we were given, how many have we contacted?",
        formula="contacted leads ÷ leads assigned in the period",
        counts="Leads assigned in the period that have been contacted by now; one that went further counts as contacted, a lost one keeps "
        "what it reached.",
        measure=lambda sums: Ratio(sums.leads_contacted, sums.leads_assigned),
        words=LEAD,
        view=View.COHORT,
        min_sample=SMALL_SHARE,
        prorated=False,
    ),
    Metric(
        key="interest_rate",
        name="Interest rate",
        unit=Unit.PERCENT,
        direction=Direction.HIGHER_IS_BETTER,
        question="Of the leads we were given, how many became interested?",
        formula="interested leads ÷ leads assigned in the period",
        counts="Leads assigned in the period that have shown interest by now; a converted lead was interested, a lost one keeps "
        "what it reached.",
        measure=lambda sums: Ratio(sums.leads_interested, sums.leads_assigned),
        words=LEAD,
        view=View.COHORT,
        min_sample=SMALL_SHARE,
        prorated=False,
    ),
    Metric(
        key="conversion_rate",
        name="Conversion rate",
        unit=Unit.PERCENT,
        direction=Direction.HIGHER_IS_BETTER,
        question="Of the leads we were given, how many became customers?",
        formula="converted leads ÷ leads assigned in the period",
        counts="Leads assigned in the period that have converted by now, whenever that was. Leads of the last weeks may still convert.",
        measure=lambda sums: Ratio(sums.leads_converted, sums.leads_assigned),
        words=LEAD,
        view=View.COHORT,
        min_sample=SMALL_SHARE,
        prorated=False,
        screens=frozenset({"overview", "monthly"}),
    ),
    Metric(
        key="conversions",
        name="Conversions",
        unit=Unit.COUNT,
        direction=Direction.HIGHER_IS_BETTER,
        question="How many leads became customers?",
        formula="leads converted in the period",
        counts="Leads on the day they converted, whenever they were assigned.",
        measure=lambda sums: Total(sums.conversions),
        words=Words(singular="conversion", plural="conversions", past="made"),
        screens=frozenset({"weekly", "monthly"}),
    ),
    Metric(
        key="response_time",
        name="Mean response time",
        unit=Unit.HOURS,
        direction=Direction.LOWER_IS_BETTER,
        question="How long does a new lead wait for the first contact?",
        formula="mean of first contact − assignment",
        counts="Leads first contacted in the period whose assignment moment is known; nights and weekends are included. It is a mean, so "
        "one lead left for days shows: read it next to the median, “Response time”, and “Answered within the hour”.",
        measure=lambda sums: Mean(sums.response_seconds, sums.responses, SECONDS_PER_HOUR),
        words=RESPONSE,
        min_sample=SMALL_MEAN,
        prorated=False,
        screens=frozenset({"overview", "monthly"}),
    ),
    Metric(
        key="fast_response_rate",
        name="Answered within the hour",
        unit=Unit.PERCENT,
        direction=Direction.HIGHER_IS_BETTER,
        question="How often does a new lead hear from us within an hour?",
        formula="first contacts within 60 minutes ÷ first contacts",
        counts="Leads first contacted in the period whose assignment moment is known.",
        measure=lambda sums: Ratio(sums.fast_responses, sums.responses),
        words=RESPONSE,
        min_sample=SMALL_SHARE,
        prorated=False,
    ),
    Metric(
        key="satisfaction",
        name="Satisfaction",
        unit=Unit.RATING,
        direction=Direction.HIGHER_IS_BETTER,
        question="How satisfied are the people we looked after?",
        formula="mean of the ratings from 1 to 5",
        counts="Ratings given in the period, one per lead.",
        measure=lambda sums: Mean(sums.rating_points, sums.ratings, squares=sums.rating_squares, limits=(1, 5)),
        words=Words(singular="rating", plural="ratings", past="received"),
        min_sample=SMALL_MEAN,
        prorated=False,
        screens=frozenset({"overview", "monthly"}),
    ),
)
"""In the order in which screens list them."""
