"""The digest as plain text: what the inbox, chats and mail programs without HTML show."""

from collections.abc import Iterator

from domain.week_digest.content import Figure, Pointer, TeamWeek, WeekDigest

NOTHING_PRESSES = "Nothing stands out and no alert is firing."


def as_text(digest: WeekDigest) -> str:
    """Every team's part, and how often it comes."""
    lines = [line for team in digest.teams for line in _team(team)]
    return "\n".join([*lines, *([digest.pace_note] if digest.pace_note else [])])


def _team(team: TeamWeek) -> Iterator[str]:
    yield f"{team.name}, {team.month}"
    yield from map(figure_text, team.figures)
    yield from team.forecast
    yield from (_pointer("Look at", each) for each in team.exceptions)
    yield from (_pointer("Alert", each) for each in team.alerts)
    if not team.exceptions and not team.alerts:
        yield NOTHING_PRESSES
    if team.moved_up:
        yield f"Moved up: {'; '.join(team.moved_up)}."
    yield ""


def figure_text(figure: Figure) -> str:
    """`Calls: 891 of 1,185, 1,041 due by now. Behind`."""
    return f"{figure.name}: {figure.value} of {figure.target}, {figure.due} due by now. {figure.word}"


def _pointer(what: str, pointer: Pointer) -> str:
    return f"{what}: {pointer.head}. {pointer.words}"
