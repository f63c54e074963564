"""Which reports somebody wants to be told of."""

import streamlit as st

import clock
from database import database
from services import report_choices
from services.access import Viewer
from services.report_choices import ReportChoice
from ui import outcome


def show(viewer: Viewer) -> None:
    """Two switches, each kept as soon as it is turned."""
    with database().reading() as session:
        held = report_choices.own_choice(session, viewer)
    weekly = st.toggle("Every Monday, of the week before", value=held.weekly, key="report-weekly")
    monthly = st.toggle("On your first working day of the month, of the month before", value=held.monthly, key="report-monthly")
    wanted = ReportChoice(weekly=weekly, monthly=monthly)
    if wanted != held:
        outcome.save(lambda session: report_choices.choose(session, viewer, wanted, clock.now()), "Kept.")
    st.caption(
        "From seven in the morning where you are, into your inbox and by your channels, when there is something in those days. "
        "Managers get a digest of their teams on Monday; it comes less often when it is not opened."
    )
