"""Telling people on Monday and on their first working day of the month that the report of the days that ended is ready."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from data.queries import report_readers as queries
from data.queries.report_readers import Reader
from domain.access import Selection
from domain.formatting import change_text, period_text, value_text
from domain.local_time import wall_clock
from domain.metrics.reading import Reading
from domain.periods import Grain, Period
from domain.records import Role
from domain.reports.due import due
from services.access import viewer
from services.figures import figures, metrics_for
from services.notifications import Notice, inbox_key, notify_person
from services.report_choices import UNSAID, choices_of
from services.work_days import first_work_days

FIGURES: Final = 4
"""As many as somebody reads in a message; the report has the rest."""
WHERE: Final = "“Report” at the top of the screen has it as a PDF and as a page."
SCREENS: Final = {Grain.WEEK: ("weekly", "week", "%Y-%m-%d"), Grain.MONTH: ("monthly", "month", "%Y-%m")}
"""The screen of each, the parameter that names its days, and how."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    """Days whose report somebody may be told of."""

    reader: Reader
    today: date
    days: Period
    screen: str

    @property
    def key(self) -> str:
        """Names the cause, whoever is told."""
        return f"report_ready:{self.screen}:{self.days.start}"


def tell_reports(session: Session, now: datetime) -> dict[str, int]:
    """Tell everybody whose morning it is, once, if there is anything in the days that ended. Returns counts."""
    readers = queries.readers(session)
    begins = first_work_days(session, {each.person_id: (each.working_days, _today(each, now)) for each in readers})
    mornings = [each for reader in readers for each in _mornings(reader, begins[reader.person_id], now)]
    if not mornings:
        return {"due": 0, "told": 0}
    told = queries.told(session, {inbox_key(each.key, each.reader.person_id) for each in mornings})
    chosen = choices_of(session, {each.reader.person_id for each in mornings})
    wanted = [
        each
        for each in mornings
        if inbox_key(each.key, each.reader.person_id) not in told and chosen.get(each.reader.person_id, UNSAID).wants(each.days.grain)
    ]
    return {"due": len(wanted), "told": sum(_tell(session, each, now) for each in wanted)}


def _today(reader: Reader, now: datetime) -> date:
    return wall_clock(now, reader.time_zone).date()


def _mornings(reader: Reader, works_from: date | None, now: datetime) -> Iterator[_Due]:
    local = wall_clock(now, reader.time_zone)
    for days in due(local, works_from):
        if reader.role is Role.MANAGER and days.grain is Grain.WEEK:
            continue  # their Monday has the digest of `week_digest_news`; two messages about one week are one too many
        yield _Due(reader=reader, today=local.date(), days=days, screen=SCREENS[days.grain or Grain.WEEK][0])


def _tell(session: Session, due_now: _Due, now: datetime) -> int:
    days, seen = due_now.days, viewer(session, due_now.reader.person_id)
    found = figures(session, seen.scope, Selection(period=days), due_now.today)
    if not found.now:
        return 0
    screen, parameter, form = SCREENS[days.grain or Grain.WEEK]
    lines = _lines(found.readings(metrics_for(found.roster, screen)), found.roster.currency)
    notice = Notice(
        kind="report_ready",
        title=f"Your {screen} report: {period_text(days)}",
        body="\n".join((*lines, WHERE)),
        link=f"/{screen}?{parameter}={days.start:{form}}",
        dedupe_key=due_now.key,
    )
    notify_person(session, due_now.reader.person_id, notice, now)
    return 1


def _lines(readings: tuple[Reading, ...], currency: str) -> Iterator[str]:
    for each in readings[:FIGURES]:
        yield f"{each.metric.name}: {value_text(each.metric, each.value, currency)}, {change_text(each.metric, each.change)}"
