"""On what grounds calls may be recorded, country by country and state by state; for administrators."""

from collections.abc import Sequence

import streamlit as st

import clock
from database import database
from domain.formatting import day_text
from domain.jurisdictions import REGIONS
from domain.local_time import wall_clock
from domain.recording import ConsentBasis
from services import recording_consent as consent
from services.access import Viewer
from services.places import countries
from services.recording_consent import Place, basis_details
from settings import settings
from ui.calls.words import BASES, LAW, OFF
from ui.outcome import save
from ui.wording import counted, plain


def show(viewer: Viewer) -> None:
    """What is set where, the form that sets it, and how long recordings are kept."""
    st.markdown(LAW)
    with database().reading() as session:
        places = consent.places(session, viewer)
    if places:
        st.table([_row(each, viewer) for each in places], border="horizontal")
    _form(viewer, places)
    _ends(viewer, [each for each in places if each.stored is not None])
    _kept()


def _row(place: Place, viewer: Viewer) -> dict[str, str]:
    stored = place.stored
    said = ""
    if stored is not None:
        who = f"{stored.set_by}, " if stored.set_by else ""
        said = f"{who}{day_text(wall_clock(stored.set_at, viewer.time_zone).date())}{f': {stored.note}' if stored.note else ''}"
    return {
        "Country or state": place.name,
        "People": str(place.people),
        "Calls are recorded when": BASES[stored.basis] if stored else OFF,
        "Set by": plain(said),
    }


def _form(viewer: Viewer, places: Sequence[Place]) -> None:
    here = [each.code for each in places]
    codes = [*here, *(code for code in (*countries(), *REGIONS) if code not in set(here))]
    with st.form("recording_basis", border=False, clear_on_submit=True):
        place = st.selectbox("Country or state", codes, format_func=consent.jurisdiction_name, key="basis_country")
        basis = st.selectbox("Calls may be recorded when", list(ConsentBasis), format_func=BASES.__getitem__, key="basis_basis")
        note = st.text_input("Who said so", key="basis_note", max_chars=500, placeholder="Our counsel, letter of 3 March")
        submitted = st.form_submit_button("Allow recording there", key="basis_save", icon=":material/mic:")
    if submitted:
        said = {"jurisdiction": place, "basis": basis, "note": note}
        words = f"{consent.jurisdiction_name(place)}: calls of people there may be recorded now."
        save(lambda session: consent.set_basis(session, viewer, basis_details(**said), clock.now()), words)


def _ends(viewer: Viewer, places: Sequence[Place]) -> None:
    for place in places:
        if st.button(f"Record no more in {plain(place.name)}", key=f"basis_end_{place.code}", icon=":material/mic_off:"):
            words = f"Calls of people in {place.name} are not recorded any more. What was recorded stays until its day."
            save(lambda session, code=place.code: consent.remove_basis(session, viewer, code, clock.now()), words)  # type: ignore[misc]


def _kept() -> None:
    chosen = settings()
    writes = "Recordings are written down by the service at PACESETTER_TRANSCRIPTION_URL." if chosen.transcription_url else ""
    st.caption(
        f"Recordings are deleted after {counted(chosen.recording_days, 'day')} (PACESETTER_RECORDING_DAYS) and have at most "
        f"{chosen.recording_megabytes} MB (PACESETTER_RECORDING_MEGABYTES). {writes}"
    )


def preference(viewer: Viewer) -> None:
    """Whether the viewer's own calls are recorded, and what holds for them now."""
    with database().reading() as session:
        prefers = consent.prefers_recording(session, viewer)
        allowed = consent.may_record(session, viewer.person_id)
    chosen = st.toggle("Record my calls", value=prefers, key="own_recording", help="Nobody can switch it on for you.")
    st.caption(plain(allowed.why) if chosen == prefers else "")
    if chosen != prefers:
        words = "Your calls are recorded where that is allowed." if chosen else "Your calls are not recorded."
        save(lambda session: consent.change_preference(session, viewer, clock.now(), records_calls=chosen), words)
