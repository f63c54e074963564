"""Step 3: whose clocks, which system, new people; and keeping the mapping for the next time."""

from collections.abc import Sequence

import streamlit as st

from database import database
from domain.errors import PacesetterError
from domain.records import Role
from services import import_history
from services.access import Viewer
from services.imports import Kind, Mapping
from services.places import time_zones
from ui import outcome
from ui.wording import plain


def options(mapping: Mapping, viewer: Viewer, teams: Sequence[str], key: str, *, brings_people: bool) -> Mapping:
    """Settings that belong to the whole file; `brings_people` where its people can be no others than new ones."""
    zones = list(dict.fromkeys((*time_zones(), mapping.time_zone)))
    left, right = st.columns(2)
    zone = left.selectbox(
        "Times in the file are in",
        zones,
        index=zones.index(mapping.time_zone),
        key=f"imports-field-{key}-whole-zone",
        help="For times that carry no offset themselves.",
    )
    origin = right.text_input(
        "Name of the other system",
        value=mapping.origin,
        max_chars=40,
        key=f"imports-field-{key}-whole-origin",
        help="Ids are unique within one system. Use the same name for files that belong together.",
    )
    creates = mapping.kind is Kind.PEOPLE or left.toggle(
        "Create people and teams from the file", value=mapping.create_people or brings_people, key=f"imports-field-{key}-whole-create"
    )
    team = _team(mapping, viewer, teams, key, right) if creates else ""
    changed = mapping.model_dump() | {
        "time_zone": zone,
        "origin": origin.strip().lower() or "file",
        "create_people": bool(creates),
        "team": team,
    }
    try:
        return Mapping.model_validate(changed)
    except ValueError:
        st.error("The system's name may have small letters, digits, dots, dashes and underscores, and is not “app” or “demo”.")
        return mapping


def _team(mapping: Mapping, viewer: Viewer, teams: Sequence[str], key: str, place: st.delta_generator.DeltaGenerator) -> str:
    choices = list(dict.fromkeys((*(() if viewer.role is Role.MANAGER and teams else ("",)), *teams)))
    return (
        place.selectbox(
            "Team of new people whose row names none",
            choices,
            index=choices.index(mapping.team) if mapping.team in choices else 0,
            format_func=lambda name: name or "No team",
            key=f"imports-field-{key}-whole-team",
        )
        or ""
    )


def keep(mapping: Mapping, viewer: Viewer) -> None:
    """Keep the mapping under a name."""
    with st.popover("Keep this mapping", icon=":material/bookmark:", type="tertiary", key="imports-keep"):
        name = st.text_input("Name", max_chars=80, key="imports-keep-name", placeholder="Monthly CRM export")
        if st.button("Keep", key="imports-keep-save", disabled=not name.strip()):
            try:
                database().write(lambda session: import_history.keep_mapping(session, viewer, name, mapping))
            except PacesetterError as error:
                st.error(plain(str(error)))
            else:
                outcome.tell(f"The mapping “{name.strip()}” is kept.")
                st.rerun()
