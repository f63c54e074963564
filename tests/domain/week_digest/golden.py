"""The digest that golden files are made of. `python -m tests.domain.week_digest.golden` writes them again; look at the difference."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

from domain.periods import Grain, Period
from domain.week_digest.as_html import as_html
from domain.week_digest.as_text import as_text
from domain.week_digest.content import Figure, Pointer, TeamWeek, WeekDigest

FOLDER: Final = Path(__file__).parent
HOSTILE: Final = '<script>alert(1)</script> & "Söhne" <home/> [x](http://evil.example)'
WRITERS: Final[Mapping[str, Callable[[WeekDigest], str]]] = MappingProxyType({"digest.html": as_html, "digest.txt": as_text})


def digest() -> WeekDigest:
    """Two teams: one with everything there can be and a hostile name, one with nothing to say."""
    return WeekDigest(
        week=Period(date(2026, 11, 16), date(2026, 11, 23), Grain.WEEK),
        teams=(
            TeamWeek(
                name=HOSTILE,
                month="November 2026",
                link="/overview?team=1&digest=2026-11-16",
                figures=(
                    Figure(name="Calls", value="891", target="1,185", due="1,041", word="Behind"),
                    Figure(name="Conversion rate", value="12.0 %", target="10.0 %", due="10.0 %", word="On track"),
                ),
                forecast=("Sales end at about 14, in four of five cases 11 to 17. The target of 15 is reached with a chance of 38 %.",),
                exceptions=(
                    Pointer(
                        head="Ana O'Neil",
                        words="No work logged for 3 working days. (last on 17 Nov 2026)",
                        link="/overview?team=1&agents=7&digest=2026-11-16",
                    ),
                ),
                alerts=(Pointer(head="Few calls this week", words="8 calls this week.", link="/alerts?alert=3&digest=2026-11-16"),),
                moved_up=("Ben Bold, 3 places", "Cleo Calm, 1 place"),
            ),
            TeamWeek(
                name="South",
                month="November 2026",
                link="/overview?team=2&digest=2026-11-16",
                figures=(),
                forecast=("Too early: 3 of the 8 weeks of records that a forecast of sales needs are there.",),
                exceptions=(),
                alerts=(),
                moved_up=(),
            ),
        ),
        pace_note="You did not open the last 3, so this comes every second week now.",
        weekly_link="/overview?digest=2026-11-16",
    )


if __name__ == "__main__":
    for name, writer in WRITERS.items():
        (FOLDER / name).write_text(writer(digest()), encoding="utf-8")
