"""The company's CRM on Settings: offered while none is connected, else how it stands and what can be done about it."""

from functools import partial

import streamlit as st

import clock
from crm_link import crm_link
from database import database
from domain.formatting import day_text
from domain.local_time import wall_clock
from services.access import Viewer
from services.amocrm import connecting, mapping
from services.amocrm.overview import Overview, overview
from ui.crm import connect, decisions, refused
from ui.crm.words import OFFER
from ui.outcome import attempt, save
from ui.wording import counted, plain


def show(viewer: Viewer) -> None:
    """For administrators."""
    with database().reading() as session:
        found = overview(session, viewer, crm_link(), clock.now())
    if found is None:
        st.markdown(OFFER)
        connect.form(viewer, key="crm")
        return
    _standing(viewer, found)
    _buttons(viewer)
    decisions.who_is_who(viewer, found)
    decisions.stages(viewer, found)
    decisions.fields(viewer, found)
    refused.show(found)
    _more(viewer, found)


def _standing(viewer: Viewer, found: Overview) -> None:
    state = _badge(found)
    st.markdown(f":material/hub: **{plain(found.account_name)}** {state}")
    parts = [counted(found.counts["deals"], "deal"), counted(found.counts["clients"], "client")]
    parts.append(f"{counted(found.counts['activities'], 'activity', 'activities')} taken over")
    st.caption(f"{plain(found.base_url)} · {_when(viewer, found)} · {', '.join(parts)}")
    if found.trouble:
        st.warning(plain(found.trouble, limit=400), icon=":material/error:")
    if found.leaves_amounts_out:
        theirs, ours = found.currencies
        st.warning(f"amoCRM reckons in {plain(theirs)} and Pacesetter in {plain(ours)}, so amounts of deals stay unknown here.")


def _badge(found: Overview) -> str:
    if found.trouble:
        return ":red-badge[:material/error: Not read]"
    return ":blue-badge[:material/sync: Being read]" if found.is_reading else ":green-badge[:material/check: Up to date]"


def _when(viewer: Viewer, found: Overview) -> str:
    if found.synced_at is None:
        return "the first reading is under way"
    at = wall_clock(found.synced_at, viewer.time_zone)
    return f"as of {day_text(at.date())}, {at:%H:%M}"


def _buttons(viewer: Viewer) -> None:
    with st.container(horizontal=True, gap="small"):
        if st.button("Sync now", key="crm-sync", icon=":material/sync:"):
            save(partial(connecting.sync_now, viewer=viewer, now=clock.now()), "amoCRM is read within seconds.")
        tried = st.button("Test", key="crm-test", icon=":material/network_check:", help="Asks amoCRM what is there; changes nothing.")
    if tried:
        with st.spinner("Asking amoCRM …"):
            account = attempt(lambda: connecting.try_out(database(), viewer, crm_link(), clock.now()))
        if account is not None:
            st.success(plain(connect.found_words(account)), icon=":material/check_circle:")


def _more(viewer: Viewer, found: Overview) -> None:
    with st.expander("Webhook, writing back, keys", icon=":material/tune:"):
        _hook(found)
        _writing(viewer, found)
        st.markdown("**Connect anew**, with another key or another account.")
        connect.form(viewer, key="crm-anew", address=found.base_url)
        _ways_out(viewer)


def _hook(found: Overview) -> None:
    if not found.hook:
        st.warning("The webhook's address was sealed with another secret. Disconnect and connect again for a new one.")
        return
    st.markdown("Enter this address under *Webhooks* in amoCRM, and changes are here within seconds. Keep it to yourself.")
    st.code(found.hook, language=None)


def _writing(viewer: Viewer, found: Overview) -> None:
    chosen = st.toggle("Let Pacesetter write notes and tasks to amoCRM when somebody asks it to", value=found.writes_back, key="crm-writes")
    if chosen != found.writes_back:
        words = "Notes and tasks may be written to amoCRM now." if chosen else "Nothing is written to amoCRM any more."
        save(partial(mapping.let_write, viewer=viewer, on=chosen, now=clock.now()), words)


def _ways_out(viewer: Viewer) -> None:
    with st.container(horizontal=True, gap="small"):
        if st.button("Read everything again", key="crm-again", icon=":material/restart_alt:", help="Nothing is doubled by it."):
            save(partial(connecting.read_again, viewer=viewer, now=clock.now()), "Everything is read again. That takes some minutes.")
        if st.button("Disconnect", key="crm-end", icon=":material/link_off:", help="Keys and mappings are deleted; records stay."):
            save(partial(connecting.disconnect, viewer=viewer, now=clock.now()), "amoCRM is not read any more. What was taken over stays.")
