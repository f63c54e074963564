"""What a forecast is answered with. Amounts are in the metric's unit: counts, money in minor units."""

from typing import Annotated, Self

from pydantic import Field

from api.v1.analytics_bodies import DaysOut
from api.v1.fields import Shown
from domain.forecasting.ahead import FEWEST_WEEKS
from domain.forecasting.back_test import BackTest, Tried
from domain.forecasting.forecast import Forecast, Silence, Unforeseen
from domain.forecasting.words import back_test_sentence, end_sentence, silence_sentence, target_sentence, way_sentence
from domain.metrics.definition import Unit
from domain.periods import Grain
from services.forecasts import PeriodForecast

Share = Annotated[float, Field(ge=0, le=1)]


class EndOut(Shown):
    """Where the period ends."""

    expected: float
    """Above it is as likely as below."""
    low: float
    high: float
    """It ends between them in four of five cases."""
    target_probability: Share | None
    """Null without a target."""
    weighs_open_deals: bool
    """Whether deals on their way are weighed in, because earlier forecasts were clearly closer with them."""
    widening: float
    """By how much the range was widened, because earlier forecasts were further off than luck alone explains."""

    @classmethod
    def of(cls, found: Forecast) -> Self:
        """The end as an answer."""
        low, high = found.interval80
        return cls(
            expected=found.expected,
            low=low,
            high=high,
            target_probability=found.chance,
            weighs_open_deals=found.weighs_open_deals,
            widening=round(found.widening, 3),
        )


class SilenceOut(Shown):
    """Why nothing is forecast."""

    reason: Silence
    weeks_known: int
    weeks_needed: int


class TriedOut(Shown):
    """A period that is over, seen from the same point of it."""

    days: DaysOut
    expected: float
    low: float
    high: float
    ended: float
    inside: bool
    mean_of_eight_weeks: float
    """What that said from the same point."""

    @classmethod
    def of(cls, tried: Tried) -> Self:
        """The period as an answer."""
        low, high = tried.interval80
        return cls(
            days=DaysOut.of(tried.period),
            expected=tried.expected,
            low=low,
            high=high,
            ended=tried.ended,
            inside=tried.is_inside,
            mean_of_eight_weeks=tried.simple,
        )


class BackTestOut(Shown):
    """How forecasts from the same point came true."""

    periods: Annotated[int, Field(ge=0)]
    inside: Annotated[int, Field(ge=0)]
    """How many ended inside their range; four of five should."""
    mean_error: float | None
    mean_error_of_eight_weeks: float | None
    tried: list[TriedOut]
    """Newest first."""

    @classmethod
    def of(cls, found: BackTest) -> Self:
        """The back-test as an answer."""
        return cls(
            periods=len(found.tried),
            inside=found.inside,
            mean_error=found.error,
            mean_error_of_eight_weeks=found.simple_error,
            tried=[TriedOut.of(each) for each in found.tried],
        )


class ForecastOut(Shown):
    """One figure of the running period."""

    metric: str
    unit: Unit
    currency: str
    days: DaysOut
    people: int
    """Who has working days in it."""
    so_far: float
    target: float | None
    """What all of them are asked together; null where somebody is asked for nothing."""
    forecast: EndOut | None
    silence: SilenceOut | None
    """Why there is no forecast."""
    back_test: BackTestOut
    sentences: list[str]
    """The same in words."""

    @classmethod
    def of(cls, shown: PeriodForecast) -> Self:
        """The forecast as an answer."""
        found = shown.found
        return cls(
            metric=shown.metric.key,
            unit=shown.metric.unit,
            currency=shown.currency,
            days=DaysOut.of(shown.period),
            people=shown.people,
            so_far=shown.trail[-1][1],
            target=shown.target,
            forecast=EndOut.of(found) if isinstance(found, Forecast) else None,
            silence=_silence(found) if isinstance(found, Unforeseen) else None,
            back_test=BackTestOut.of(shown.back_test),
            sentences=_sentences(shown),
        )


def _silence(found: Unforeseen) -> SilenceOut:
    return SilenceOut(reason=found.reason, weeks_known=found.weeks, weeks_needed=FEWEST_WEEKS)


def _sentences(shown: PeriodForecast) -> list[str]:
    metric, found, currency = shown.metric, shown.found, shown.currency
    if isinstance(found, Unforeseen):
        return [silence_sentence(metric, found)]
    said = (
        end_sentence(metric, found, shown.period, currency),
        target_sentence(metric, found, shown.target, currency),
        way_sentence(found),
        back_test_sentence(metric, shown.back_test, shown.period.grain or Grain.MONTH, currency),
    )
    return [sentence for sentence in said if sentence]
