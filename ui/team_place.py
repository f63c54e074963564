"""The place in the team as a card: position and band, why there is none, and what the next band takes."""

from typing import Final

import streamlit as st

from domain.formatting import NOTHING, day_text, hours_text
from domain.metrics.catalog import DEFINITIONS
from domain.metrics.ranking import MIN_PEERS
from domain.metrics.team_ranking import MIN_LEADS, WEIGHTS, Part, Quarter, WayUp
from domain.metrics.work import SECONDS_PER_HOUR
from services.team_position import TeamPosition, Unplaced
from ui.wording import counted, plain

NOTE: Final = (
    "**Where do I stand in my team?**\n\n= "
    + " + ".join(f"{weight * 100:.0f} % {DEFINITIONS[key].name.lower()}" for key, weight in WEIGHTS.items())
    + "\n\nEach is first drawn towards the team's average, as far as the few facts ask for it, and then compared as a percentile. "
    f"A place needs {MIN_LEADS} leads. Places that luck could swap share a band. Nobody sees another agent's figures here."
)

_QUARTERS: Final = {
    Quarter.FIRST: "in the first quarter of the team",
    Quarter.SECOND: "in the upper half of the team",
    Quarter.THIRD: "in the lower half of the team",
    Quarter.LAST: "in the last quarter, with much to gain",
}


def card(position: TeamPosition) -> None:
    """One card, as high as its neighbours."""
    with st.container(border=True, key="card-team-place", height="stretch", gap="xsmall"):
        st.metric("Team position", position.place.text if position.place else NOTHING, help=NOTE)
        st.markdown(f":small[{_standing(position)}]")
        st.caption(f"{plain(position.team_name)}, {_days(position)}" if position.team_name else "")
        if position.parts:
            _ways(position)


def _days(position: TeamPosition) -> str:
    return f"{day_text(position.window.start)} to {day_text(position.window.last_day)}"


def _standing(position: TeamPosition) -> str:
    """How the place moved, or why there is none."""
    if position.place is None:
        return f":gray[{why_not(position)}]"
    says_luck = bool(position.moved) and not position.is_clear_move
    band = "  \n:gray[luck could swap these places]" if position.place.is_shared and not says_luck else ""
    return f"{moved_text(position.moved, is_clear=position.is_clear_move)}{band}"


def why_not(position: TeamPosition) -> str:
    """Why there is no place, and what would change that."""
    match position.why_not:
        case Unplaced.NO_TEAM:
            return "There is a place for everybody who belongs to a team."
        case Unplaced.OTHER_TEAM:
            return "These days belong to a team you do not manage."
        case Unplaced.FEW_PEERS:
            return f"Shown once at least {MIN_PEERS} colleagues are ranked, so that nobody's figures can be guessed."
    return f"A place takes {MIN_LEADS} leads; {counted(position.leads, 'lead')} so far, {position.leads_missing} to go."


def moved_text(moved: int | None, *, is_clear: bool) -> str:
    """Places gained or lost: the arrow says which way, the colour whether it is good, and grey that it may be luck."""
    match moved:
        case None:
            return ":gray[no place before to compare with]"
        case 0:
            return ":gray[:material/trending_flat: the same place as before]"
    up = moved > 0
    words = f":material/{'arrow_upward' if up else 'arrow_downward'}: {counted(abs(moved), 'place')} {'up' if up else 'down'}"
    if not is_clear:
        return f":gray[{words}, which may be luck]"
    return f":green[{words}]" if up else f":red[{words}]"


def _ways(position: TeamPosition) -> None:
    with st.popover("What it is made of", icon=":material/insights:", type="tertiary"):
        for part in position.parts:
            st.markdown(part_text(part))
        if words := ways_text(position):
            st.markdown(words)


def ways_text(position: TeamPosition) -> str:
    """What the next better band takes; empty where that is not told, because so few have the figures."""
    if position.ways_up:
        ways = "\n".join(f"- {way_text(way)}" for way in position.ways_up)
        return f"**What the next band would take, one thing at a time:**\n\n{ways}"
    if position.place and position.place.best == 1:
        return "This is the first band: nobody is clearly ahead."
    if (position.ranked or 0) <= MIN_PEERS or any(part.peers < MIN_PEERS for part in position.parts):
        return ""
    return "No single thing would lift the place above this band; it takes several together."


def part_text(part: Part) -> str:
    """A component: its weight, and in which quarter of the team it is."""
    name = f"**{DEFINITIONS[part.key].name}**"
    if not part.weight:
        return f"{name}: nothing to measure yet; its weight goes to the others"
    if part.quarter is None:
        return f"{name} ({part.weight * 100:.0f} %): told once at least {MIN_PEERS} colleagues have this figure, too"
    return f"{name} ({part.weight * 100:.0f} %): {_QUARTERS[part.quarter]}"


def way_text(way: WayUp) -> str:
    """One way up in words."""
    if way.conversions is not None:
        return f"{counted(way.conversions, 'more conversion')} from the same leads"
    if way.ratings is not None:
        return f"{counted(way.ratings, 'more rating')} of five stars"
    return f"half of the new leads answered within {hours_text((way.seconds or 0) / SECONDS_PER_HOUR)}"
