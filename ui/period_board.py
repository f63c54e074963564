"""The Weekly and the Monthly screen: figures against before and target, development, funnel, revenue and what the work was."""

from dataclasses import dataclass, replace
from datetime import date

import streamlit as st
from sqlalchemy.orm import Session

from database import database
from domain.facts import AgentChoice
from domain.periods import Grain, Period, containing
from services.access import Viewer
from services.activity_mix import activity_mix
from services.agents import only_agent
from services.filters import params_from
from services.summaries import Summary, summary
from services.trends import targets_over
from ui import (
    activity_timeline,
    agent_figures,
    below,
    cards,
    charts,
    cycle,
    empty,
    filters,
    funnel_chart,
    insight_cards,
    layout,
    lead_sources,
    links,
    movements,
    pattern_cards,
    report_button,
    report_view,
    revenue_board,
    rolling_response,
    stepper,
    trend_charts,
)
from ui.filters import Chosen
from ui.goals import advice
from ui.goals import summary as goals
from ui.kept import kept
from ui.pace_words import pace_sentence
from ui.parts import chosen_part
from ui.period_words import comparison_text
from ui.play import week
from ui.said import said
from ui.session import signed_in_viewer
from ui.stepper import unit_text
from ui.theme import palette
from ui.turns import fragment
from ui.week import board as week_board
from ui.week import thermometers
from ui.wording import plain, status_text

TREND: str = "trend"
LEADS, MOVED, REVENUE, WORK = "Leads", "What moved", "Revenue", "Work"
CYCLE, TIMELINE, REPORT = "90 days", "Timeline", "Coaching report"
"""The parts of the lower half."""
CARDS: int = 8
"""Two rows of four; what follows has the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the screen shows to whom."""

    viewer: Viewer
    chosen: Chosen
    unit: Period
    board: Summary
    key: str
    agent: AgentChoice | None
    """The one agent it is about; None where it is about several."""

    @property
    def params(self) -> dict[str, str]:
        """The same days and filters, for links and downloads."""
        return params_from(self.chosen.selection, None)


def show(viewer: Viewer, key: str, grain: Grain) -> None:
    """The whole screen below its heading."""
    today = filters.today(viewer)
    unit = stepper.chosen_unit(grain, today)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="period-bar"):
        stepper.stepper(unit, today, may_look_ahead=grain is Grain.WEEK)
        asked = filters.bar(viewer, with_period=False)
        report_button.show(viewer, asked, unit)
    chosen = replace(asked, selection=replace(asked.selection, period=unit), preset=None)

    def figures() -> None:
        _figures(chosen, unit, key, leads=False)

    if grain is not Grain.WEEK or not week_board.show(viewer, asked, unit, today, figures):
        _figures(chosen, unit, key, leads=True)


@fragment(key="figures")
def _figures(chosen: Chosen, unit: Period, key: str, *, leads: bool) -> None:
    """What the filters choose; `leads` where the screen begins with it. Who looks is asked again on every run."""
    viewer = signed_in_viewer()
    board, agent = kept(
        viewer,
        chosen.selection.agent_ids,
        (key, chosen.selection, chosen.today),
        lambda session: _read(session, viewer, chosen, key),
    )
    if board.has_data:
        _sections(Shown(viewer=viewer, chosen=chosen, unit=unit, board=board, key=key, agent=agent), leads=leads)
    else:
        _nothing(viewer, board, unit, chosen.today)


def _read(session: Session, viewer: Viewer, chosen: Chosen, key: str) -> tuple[Summary, AgentChoice | None]:
    board = summary(session, viewer, chosen.selection, chosen.today, key)
    return board, only_agent(session, viewer, chosen.selection, chosen.today)


def _sections(shown: Shown, *, leads: bool) -> None:
    """The figures of one agent or of several, and everything that explains them."""
    if shown.agent is None:
        _cards(shown)
    else:
        if shown.unit.grain is Grain.WEEK:
            thermometers.show(shown.agent, shown.unit, shown.chosen.today, shown.board)
        agent_figures.show(shown.agent, shown.unit, shown.chosen.today)
    if leads:
        below.show(lambda: _explained(shown))
    else:
        _explained(shown)


def _explained(shown: Shown) -> None:
    board, today = shown.board, shown.chosen.today
    if shown.agent is not None:
        _own(shown.agent, shown.unit, today, with_advice=shown.key == "monthly")
        _cards(shown)
    left, right = st.columns([3, 2])
    with left, layout.section("Over time", key="development", view="trend", params=shown.params | {"metric": _trend_key(board)}):
        _development(shown)
    with right, layout.section("Pace", key="period-pace", note="Bar: so far. Marker: due by now.", view=shown.key, params=shown.params):
        _pace(board, is_over=shown.unit.end <= today, is_shared=shown.agent is None)
    if shown.key == "weekly":
        pattern_cards.show(shown.agent, shown.chosen.selection, today)
    _part(shown, chosen_part(_parts(shown)))


def _parts(shown: Shown) -> tuple[str, ...]:
    """A month has trends, and one agent's a cycle and a report; a timeline is one agent's, too."""
    is_month = shown.key == "monthly"
    of_one = (TIMELINE, *((REPORT,) if is_month else ())) if shown.agent else ()
    of_month = (*((CYCLE,) if shown.agent else ()), MOVED) if is_month else ()
    return (LEADS, *of_month, REVENUE, WORK, *of_one)


def _cards(shown: Shown) -> None:
    """The figures that the agent's own cards do not show already."""
    own = agent_figures.SHOWN if shown.agent else ()
    readings = [each for each in cards.telling_first(shown.board.readings) if each.metric.key not in own]
    compared = comparison_text(shown.unit, shown.chosen.today)
    cards.metric_cards(readings[:CARDS], compared_with=compared, currency=shown.board.currency, params=shown.params)


def _part(shown: Shown, name: str) -> None:
    """The part of the lower half that somebody looks at."""
    today = shown.chosen.today
    if name == REVENUE:
        left, right = st.columns([3, 2])
        with left:
            revenue_board.show(shown.chosen.selection, shown.params, today)
        with right:
            rolling_response.show(shown.chosen.selection, today)
    elif name == WORK:
        with layout.section("What the work was", key="period-mix", note="Activities by type; notes do not count."):
            _mix(shown)
    elif name == MOVED:
        movements.show(shown.chosen.selection, today)
    elif name == CYCLE and shown.agent:
        cycle.show(shown.agent, today)
    elif name == TIMELINE and shown.agent:
        activity_timeline.show(shown.agent, shown.unit)
    elif name == REPORT and shown.agent:
        report_view.show(shown.agent, shown.unit, today)
    else:
        _leads(shown)


def _leads(shown: Shown) -> None:
    left, right = st.columns([3, 2])
    note = "Leads assigned in these days, as far as they have come by now; lost ones stay in the steps they reached."
    with left, layout.section("Leads taken on", key="period-funnel", note=note):
        _funnel(shown)
    with right:
        lead_sources.show(shown.chosen.selection, shown.params, shown.board.currency, shown.chosen.today)


def _own(agent: AgentChoice, unit: Period, today: date, *, with_advice: bool) -> None:
    """What only a board about one agent has; a month is long enough to think about other targets."""
    left, right = st.columns(2, gap="medium")
    with left, layout.section("Goals", key="goals", height="content"):
        goals.show(agent, today)
        if with_advice:
            advice.show(agent, today)
    with right:
        insight_cards.show(agent, today)
    week.show(agent, unit, today)


def _development(shown: Shown) -> None:
    board, selection = shown.board, shown.chosen.selection
    names = _trend_names(board)
    st.selectbox("Figure", list(names), format_func=names.__getitem__, key=TREND, bind="query-params", width=240)
    line = board.trend(_trend_key(board))
    targets = kept(
        shown.viewer,
        selection.agent_ids,
        ("trend-targets", selection, shown.chosen.today, line.metric.key),
        lambda session: targets_over(session, shown.viewer, selection, line, shown.chosen.today),
    )
    trend_charts.show(line, targets, currency=board.currency, key="development")


def _trend_key(board: Summary) -> str:
    names = _trend_names(board)
    return said(TREND, names, next(iter(names)))


def _trend_names(board: Summary) -> dict[str, str]:
    return {each.metric.key: each.metric.name for each in cards.telling_first(board.readings)}


def _pace(board: Summary, *, is_over: bool, is_shared: bool) -> None:
    aimed = [each for each in board.readings if each.metric.key in board.paces]
    if not aimed:
        st.markdown(":gray[No figure here has a target with these days and filters.]")
        return
    text = charts.target_bars_text(aimed, currency=board.currency)
    charts.show(charts.target_bars(aimed, palette(), currency=board.currency), alt_text=text, key="pace")
    for each in aimed:
        sentence = pace_sentence(each.metric, board.paces[each.metric.key], board.currency, is_over=is_over, is_shared=is_shared)
        st.markdown(f"{status_text(each.status)} :small[{plain(each.metric.name)}: {plain(sentence)}]")


def _funnel(shown: Shown) -> None:
    steps = shown.board.funnel
    if not steps[0].count:
        st.markdown(":gray[No lead was assigned in these days.]")
        return
    charts.show(funnel_chart.funnel_bars(steps, palette()), alt_text=funnel_chart.funnel_text(steps), key="funnel")
    links.records_link("conversion_rate", shown.params, label="Open these leads")


def _mix(shown: Shown) -> None:
    with database().reading() as session:
        mix = activity_mix(session, shown.viewer, shown.chosen.selection)
    if not mix:
        st.markdown(":gray[No activity is logged in these days.]")
        return
    rows = [(metric.name, float(count), f"{count:,}") for metric, count in mix]
    words = ", ".join(f"{metric.name} {count:,}" for metric, count in mix)
    charts.show(charts.ranked_bars(rows, palette()), alt_text=f"Activities by type: {words}.", key="mix")


def _nothing(viewer: Viewer, board: Summary, unit: Period, today: date) -> None:
    if board.data_span is None:
        empty.no_data_yet(viewer)
        return
    last = containing(min(board.data_span[1], today), unit.grain or Grain.WEEK)
    with st.container(border=True, key=empty.CARD):
        st.subheader("Nothing in these days", anchor=False)
        st.markdown("No activity, lead or deal is dated here, or the filters leave none.")
        if last != unit:
            name = unit_text(last, today)
            st.button(f"Show {name}", key="jump", type="primary", icon=":material/event_repeat:", on_click=stepper.show_unit, args=(last,))
