"""Requirements and skills in words, shared by the plan, the screens and the API."""

from domain.formatting import NOTHING, number_text
from domain.metrics.catalog import METRICS
from domain.metrics.measures import Measure
from domain.progression.requirements import Kind, Requirement
from domain.progression.skills import SkillScore

WEEKLY = frozenset({Kind.CALLS, Kind.APPOINTMENTS, Kind.SHOWINGS})


def requirement_name(asked: Requirement) -> str:
    """`Calls a week`, `Sales in twelve months`, `Sales per appointment`."""
    match asked.kind:
        case Kind.SALES:
            return "Sales in twelve months"
        case Kind.SALES_PER_MONTH:
            return "Sales a month"
        case Kind.CONVERSION:
            return f"Sales per {METRICS[asked.metric_key].words.singular}"
        case Kind.CALLS | Kind.APPOINTMENTS | Kind.SHOWINGS:
            return f"{METRICS[asked.metric_key].name} a week"


def requirement_value(asked: Requirement, value: float | None) -> str:
    """The figure in the requirement's unit; a dash where there is none."""
    if value is None:
        return NOTHING
    return percent_text(value) if asked.kind is Kind.CONVERSION else number_text(round(value, 1))


def requirement_basis(asked: Requirement) -> str:
    """What the value is counted over."""
    match asked.kind:
        case Kind.SALES:
            return "deals won in the twelve months up to today"
        case Kind.SALES_PER_MONTH:
            return "deals won in the last thirteen weeks, per month"
        case Kind.CONVERSION:
            return f"deals won ÷ {METRICS[asked.metric_key].name.lower()}, both of the last thirteen weeks; from ten on"
        case Kind.CALLS | Kind.APPOINTMENTS | Kind.SHOWINGS:
            return "the last four weeks, per planned working week: holidays and absences do not count against you"


def requirement_days(asked: Requirement) -> str:
    """Over which days the value is counted."""
    if asked.kind is Kind.SALES:
        return "up to today"
    return "last four weeks" if asked.kind in WEEKLY else "last thirteen weeks"


def percent_text(share: float) -> str:
    """A rate as a whole percentage, small ones with a decimal; from one on as how many each led to: 239 % says nothing to anybody."""
    if share > 1:
        return f"{share:.1f} each"
    shown = share * 100
    return f"{shown:.0f} %" if shown >= 10 else f"{shown:.1f} %"  # noqa: PLR2004 - below ten the decimal says something


def rate_text(measure: Measure) -> str:
    """A link's rate; a dash where there is none."""
    return NOTHING if measure.value is None else percent_text(measure.value)


def spread_text(measure: Measure) -> str:
    """Where the rate behind the luck lies; empty where unknown."""
    found = measure.interval()
    return f"{percent_text(found[0])}–{percent_text(found[1])}" if found else ""


def skill_evidence(score: SkillScore) -> str:
    """`12 % of 240 (likely 9.8 %–14 %); others of your level 21 %`."""
    own = f"{rate_text(score.own)} of {score.own.sample:,} (likely {spread_text(score.own)})" if score.own.sample else "nothing to measure"
    return f"{score.link.formula[:1].upper()}{score.link.formula[1:]}: {own}; {others_text(score) or 'too few others to compare with'}"


def others_text(score: SkillScore) -> str:
    """`others of the level 21 %`; empty where there are too few."""
    if score.peers is None:
        return ""
    return f"others of {'the level' if score.is_of_level else 'every level'} {rate_text(score.peers)}"
