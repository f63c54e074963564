"""The digest as HTML for mail programs: tables and inline styles, because they know no others; nothing is loaded from anywhere.

Whatever people or files brought in is escaped. Links begin with `HOME`, which escaped text can never contain: whoever sends knows where
the product is, and puts it there.
"""

from collections.abc import Iterable
from html import escape
from typing import Final

from domain.week_digest.as_text import NOTHING_PRESSES
from domain.week_digest.content import Figure, Pointer, TeamWeek, WeekDigest, week_text

HOME: Final = "<home/>"
"""Stands for the product's address."""
FONT: Final = "font-family:Segoe UI,Helvetica,Arial,sans-serif"
INK: Final = "color:#14202e"
QUIET: Final = "color:#46566a"
LINK: Final = "color:#0b5cad"
CELL: Final = f"padding:6px 8px 6px 0;border-bottom:1px solid #d8dfe8;font-size:15px;{FONT};{INK}"
HEAD: Final = f"padding:6px 8px 6px 0;border-bottom:1px solid #46566a;font-size:13px;text-align:left;font-weight:normal;{FONT};{QUIET}"
COLUMNS: Final = ("Figure", "So far", "Target", "Due by now", "Stands")


def as_html(digest: WeekDigest) -> str:
    """One whole document."""
    parts = [_team(each) for each in digest.teams]
    return (
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(digest.title)}</title></head>\n"
        '<body style="margin:0;padding:0;background:#f7f8fa">\n'
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" style="padding:16px">\n'
        '<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" '
        'style="max-width:600px;width:100%;background:#ffffff"><tr><td style="padding:24px">\n'
        f'<h1 style="margin:0;font-size:22px;{FONT};{INK}">The week of {escape(week_text(digest.week))}</h1>\n'
        + "".join(parts)
        + _end(digest)
        + "</td></tr></table>\n</td></tr></table>\n</body>\n</html>\n"
    )


def _team(team: TeamWeek) -> str:
    return (
        f'<h2 style="margin:24px 0 4px;font-size:18px;{FONT}">{_link(team.link, team.name)}</h2>\n'
        + _said(team.month, QUIET)
        + _figures(team.figures)
        + "".join(_said(each, INK) for each in team.forecast)
        + _pointers("Who needs a word", team.exceptions)
        + _pointers("Alerts still firing", team.alerts)
        + ("" if team.exceptions or team.alerts else _said(NOTHING_PRESSES, INK))
        + (_said(f"Moved up: {'; '.join(team.moved_up)}.", INK) if team.moved_up else "")
    )


def _figures(figures: Iterable[Figure]) -> str:
    rows = [_row([each.name, each.value, each.target, each.due, each.word]) for each in figures]
    if not rows:
        return _said("No figure of the team has a target.", QUIET)
    head = "".join(f'<th scope="col" style="{HEAD}">{name}</th>' for name in COLUMNS)
    table = '<table width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0;border-collapse:collapse">'
    return f"{table}\n<tr>{head}</tr>\n{''.join(rows)}</table>\n"


def _row(cells: Iterable[str]) -> str:
    told = "".join(f'<td style="{CELL}">{escape(each).replace(" %", "&nbsp;%")}</td>' for each in cells)
    return f"<tr>{told}</tr>\n"


def _pointers(title: str, pointers: Iterable[Pointer]) -> str:
    told = [_said(each.words, QUIET, before=f"{_link(each.link, each.head)}<br>") for each in pointers]
    return f'<h3 style="margin:16px 0 4px;font-size:15px;{FONT};{INK}">{title}</h3>\n{"".join(told)}' if told else ""


def _end(digest: WeekDigest) -> str:
    slow = _said(digest.pace_note, INK, after=f" {_link(digest.weekly_link, 'Every week again')}") if digest.pace_note else ""
    choice = _link("/account", "Choose what you are told")
    return slow + _said("You get this because you lead these teams.", QUIET, after=f" {choice}")


def _said(words: str, colour: str, *, before: str = "", after: str = "") -> str:
    """A paragraph; only `before` and `after` are HTML already."""
    return f'<p style="margin:8px 0;font-size:15px;line-height:1.45;{FONT};{colour}">{before}{escape(words)}{after}</p>\n'


def _link(address: str, words: str) -> str:
    return f'<a href="{HOME}{escape(address)}" style="{LINK}">{escape(words)}</a>'
