"""The file on the workbench: what was uploaded and learnt about it, for this browser only, until it is imported or put away."""

from dataclasses import dataclass, field
from typing import Final

import streamlit as st

from services import import_plan, imports
from services.imports import FileDraft, ImportReport

_BENCH: Final = "imports-bench"
_ROUND: Final = "imports-round"
REPORT: Final = "imports-report"


@dataclass(slots=True)
class Bench:
    """One opened file, and answers about it that take a pass over the file."""

    draft: FileDraft
    packed: bytes
    preview: ImportReport | None = None
    previewed: str = ""
    """The mapping the preview belongs to, as JSON."""
    counts: dict[str, dict[str, int] | None] = field(default_factory=dict)

    def values(self, column: str) -> dict[str, int] | None:
        """How often each value stands in the column; None for too many."""
        if column not in self.counts:
            self.counts[column] = import_plan.value_counts(self.draft, column)
        return self.counts[column]


def upload_key() -> str:
    """The uploader's key; it changes when the file is put away, so that its bytes go too."""
    return f"imports-upload-{st.session_state.setdefault(_ROUND, 0)}"


def current() -> Bench | None:
    """The file on the workbench."""
    return st.session_state.get(_BENCH)


def open_file(content: bytes, name: str) -> Bench:
    """Put an uploaded file on the workbench; raises FileError when it cannot be read."""
    there = current()
    if there is not None and there.packed == content and there.draft.file_name == name[-255:]:
        return there
    st.session_state.pop(REPORT, None)
    st.session_state.pop(_BENCH, None)
    bench = Bench(draft=imports.inspect(content, name), packed=content)
    st.session_state[_BENCH] = bench
    return bench


def lay_out(bench: Bench, layout: imports.Layout) -> Bench:
    """Read the file again under another layout."""
    fresh = Bench(draft=imports.inspect(bench.packed, bench.draft.file_name, layout), packed=bench.packed)
    st.session_state[_BENCH] = fresh
    return fresh


def put_away() -> None:
    """Forget the file and everything about it."""
    for name in [name for name in st.session_state if str(name).startswith(("imports-field-", "imports-value-"))]:
        del st.session_state[name]
    st.session_state.pop(_BENCH, None)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
