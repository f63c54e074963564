"""What could not be taken over from the CRM, each with the reason: nothing is lost in silence."""

import streamlit as st

from services.amocrm.overview import Overview
from ui import tables
from ui.crm.words import STREAMS
from ui.wording import counted, plain


def show(found: Overview) -> None:
    """Reasons with how many, then the records themselves, newest first."""
    total = sum(found.reasons.values())
    if not total:
        st.caption("Everything that was read is here.")
        return
    with st.expander(f"What was refused: {counted(total, 'record')}", icon=":material/rule:"):
        st.table(
            [
                {"What": STREAMS[stream], "Why": plain(reason), "How many": f"{number:,}"}
                for (stream, reason), number in found.reasons.items()
            ],
            border="horizontal",
        )
        rows = [{"Number in amoCRM": each.external_id, "What": STREAMS[each.stream], "Why": each.reason} for each in found.refusals]
        if total > len(rows):
            st.caption(f"The latest {len(rows)} of them:")
        tables.in_words(rows, key="crm-refused", alt_text="Records of amoCRM that are not here, and why")
