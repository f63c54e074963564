"""docs/metrics.md, written from the catalogue: `python -m domain.metrics.reference` refreshes it."""

from pathlib import Path
from typing import Final

from domain.metrics.catalog import METRICS
from domain.metrics.deals import DEAL_METRICS
from domain.metrics.definition import Definition, Direction, Unit, View
from domain.metrics.index import INDEX_METRICS
from domain.metrics.leads import LEAD_METRICS
from domain.metrics.response import RESPONSE_METRICS
from domain.metrics.work import WORK_METRICS
from domain.profiles import PROFILES, BusinessProfile, DefaultTarget

DOCUMENT: Final = Path(__file__).resolve().parents[2] / "docs" / "metrics.md"
SECTIONS: Final = (
    ("Work", WORK_METRICS),
    ("Leads", (*LEAD_METRICS, *RESPONSE_METRICS)),
    ("Deals", DEAL_METRICS),
    ("Index", INDEX_METRICS),
)
UNITS: Final = {
    Unit.COUNT: "number",
    Unit.PERCENT: "percent",
    Unit.MONEY: "money",
    Unit.HOURS: "hours",
    Unit.RATING: "stars, 1 to 5",
    Unit.POINTS: "points",
}
DIRECTIONS: Final = {
    Direction.HIGHER_IS_BETTER: "higher is better",
    Direction.LOWER_IS_BETTER: "lower is better",
    Direction.NEUTRAL: "neither way is better",
}
VIEWS: Final = {View.EVENT: "event: on the day it happened", View.COHORT: "cohort: with what it belongs to, as far as it has come by now"}
INTRODUCTION: Final = """# Metrics

Written from the catalogue in `domain/metrics` by `python -m domain.metrics.reference`; do not edit by hand.

Every figure is computed from sums of facts that add up over agents and days, and divided last: a team's rate is never the average of
its agents' rates. Nothing to divide by is shown as –, not as zero. With fewer facts than the smallest sample the figure is shown without
a verdict. A target that is *pro-rated* is asked only for the planned working days (without public holidays and absences) on which
somebody belonged to the team; averages, ratios and what is better when lower are held against the whole target from the first day.
*Event* and *cohort* say which day a fact counts on.
"""


def reference() -> str:
    """The page as the catalogue has it now."""
    sections = (f"## {title}\n\n" + "\n".join(_entry(metric) for metric in metrics) for title, metrics in SECTIONS)
    return "\n".join([INTRODUCTION, *sections, _targets()])


def _entry(metric: Definition) -> str:
    return "\n".join(
        [
            f"### {metric.name}",
            "",
            f"*{metric.question}*",
            "",
            f"- Key: `{metric.key}`",
            f"- Formula: {metric.formula}",
            f"- What counts: {metric.counts}",
            f"- Unit: {UNITS[metric.unit]}; {DIRECTIONS[metric.direction]}",
            f"- Dated by: {VIEWS[metric.view]}",
            f"- Smallest sample for a verdict: {metric.min_sample}",
            f"- Target: {_asked(metric)}",
            "",
        ]
    )


def _asked(metric: Definition) -> str:
    how = "pro-rated by working days" if metric.prorated else "not pro-rated"
    return f"{how}; behind from {metric.near_target_share:.0%} of what is expected, at risk below"


def _targets() -> str:
    """What new teams start with."""
    lines = [
        "## Targets a new team starts with",
        "",
        "Defaults per agent, by kind of business. Whoever manages the team may change them.",
        "",
        "| business | targets |",
        "|---|---|",
    ]
    return "\n".join([*lines, *(_row(profile) for profile in PROFILES.values()), ""])


def _row(profile: BusinessProfile) -> str:
    return f"| {profile.name} | {'; '.join(_target(each) for each in profile.targets)} |"


def _target(target: DefaultTarget) -> str:
    metric = METRICS[target.metric_key]
    return f"{metric.name.lower()} {_figure(metric, target.target)}{'' if not metric.prorated else f' a {target.grain.value}'}"


def _figure(metric: Definition, target: float) -> str:
    return f"{target:.0%}" if metric.unit is Unit.PERCENT else f"{target:g}"


def write(document: Path = DOCUMENT) -> None:
    """Refresh the page."""
    document.write_text(reference(), encoding="utf-8")


if __name__ == "__main__":
    write()
