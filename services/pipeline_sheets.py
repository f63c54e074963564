"""The Pipeline screen's parts as sheets: the same services the screen calls, with the filters and what the columns mean."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from sqlalchemy.orm import Session

from domain.errors import InputError
from domain.metrics.catalog import METRICS
from domain.money import from_minor
from domain.periods import Grain
from domain.pipeline.ahead import AGE_BANDS, WINDOWS, band_text
from domain.pipeline.changes import Tally
from domain.pipeline.conversion import COHORT_DAYS, WITHIN_DAYS
from domain.pipeline.names import BOOKED, PARTS, TRANSITIONS
from services import pipeline_board
from services.board_sheets import figure, metric_columns, readings_sheet
from services.export_words import Asked, about
from services.pipeline_board import Followed
from services.roster import currency_of
from services.sheets import Cell, Column, Kind, Sheet

WEEK_DAYS: Final = 7
LONGEST_BACK: Final = 366
CHANGES_MEAN: Final = (
    "Open deals as they stood at the end of the day compared with, kept every night, against now. Opened, came back, amount up, amount "
    "down, won and lost lead exactly from open then to open now; moves between stages change neither number nor amount."
)
CONVERSION_MEANS: Final = (
    f"Of the deals that entered a step in the last {COHORT_DAYS} days, the share that has moved on within {WITHIN_DAYS} days, with "
    "its 80 % interval. Deals still in the step count for as long as they were followed (Aalen–Johansen)."
)
AHEAD_MEANS: Final = "From the day of the download on: entries still planned, proposals of open deals without an agreement, lists not sent."


def pipeline_sheet(session: Session, asked: Asked) -> Sheet:
    """The cards: one row per metric."""
    board = pipeline_board.pipeline_board(session, asked.viewer, asked.selection, asked.today)
    return readings_sheet("Pipeline", board.readings, board.currency, asked)


def agents_sheet(session: Session, asked: Asked) -> Sheet:
    """Each agent's volume, lists and revenue."""
    board = pipeline_board.pipeline_board(session, asked.viewer, asked.selection, asked.today)
    metrics = [METRICS[key] for key in pipeline_board.COLUMNS]
    rows = [(row.name, *(figure(each, row.readings[each.key].value, board.currency) for each in metrics)) for row in board.agents]
    columns = (Column(name="Agent"), *metric_columns(metrics, board.currency))
    return Sheet(title="Pipeline by agent", columns=columns, rows=rows, about=about(asked, metrics))


def volume_sheet(session: Session, asked: Asked) -> Sheet:
    """A metric over time with its target; `volume` names it, `by` the buckets."""
    grain = _grain(asked.params)
    followed = Followed(asked.params.get("volume", pipeline_board.VOLUMES[0]), grain)
    line = pipeline_board.target_line(session, asked.viewer, asked.selection, followed, asked.today)
    shown, currency = line.trend.metric, currency_of(session)
    columns = (
        *(Column(name="From", kind=Kind.DAY), Column(name="Bucket")),
        *metric_columns([shown], currency),
        *(Column(name="Target", kind=Kind.DECIMAL), Column(name="Unfinished")),
    )
    rows = [
        (point.start, point.label, figure(shown, point.value, currency), figure(shown, target, currency), "yes" if point.unfinished else "")
        for point, target in zip(line.trend.points, line.targets, strict=True)
    ]
    return Sheet(title=f"{shown.name} against target", columns=columns, rows=rows, about=about(asked, [shown]))


def ahead_sheet(session: Session, asked: Asked) -> Sheet:
    """What is booked, waits and is due."""
    found = pipeline_board.pipeline_ahead(session, asked.viewer, asked.selection, asked.today, asked.now)
    columns = (Column(name="What"), Column(name="Which"), Column(name="Number", kind=Kind.NUMBER), Column(name="Due", kind=Kind.DAY))
    rows: list[tuple[Cell, ...]] = [
        (BOOKED[kind], f"next {days} days", count, None)
        for kind, counts in found.booked.items()
        for days, count in zip(WINDOWS, counts, strict=True)
    ]
    rows += [("Proposals waiting", band_text(band), count, None) for band, count in zip(AGE_BANDS, found.proposals, strict=True)]
    rows += [("Partner lists", "overdue", found.lists_overdue, None), ("Partner lists", "due within 7 days", found.lists_due, None)]
    rows += [("Partner list due", f"{each.name} ({each.agent_name})", None, each.due_on) for each in found.lists]
    return Sheet(title="Ahead", columns=columns, rows=rows, about=about(asked, notes=[("Ahead", AHEAD_MEANS)]))


def changes_sheet(session: Session, asked: Asked) -> Sheet:
    """What changed in the open pipeline; `since` is how many days ago, a week unless told."""
    wanted = asked.today - timedelta(days=_days_back(asked.params))
    found = pipeline_board.changes_since(session, asked.viewer, asked.selection, wanted, asked.today)
    currency = currency_of(session)
    columns = (Column(name="Part"), Column(name="Deals", kind=Kind.NUMBER), Column(name=f"Amount ({currency})", kind=Kind.MONEY))
    rows: list[tuple[Cell, ...]] = []
    if found is not None:
        told = [("Open then", found.account.before), *((PARTS[part], tally) for part, tally in found.account.parts.items())]
        rows = [_tally_cells(name, tally, currency) for name, tally in [*told, ("Open now", found.account.after)]]
    day = found.day.isoformat() if found else "no night was kept yet"
    return Sheet(
        title="What changed", columns=columns, rows=rows, about=about(asked, notes=[("Compared with", day), ("Account", CHANGES_MEAN)])
    )


def conversions_sheet(session: Session, asked: Asked) -> Sheet:
    """How many deals get from step to step."""
    columns = (
        Column(name="Step"),
        *(Column(name=name, kind=Kind.SHARE) for name in ("Move on", "Likely from", "Likely to")),
        *(Column(name=name, kind=Kind.NUMBER) for name in ("Entered", "Moved so far", "Undecided", "Within days")),
        Column(name="Verdict"),
    )
    found = pipeline_board.conversions(session, asked.viewer, asked.selection, asked.today)
    rows = [
        (
            *(TRANSITIONS[step], each.share, *(each.interval or (None, None))),
            *(each.entered, each.moved, each.waiting, each.within_days),
            "too early" if each.is_early else "",
        )
        for step, each in found.items()
    ]
    return Sheet(title="Conversions", columns=columns, rows=rows, about=about(asked, notes=[("Conversion", CONVERSION_MEANS)]))


def _tally_cells(name: str, tally: Tally, currency: str) -> tuple[Cell, ...]:
    return name, tally.deals, from_minor(tally.amount_minor, currency)


def _grain(params: Mapping[str, str]) -> Grain:
    known = {grain.value: grain for grain in (Grain.DAY, Grain.WEEK, Grain.MONTH)}
    name = params.get("by", Grain.WEEK.value)
    if name not in known:
        raise InputError(f"“by” should be {', '.join(known)}, not “{name[:40]}”.", code="unknown_grain")
    return known[name]


def _days_back(params: Mapping[str, str]) -> int:
    text = params.get("since", str(WEEK_DAYS))
    days = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(LONGEST_BACK)) else 0
    if not 0 < days <= LONGEST_BACK:
        raise InputError(f"“since” should be a number of days from 1 to {LONGEST_BACK}, not “{text[:40]}”.", code="unknown_span")
    return days
