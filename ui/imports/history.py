"""Past imports, and taking one back."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

import clock
from domain.local_time import wall_clock
from services import imports
from services.access import Viewer
from services.import_history import BatchEntry, BatchStatus
from services.imports import KINDS, Kind
from ui import outcome
from ui.imports.report import rejected_url
from ui.session import signed_in_viewer
from ui.wording import counted, plain


def history(entries: Sequence[BatchEntry], viewer: Viewer) -> None:
    """A table of what came in, and the details of the chosen one."""
    if not entries:
        st.info("No imports yet. Your first one shows up here, and can be undone whole.", icon=":material/history:")
        return
    frame = pd.DataFrame([_line(entry, viewer) for entry in entries])
    st.dataframe(frame, hide_index=True, key="imports-history", alt="Past imports, newest first")
    by_id = {entry.id: entry for entry in entries}
    chosen = st.selectbox(
        "Look at an import",
        list(by_id),
        index=None,
        format_func=lambda number: f"{number} · {by_id[number].file_name}",
        key="imports-chosen",
    )
    if chosen is not None:
        _details(by_id[chosen])


def _line(entry: BatchEntry, viewer: Viewer) -> dict[str, object]:
    return {
        "Import": entry.id,
        "File": entry.file_name,
        "Rows are": KINDS[Kind(entry.kind)].label,
        "Rows": entry.rows,
        "New": entry.inserted,
        "Updated": entry.updated,
        "Refused": entry.rejected,
        "By": entry.imported_by,
        "When": f"{wall_clock(entry.imported_at, viewer.time_zone):%d %b %Y, %H:%M}",
        "State": "Undone" if entry.status is BatchStatus.UNDONE else "In use",
    }


def _details(entry: BatchEntry) -> None:
    with st.container(horizontal=True):
        if entry.rejected:
            label = f"Download {counted(entry.rejected, 'refused row')}"
            st.link_button(label, rejected_url(entry.id), icon=":material/download:")
        if entry.status is BatchStatus.DONE:
            with st.popover("Undo this import", icon=":material/undo:", key=f"imports-undo-{entry.id}"):
                _confirm(entry)


def _confirm(entry: BatchEntry) -> None:
    st.markdown(
        f"Everything import {entry.id} ({plain(entry.file_name)}) created is deleted, and everything it changed is as before: "
        f"{counted(entry.inserted, 'new record')} and {counted(entry.updated, 'updated record')}. "
        "It is refused when somebody worked on them since."
    )
    if st.button("Undo the import", key="imports-undo-confirm", type="primary"):
        outcome.save(
            lambda session: imports.undo(session, signed_in_viewer(), entry.id, clock.now()),
            f"Import {entry.id} is undone; nothing of it is left.",
        )
