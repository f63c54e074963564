"""What an administrator decides about the account: who is who, what stages mean, which fields tell what."""

from functools import partial
from typing import Final

import streamlit as st

import clock
from database import database
from services.access import Viewer
from services.amocrm import mapping
from services.amocrm.overview import DealStatus, Overview, people
from ui.crm.words import FIELDS, MEANINGS, READ_AGAIN
from ui.outcome import save
from ui.wording import counted, plain

_JOINER: Final = "\u2060"


def who_is_who(viewer: Viewer, found: Overview) -> None:
    """Each user of the account with the person that is; nobody's records wait until somebody says."""
    unknown = sum(each.person_id is None and each.is_active for each in found.users)
    title = (
        f"Who is who: {counted(unknown, 'user')} of amoCRM {'is' if unknown == 1 else 'are'} nobody here yet" if unknown else "Who is who"
    )
    with st.expander(title, icon=":material/group:"):
        with database().reading() as session:
            names = people(session, viewer)
        st.caption(f"People with the same e-mail address are found by themselves. {READ_AGAIN}")
        with st.form("crm-users", border=False):
            chosen = {
                each.number: st.selectbox(
                    _user_words(each.name, each.email),
                    [None, *names],
                    index=[None, *names].index(each.person_id) if each.person_id in names else 0,
                    format_func=lambda key: names.get(key, "Nobody"),
                    key=f"crm-user-{each.number}",
                )
                for each in found.users
            }
            submitted = st.form_submit_button("Save who is who", key="crm-users-save")
        if submitted:
            save(partial(mapping.say_who, viewer=viewer, chosen=chosen, now=clock.now()), "It is saved who is who.")


def stages(viewer: Viewer, found: Overview) -> None:
    """What each stage is called here, and whether it decides a deal."""
    meanings = list(DealStatus)
    with st.expander("Stages", icon=":material/filter_alt:"):
        st.caption(f"amoCRM's own last two stages are won and lost. Two stages may have one name here. {READ_AGAIN}")
        with st.form("crm-stages", border=False):
            chosen = {}
            for each in found.stages:
                key = (each.pipeline_id, each.status_id)
                name, means = st.columns([3, 1], vertical_alignment="bottom", gap="small")
                label = f"{plain(each.pipeline)}: {plain(each.name)}"
                told = name.text_input(label, value=each.stage, max_chars=mapping.LONGEST_STAGE, key=f"crm-stage-{key}")
                meant = means.selectbox(
                    f"{label} means", meanings, index=meanings.index(each.means), format_func=MEANINGS.__getitem__, key=f"crm-means-{key}"
                )
                chosen[key] = (told, meant)
            submitted = st.form_submit_button("Save stages", key="crm-stages-save")
        if submitted:
            save(partial(mapping.name_stages, viewer=viewer, chosen=chosen, now=clock.now()), "The stages are saved.")


def fields(viewer: Viewer, found: Overview) -> None:
    """Which of the account's own fields tell a deal's source, category, product and company."""
    options = [None, *found.known_fields]
    with st.expander("Fields", icon=":material/list_alt:"):
        st.caption(f"Which of your own fields of a lead in amoCRM tells what. {READ_AGAIN}")
        with st.form("crm-fields", border=False):
            chosen = {
                name: st.selectbox(
                    words,
                    options,
                    index=options.index(found.fields[name]) if found.fields.get(name) in found.known_fields else 0,
                    format_func=lambda key: found.known_fields.get(key, "None of them"),
                    key=f"crm-field-{name}",
                )
                for name, words in FIELDS.items()
            }
            submitted = st.form_submit_button("Save fields", key="crm-fields-save")
        if submitted:
            save(partial(mapping.choose_fields, viewer=viewer, chosen=chosen, now=clock.now()), "The fields are saved.")


def _user_words(name: str, email: str) -> str:
    """The user with their address, which is to be read and not to be clicked."""
    return plain(f"{name}, {email}" if email else name).replace("@", f"{_JOINER}@")
