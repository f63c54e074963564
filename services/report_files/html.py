"""A report as one self-contained web page: no script, nothing loaded, light and ready for paper."""

from html import escape
from typing import Final

from domain.reports.content import Report, Row, Section, Table

STYLE: Final = """
:root{color-scheme:light}
body{font:15px/1.45 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:#1c2430;background:#fff;max-width:60rem;margin:2rem auto;
padding:0 1rem}
h1{font-size:1.7rem;margin:0}h2{font-size:1.15rem;margin:2rem 0 .25rem}
p{margin:.3rem 0}.quiet{color:#55606e;font-size:.9rem}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin:.5rem 0;font-variant-numeric:tabular-nums}
th,td{padding:.3rem .6rem .3rem 0;text-align:right;white-space:nowrap;border-bottom:1px solid #dfe4ea;vertical-align:top}
th{font-weight:600;color:#55606e;font-size:.85rem}
th:first-child,td:first-child{text-align:left;white-space:normal}
.bar{width:22%;min-width:5rem}.bar span{display:block;height:.7rem;background:#2f6fb5;-webkit-print-color-adjust:exact;
print-color-adjust:exact}
section{break-inside:avoid-page}
@media print{body{margin:0;max-width:none;font-size:11px}}
""".strip()


def html(report: Report) -> str:
    """The page; every word of data is escaped."""
    heading = "".join(f'<p class="quiet">{escape(each)}</p>' for each in (report.compared_with, report.made))
    sections = "".join(_section(each) for each in report.sections)
    notes = "".join(f'<p class="quiet">{escape(each)}</p>' for each in report.notes)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(f'{report.title}: {report.about}, {report.days}')}</title><style>{STYLE}</style></head><body>"
        f"<header><h1>{escape(report.title)}</h1><p><strong>{escape(report.about)}</strong></p><p>{escape(report.days)}</p>{heading}</header>"
        f"<main>{sections}</main><footer>{notes}</footer></body></html>\n"
    )


def _section(section: Section) -> str:
    note = f'<p class="quiet">{escape(section.note)}</p>' if section.note else ""
    if section.is_empty:
        body = f"<p>{escape(section.empty)}</p>"
    else:
        table = _table(section.table) if section.table is not None and section.table.rows else ""
        body = table + "".join(f"<p>{escape(each)}</p>" for each in section.lines)
    return f"<section><h2>{escape(section.title)}</h2>{note}{body}</section>"


def _table(table: Table) -> str:
    names = "".join(f'<th scope="col">{escape(each)}</th>' for each in table.columns)
    bar = "<td></td>" if table.has_bars else ""
    rows = "".join(_row(each, has_bars=table.has_bars) for each in table.rows)
    return f'<div class="wide"><table><thead><tr>{names}{bar}</tr></thead><tbody>{rows}</tbody></table></div>'


def _row(row: Row, *, has_bars: bool) -> str:
    cells = "".join(f"<td>{escape(each)}</td>" for each in row.cells)
    width = f"{(row.bar_share or 0) * 100:.1f}"
    bar = f'<td class="bar" aria-hidden="true"><span style="width:{width}%"></span></td>' if has_bars else ""
    return f"<tr>{cells}{bar}</tr>"
