"""Erasing a client at their wish, from the lead's page; for managers and administrators."""

import streamlit as st

import clock
from secret_key import secret_key
from services.access import Viewer
from services.client_erasure import ERASERS, erase_client, nameless_name
from services.leads import StoredLead
from ui.kept import forget
from ui.outcome import save
from ui.session import signed_in_viewer
from ui.wording import plain


def offer(viewer: Viewer, lead: StoredLead) -> None:
    """The way to it, where the viewer may and there is somebody left to erase."""
    if viewer.role not in ERASERS or lead.name == nameless_name(lead.id or 0):
        return
    wish = "For a client who asks to be forgotten."
    if st.button("Erase this client", key="lead-erase", icon=":material/person_off:", type="tertiary", help=wish):
        _confirm(lead)


@st.dialog("Erase this client")
def _confirm(lead: StoredLead) -> None:
    st.markdown(
        f"**This cannot be undone.** Name, company, e-mail and phone of {plain(lead.name)} go, with the notes, titles and recordings about "
        "them. Numbers, dates and outcomes stay, so no sum changes."
    )
    st.caption("A later import of the same client is refused. What people know by heart, other systems and older backups is not reached.")
    typed = st.text_input("Type their name or e-mail", key="lead-erase-typed", max_chars=300)
    if st.button("Erase for good", key="lead-erase-yes", type="primary", icon=":material/delete_forever:"):
        viewer = signed_in_viewer()
        forget()
        said = "This client is erased. Recordings of them are gone within minutes."
        save(lambda session: erase_client(session, viewer, lead.id or 0, typed, secret=secret_key(), now=clock.now()), said)
