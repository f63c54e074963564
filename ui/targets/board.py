"""The Targets screen: what is asked now, a form to ask for something else, and what was asked before or will be."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import streamlit as st

from database import database
from services import target_setting
from services.target_setting import TargetEntry
from services.target_sheets import MEANS
from ui import filters, layout, outcome, tables
from ui.session import signed_in_viewer
from ui.targets import form, words
from ui.turns import fragment

HISTORY_NOTE: Final = "What was asked until its last day stays as it was: figures of those days are still held against it."


@fragment(key="targets")
def show() -> None:
    """The whole screen; who looks is asked again on every run."""
    viewer = signed_in_viewer()
    today = filters.today(viewer)
    with database().reading() as session:
        found = target_setting.board(session, viewer, today)
    outcome.show()
    with layout.section("Asked for now", key="targets-now", note=MEANS, view="targets"):
        _now(found.now, found.currency)
    with layout.section("Ask for something else", key="targets-form", note=form.NOTE):
        form.show(viewer, found, today)
    with layout.section("Before, and to come", key="targets-other", note=HISTORY_NOTE):
        _other(found.other, found.currency, today)


def _now(entries: Sequence[TargetEntry], currency: str) -> None:
    if not entries:
        st.markdown(":gray[Nothing is asked of anybody yet. Cards and charts show a target as soon as there is one.]")
        return
    rows = [words.row(each, currency) | {"Since": words.day(each.from_on), "Set by": words.author(each)} for each in entries]
    text = "; ".join(f"{row['For']}: {row['Figure']} {row['Target']} {row['Per']}" for row in rows)
    tables.in_words(rows, key="targets-now", alt_text=f"Targets now. {text}.")


def _other(entries: Sequence[TargetEntry], currency: str, today: date) -> None:
    if not entries:
        st.markdown(":gray[Nothing was changed yet, and nothing is planned.]")
        return
    rows = [words.row(each, currency) | {"Days": words.days(each, today), "Set by": words.author(each)} for each in entries]
    text = "; ".join(f"{row['For']}: {row['Figure']} {row['Target']} {row['Per']}, {row['Days']}" for row in rows)
    tables.in_words(rows, key="targets-other", alt_text=f"Targets before and to come. {text}.")
