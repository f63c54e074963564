"""The Leaderboard's sections: the order, everybody's account, and an agent's own place among unnamed others."""

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from database import database
from domain.formatting import NOTHING, number_text
from domain.metrics.catalog import METRICS
from domain.metrics.index import Component
from domain.metrics.ranking import MIN_PEERS, Quartiles, RankedBy
from domain.progression.levels import STEPS
from domain.records import Role
from services.access import Viewer
from services.leaderboard import LEVEL, RANKED_BY, Leaderboard, LeaderboardRow, Within, leaderboard
from services.rankings import Move
from ui import benchmark_chart, cards, charts, empty, layout, leagues, level_choice, links, peers, rank_choice, tables
from ui.filters import Chosen
from ui.session import signed_in_viewer
from ui.theme import palette
from ui.turns import fragment
from ui.wording import plain

RANKING_NOTE: Final = (
    "Places follow percent of target (100 is exactly on every target so far), or the points where nobody has a target or you choose so. "
    "Places whose likely ranges overlap by more than half are shared: “1–3” means that luck could have swapped them. "
    "Click a heading to sort, a row to see what its index is made of."
)
MOVED_NOTE: Final = (
    "Places gained ▲ or lost ▼ within the team since a week ago, each time for the month so far, as it stood at the end of yesterday. "
    "≈ marks a move that luck could have made: the likely places of both days overlap."
)
INDEX: Final = METRICS["performance_index"]
MOST_BARS: Final = 15


@fragment(key="figures")
def show(chosen: Chosen) -> None:
    """Everything below the filters; who looks is asked again on every run."""
    viewer = signed_in_viewer()
    with st.container(horizontal=True):
        level = level_choice.chosen(viewer, chosen.today)
        within = peers.within() if is_own(viewer) else Within.PLATFORM
        ranked_by = rank_choice.chosen()
    params = chosen.params | ({LEVEL: level.value} if level else {}) | {RANKED_BY: ranked_by.value}
    with database().reading() as session:
        board = leaderboard(session, viewer, chosen.selection, chosen.today, level=level, within=within, ranked_by=ranked_by)
    if level is not None and not board.rows:
        st.info(f"Nobody here is on the level {STEPS[level].name} in these days.", icon=":material/info:")
        return
    if empty.explains(viewer, chosen.selection.period, has_data=board.has_data, data_span=board.data_span):
        return
    rank_choice.explain(board, ranked_by)
    if is_own(viewer):
        if within is Within.LEAGUE:
            leagues.show(board.seat, chosen.today)
        own_place(board, params)
        return
    podium(board)
    if board.cohorts:
        peers.tops(board.cohorts)
    with layout.section("Standings", key="standings", note=RANKING_NOTE, view="leaderboard", params=params):
        row = table(board)
    with layout.section(f"What the index is made of: {name_of(row)}", key="account"):
        account(row, params)


def is_own(viewer: Viewer) -> bool:
    """Whether the viewer sees only their own place."""
    return viewer.role is Role.AGENT


def name_of(row: LeaderboardRow) -> str:
    """The row's name as harmless words."""
    return plain(row.name)


def score_of(row: LeaderboardRow, board: Leaderboard) -> float | None:
    """The figure that decides the place."""
    if board.by_target:
        return row.index.score.value if row.index.score else None
    return float(row.index.raw)


def score_text(row: LeaderboardRow, board: Leaderboard) -> str:
    """The figure with its unit."""
    score = score_of(row, board)
    return NOTHING if score is None else rank_choice.with_unit(number_text(round(score)), by_target=board.by_target)


def podium(board: Leaderboard) -> None:
    """The order as bars; the viewer's own line is shown even when it is not among the first."""
    ranked = [row for row in board.rows if row.place is not None]
    shown = ranked[:MOST_BARS] + [row for row in ranked[MOST_BARS:] if row.is_viewer]
    bars = [(_bar_name(row), score_of(row, board) or 0.0, score_text(row, board)) for row in shown]
    with layout.section(rank_choice.name_of(board), key="podium", note=cards.explanation(INDEX)):
        text = f"{rank_choice.name_of(board)}: " + "; ".join(f"{name} {words}" for name, _, words in bars) + "."
        charts.show(charts.ranked_bars(bars, palette()), alt_text=text, key="podium")


def _bar_name(row: LeaderboardRow) -> str:
    band = f"{row.place.best}–{row.place.worst}" if row.place and row.place.is_shared else str(row.place.position if row.place else "")
    return f"{band}. {row.name}" + (" (you)" if row.is_viewer else "")


def table(board: Leaderboard) -> LeaderboardRow:
    """Everybody with place, index and figures; the chosen line is returned, the first one until a choice is made."""
    knows_moves = any(row.moved for row in board.rows)
    moved = {"moved": tables.text_column("Moved", help_text=MOVED_NOTE, width="small")} if knows_moves else {}
    columns = {
        "place": tables.text_column("Place", help_text="Shared where luck could have swapped neighbours.", width="small"),
        **moved,
        "name": tables.text_column("Agent", pinned=True),
        "team": tables.text_column("Team"),
        "score": tables.number_column("% of target", help_text="100 is exactly on every target so far; empty without one.", places=0),
        "points": tables.metric_column(INDEX, board.currency, name="Points"),
    } | {metric.key: tables.metric_column(metric, board.currency) for metric in board.columns}
    place = tables.choosable([_cells(row, board) for row in board.rows], columns, key="leaderboard", alt_text=_table_text(board))
    return board.rows[place or 0]


def _table_text(board: Leaderboard) -> str:
    places = (f"{row.name} {row.place.text}" + (f", {move_text(row.moved)}" if row.moved else "") for row in board.rows if row.place)
    return f"Standings of {len(board.rows)} agents: {'; '.join(places)}."


def _cells(row: LeaderboardRow, board: Leaderboard) -> dict[str, Any]:
    figures = {key: tables.cell(reading.metric, reading.value, board.currency) for key, reading in row.readings.items()}
    return {
        "place": row.place.text if row.place else NOTHING,
        "name": row.name + (" (you)" if row.is_viewer else ""),
        "team": row.team_name,
        "moved": move_text(row.moved) if row.moved else None,
        "score": row.index.score.value if row.index.score else None,
        "points": row.index.raw,
    } | figures


def move_text(move: Move) -> str:
    """`▲ 2`, `▼ 1 ≈`, `=`; ≈ where it could be luck."""
    if move.places == 0:
        return "="
    return f"{'▲' if move.places > 0 else '▼'} {abs(move.places)}" + (" ≈" if move.could_be_luck else "")


def move_words(move: Move) -> str:
    """The same as a sentence."""
    if move.places == 0:
        return "The same place in your team as a week ago."
    count = f"{abs(move.places)} {'place' if abs(move.places) == 1 else 'places'}"
    luck = "; luck could have done that" if move.could_be_luck else ""
    return f"{'Up' if move.places > 0 else 'Down'} {count} in your team since a week ago{luck}."


def account(row: LeaderboardRow, params: Mapping[str, str]) -> None:
    """The index line by line: units × points, and what each adds against its target; every line opens its records."""
    for part in row.index.components:
        with st.container(horizontal=True, vertical_alignment="center", key=f"part-{part.key}"):
            st.markdown(component_text(part), width="stretch")
            links.records_link(part.key, params, agent_id=row.agent_id)
    total = f"**{row.index.raw:,} points**"
    if row.index.score is not None:
        total += f" · **{number_text(round(row.index.score.value))} % of target**"
    st.markdown(f"Together {total}")
    if row.index.left_out and row.index.score is not None:
        names = ", ".join(METRICS[key].name for key in row.index.left_out)
        st.caption(f"No target for {names}: their weight goes to the others.")


def component_text(part: Component) -> str:
    """`Calls: 120 × 1 = 120 points · adds 45 to the percent of target (130 due by tonight)`."""
    words = f"{METRICS[part.key].name}: {part.units:,} × {part.weight} = **{part.points:,} points**"
    if part.score is None or part.target is None:
        return words
    score, due = number_text(round(part.score, 1)), number_text(round(part.target, 1))
    return f"{words} :small[:gray[· adds {score} to the percent of target ({due} due by tonight)]]"


def own_place(board: Leaderboard, params: Mapping[str, str]) -> None:
    """An agent's own place, account and figures, and what the others reach without saying who."""
    row = next((row for row in board.rows if row.is_viewer), None)
    if row is None:
        st.info("You are not on a board in these days: you belong to no team yet. Ask your manager.", icon=":material/info:")
        return
    with st.container(border=True, key="card-own"):
        st.metric("Your place", row.place.text if row.place else NOTHING, help=RANKING_NOTE)
        st.markdown(_place_words(row, board))
        if row.moved:
            st.caption(move_words(row.moved), help=MOVED_NOTE)
    if board.nearby is not None:
        left, right = st.columns(2)
        with left:
            peers.around(board.nearby, by_target=board.by_target)
        with right:
            peers.tops(board.cohorts)
    with layout.section("You and the others", key="benchmark", note="The others are not named; under five of them nothing is shown."):
        _benchmark(row, board)
    with layout.section("What your index is made of", key="account", note=cards.explanation(INDEX), view="leaderboard", params=params):
        account(row, params)


def _place_words(row: LeaderboardRow, board: Leaderboard) -> str:
    words = f"{rank_choice.name_of(board)}: **{score_text(row, board)}**"
    if row in board.without_target:
        return rank_choice.NO_TARGET
    if row.place is None:
        return f"{words}. Places need a whole week, month, quarter or year and at least {MIN_PEERS} others in your kind of business."
    if row.place.is_shared:
        return f"{words}. You share places {row.place.best}–{row.place.worst}: luck could have swapped you within them."
    return f"{words}."


def _benchmark(row: LeaderboardRow, board: Leaderboard) -> None:
    score = score_of(row, board)
    if board.benchmark is None or score is None:
        st.markdown(f"Shown for whole weeks, months, quarters and years with at least {MIN_PEERS} others in your kind of business.")
        return
    text = benchmark_text(score, board.benchmark, by_target=board.by_target)
    charts.show(benchmark_chart.quartile_strip(score, board.benchmark, palette()), alt_text=text, key="benchmark")
    st.markdown(text)


def benchmark_text(score: float, others: Quartiles, *, by_target: bool) -> str:
    """Where the score lies among the quartiles, and what the next one takes."""
    own, lower, median, upper = (
        rank_choice.with_unit(_points(each), by_target=by_target) for each in (score, others.lower, others.median, others.upper)
    )
    name = rank_choice.NAMES[RankedBy.TARGET if by_target else RankedBy.POINTS]
    spread = f"{name}: a quarter of the {others.peers} others reach {upper} or more, half {median} or more, three quarters {lower} or more."
    following = next((each for each in (others.lower, others.median, others.upper) if score < each), None)
    if following is None:
        return f"{spread} You are in the top quarter with {own}."
    higher = rank_choice.distance_text(_points(following - score), by_target=by_target)
    return f"{spread} You are at {own}; the next quarter begins {higher} higher."


def _points(score: float) -> str:
    """A score without decimals, except small ones, where they are most of it."""
    return number_text(round(score) if score >= cards.WHOLE_FROM else score)
