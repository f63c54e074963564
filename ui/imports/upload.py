"""Step 1: choose a file, and see how it was read."""

from typing import Final

import pandas as pd
import streamlit as st

from domain.errors import PacesetterError
from services.import_plan import ENCODINGS, SEPARATORS
from services.imports import KINDS, Kind, Layout
from ui.imports import bench as benches
from ui.imports.bench import Bench
from ui.wording import counted, plain

_SEPARATOR_WORDS: Final = {",": "Comma ,", ";": "Semicolon ;", "\t": "Tab", "|": "Bar |"}
_ENCODING_WORDS: Final = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16 (big endian)",
    "cp1252": "Western (Windows-1252)",
    "cp1251": "Cyrillic (Windows-1251)",
    "cp1250": "Central European (Windows-1250)",
    "mac_roman": "Western (old Mac)",
    "shift_jis": "Japanese (Shift JIS)",
    "gb18030": "Chinese (GB 18030)",
}
LAST_HEADER_LINE: Final = 100


def upload() -> Bench | None:
    """The uploader; the opened file, or None while there is none or it cannot be read."""
    file = st.file_uploader(
        "A CSV, TSV or Excel file, at most 10 MB and 100,000 rows",
        type=["csv", "tsv", "txt", "gz", "xlsx"],
        key=benches.upload_key(),
        max_upload_size=10,
    )
    if file is None:
        _templates()
        return None
    try:
        return benches.open_file(file.getvalue(), file.name)
    except PacesetterError as error:
        st.error(plain(str(error), limit=600), icon=":material/error:")
        return None


def _templates() -> None:
    with st.popover("No export at hand? Start from a template", icon=":material/download:", type="tertiary", key="imports-templates"):
        for kind in Kind:
            st.link_button(KINDS[kind].label, f"/api/imports/template/{kind}.csv", width="stretch")


def detected(bench: Bench) -> Bench:
    """What was detected, changeable, with the first rows."""
    draft = bench.draft
    blank = f", {counted(draft.blank_rows, 'blank line')} passed over" if draft.blank_rows else ""
    st.markdown(f"**{plain(draft.file_name)}**: {counted(draft.rows, 'row')}, {counted(len(draft.columns), 'column')}{blank}.")
    if not draft.rows:
        st.warning("There are column names but no rows. Nothing can be imported from this file.", icon=":material/info:")
    bench = _reading(bench)
    rows = [dict(zip(bench.draft.columns, row, strict=False)) for row in bench.draft.sample]
    st.dataframe(
        pd.DataFrame(rows, columns=list(bench.draft.columns)), hide_index=True, key="imports-sample", alt="The first rows of the file"
    )
    return bench


def _reading(bench: Bench) -> Bench:
    layout = bench.draft.layout
    with st.expander("How the file is read", icon=":material/tune:", key="imports-layout"), st.container(horizontal=True):
        encoding, separator = layout.encoding, layout.separator
        if not bench.draft.is_workbook:
            encoding = st.selectbox(
                "Encoding", ENCODINGS, index=ENCODINGS.index(encoding), format_func=_ENCODING_WORDS.__getitem__, key="imports-encoding"
            )
            separator = st.selectbox(
                "Separator",
                SEPARATORS,
                index=SEPARATORS.index(separator),
                format_func=_SEPARATOR_WORDS.__getitem__,
                key="imports-separator",
            )
        line = st.number_input(
            "Column names are on line", 1, LAST_HEADER_LINE, value=min(layout.header_line, LAST_HEADER_LINE), key="imports-header"
        )
    wanted = Layout(encoding=encoding, separator=separator, header_line=int(line))
    if wanted == layout:
        return bench
    try:
        return benches.lay_out(bench, wanted)
    except PacesetterError as error:
        st.error(plain(str(error), limit=600), icon=":material/error:")
        return bench
