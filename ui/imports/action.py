"""Step 4: try the file without storing anything, then import it."""

import streamlit as st

import clock
from database import database
from domain.errors import PacesetterError
from secret_key import secret_key
from services import imports
from services.access import Viewer
from services.imports import ImportReport, Mapping
from ui.imports import bench as benches
from ui.imports.bench import Bench
from ui.imports.report import counts, refused
from ui.session import signed_in_viewer
from ui.wording import plain


def act(bench: Bench, mapping: Mapping, viewer: Viewer) -> None:
    """The two buttons, and what came of the first."""
    text = mapping.model_dump_json()
    with st.container(horizontal=True):
        if st.button("Check the file", key="imports-check", icon=":material/fact_check:", disabled=not bench.draft.rows):
            _check(bench, mapping, viewer, text)
        ready = bench.preview is not None and bench.previewed == text and bool(bench.preview.accepted)
        wanted = st.button("Import", key="imports-run", type="primary", icon=":material/upload:", disabled=not ready)
    if bench.preview is not None and bench.previewed == text:
        st.markdown("**If you import now**")
        counts(bench.preview)
        refused(bench.preview.errors, bench.preview.rejected)
    else:
        st.caption("Check the file first: nothing is stored, and you see which rows would be refused.")
    if wanted and ready:
        _import(bench, mapping)


def _check(bench: Bench, mapping: Mapping, viewer: Viewer, text: str) -> None:
    try:
        with st.spinner("Trying every row…"):
            now = clock.now()
            bench.preview = database().write(
                lambda session: imports.preview(session, viewer, bench.draft, mapping, secret=secret_key(), now=now)
            )
            bench.previewed = text
    except PacesetterError as error:
        bench.preview = None
        st.error(plain(str(error), limit=1000), icon=":material/error:")


def _import(bench: Bench, mapping: Mapping) -> None:
    viewer = signed_in_viewer()
    bar = st.progress(0.0, "Starting")
    now = clock.now()

    def watched(share: float, words: str) -> None:
        bar.progress(share, words)

    try:
        report: ImportReport = database().write(
            lambda session: imports.run(session, viewer, bench.draft, mapping, secret=secret_key(), now=now, progress=watched)
        )
    except PacesetterError as error:
        bar.empty()
        st.error(plain(str(error), limit=1000), icon=":material/error:")
        return
    st.session_state[benches.REPORT] = report
    benches.put_away()
    st.rerun()
