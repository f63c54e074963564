"""A 1:1 on one sheet of paper: pre-read, agenda, what was taken on. Notes stay on the screen: paper lies about."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from domain.formatting import day_text, number_text
from domain.one_on_ones.commitments import Commitment
from domain.one_on_ones.pre_read import PreRead
from domain.one_on_ones.talk import Talk
from domain.reports.content import Report, Row, Section, Table

MOST_LINES: Final = 12
LONGEST: Final = 180
"""As much as a page has room for and five minutes are enough to read."""
PRIVATE: Final = "This sheet is for the two people named on it. Pacesetter shows it to nobody else."


def one_on_one_sheet(talk: Talk, pre_read: PreRead | None, agenda: str, made_here: Sequence[Commitment], today: date) -> Report:
    """The sheet; `agenda` is what was written, or what is proposed."""
    when = f"Held on {day_text(talk.held_on)}" if talk.held_on else f"Planned for {day_text(talk.planned_on)}"
    return Report(
        title="1:1",
        about=f"{talk.agent_name} with {talk.manager_name}",
        days=when,
        compared_with="",
        made=f"Made on {day_text(today)}",
        sections=(
            *(_known(pre_read) if pre_read else ()),
            Section(title="Agenda", lines=_cut(agenda.splitlines()), empty="Nothing yet."),
            Section(title="Taken on now", lines=_cut(f"{each.words}: {each.standing(today)}" for each in made_here), empty="Nothing yet."),
        ),
        notes=(PRIVATE,),
    )


def _known(found: PreRead) -> Iterator[Section]:
    rows = tuple(Row(cells=(each.name, each.value, each.target, each.due, each.word)) for each in found.pace)
    yield Section(
        title=found.month,
        table=Table(columns=("Figure", "So far", "Target", "Due by now", "Stands"), rows=rows),
        empty="No targets are set.",
    )
    weeks = ", ".join(number_text(each.points) for each in found.scores)
    yield Section(
        title="Performance index", lines=(found.score_sentence, *([f"By week, the last one so far: {weeks}."] if found.scores else []))
    )
    yield Section(title="Strengths and one gap", lines=_cut(_standouts(found)), empty="Nothing stands out beyond luck.")
    yield Section(
        title="Deals that ask for attention",
        lines=_cut(f"{each.head}: {each.words}" for each in found.concerns),
        empty="None at the moment.",
    )
    yield Section(title="Taken on last time", lines=_cut(found.commitments), empty="Nothing was taken on before.")


def _standouts(found: PreRead) -> Iterator[str]:
    told = found.standouts
    yield from (f"Strength, {each.name}: {each.evidence}." for each in told.strengths)
    if told.gap is not None:
        yield f"To work on, {told.gap.name}: {told.gap.evidence}."
    yield from told.untold


def _cut(lines: Iterable[str]) -> tuple[str, ...]:
    """Lines with words, no more and no longer than there is room for."""
    told = [" ".join(each.split()) for each in lines if each.strip()]
    return tuple(each if len(each) <= LONGEST else f"{each[: LONGEST - 1]}…" for each in told[:MOST_LINES])
