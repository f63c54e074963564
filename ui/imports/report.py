"""What became of a file's rows."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from services.imports import KINDS, ImportReport, RowError
from ui.imports import bench as benches
from ui.pages import page_spec
from ui.wording import counted, plain


def last_report() -> None:
    """The report of the import that just ran, until the next file."""
    report: ImportReport | None = st.session_state.get(benches.REPORT)
    if report is None:
        return
    with st.container(border=True, key="card-imports-report"):
        st.subheader(f"{plain(report.file_name)} is imported", anchor=False)
        counts(report)
        refused(report.errors, report.rejected)
        with st.container(horizontal=True):
            if report.rejected and report.batch_id is not None:
                st.link_button("Download the refused rows", rejected_url(report.batch_id), icon=":material/download:")
            st.page_link(page_spec("overview").page(), label="See the numbers", icon=":material/space_dashboard:")


def counts(report: ImportReport) -> None:
    """Rows accepted and refused, and what the accepted ones did."""
    noun = KINDS[report.kind].label.lower()
    with st.container(horizontal=True):
        st.metric("Rows", f"{report.rows:,}", border=True, width="content")
        st.metric("Accepted", f"{report.accepted:,}", border=True, width="content")
        st.metric("Refused", f"{report.rejected:,}", border=True, width="content")
    parts = [f"{report.inserted:,} new", f"{report.updated:,} updated", f"{report.unchanged:,} unchanged"]
    people = [counted(report.people_created, "new person", "new people")] if report.people_created else []
    teams = [counted(report.teams_created, "new team")] if report.teams_created else []
    blank = [f"{counted(report.blank_rows, 'blank line')} passed over"] if report.blank_rows else []
    st.markdown(f"{noun.capitalize()}: {', '.join(parts)}. {', '.join((*people, *teams, *blank))}")


def refused(errors: Sequence[RowError], total: int) -> None:
    """The first refused rows with line, column, value and reason."""
    if not errors:
        return
    st.markdown(f"**{counted(total, 'row')} refused**" + (f", the first {len(errors)}:" if total > len(errors) else ":"))
    rows = [{"Line": error.line, "Column": error.column, "Value": error.value, "Reason": error.reason} for error in errors]
    st.dataframe(pd.DataFrame(rows), hide_index=True, key="imports-refused", alt="Refused rows with line, column, value and reason")


def rejected_url(batch_id: int) -> str:
    """Where all refused rows of an import can be downloaded."""
    return f"/api/imports/{batch_id}/rejected.csv"
