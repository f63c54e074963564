"""The fields that say who somebody is; the same for an invitation and an edit."""

from typing import Any

import streamlit as st

from domain.jurisdictions import REGIONS
from domain.records import Role
from services.people import DirectoryEntry
from services.places import time_zones
from services.recording_consent import jurisdiction_name
from ui.people.words import CRM_ID, ROLE_WORDS, WEEKDAYS


def person_fields(prefix: str, *, zone: str, person: DirectoryEntry | None = None) -> dict[str, Any]:
    """Draw them, filled with the person where there is one; the values as the service takes them."""
    zones = list(dict.fromkeys((*time_zones(), zone)))
    roles, regions = list(Role), [None, *REGIONS]
    left, right = st.columns(2)
    name = left.text_input("Name", value=person.name if person else "", key=f"{prefix}_name", max_chars=120)
    email = right.text_input("E-mail", value=(person.email or "") if person else "", key=f"{prefix}_email", max_chars=254)
    return {
        "name": name,
        "email": email,
        "role": left.selectbox(
            "Role",
            roles,
            index=roles.index(person.role if person else Role.AGENT),
            format_func=ROLE_WORDS.__getitem__,
            key=f"{prefix}_role",
            help="Agents see themselves, managers their teams, administrators everything.",
        ),
        "time_zone": right.selectbox("Time zone", zones, index=zones.index(zone), key=f"{prefix}_zone"),
        "region": st.selectbox(
            "State or province",
            regions,
            index=regions.index(person.region if person else None),
            format_func=lambda code: jurisdiction_name(code) if code else "Not said",
            key=f"{prefix}_region",
            help="Where states have laws of their own about recording calls; the strictest of the country holds until it is said.",
        ),
        "working_days": st.pills(
            "Working days",
            list(WEEKDAYS),
            default=list(person.working_days) if person else [1, 2, 3, 4, 5],
            selection_mode="multi",
            format_func=WEEKDAYS.__getitem__,
            key=f"{prefix}_days",
        ),
        "external_id": st.text_input(
            CRM_ID,
            value=(person.external_id or "") if person else "",
            key=f"{prefix}_external",
            max_chars=120,
            help="Their id or name in the CRM you import from; imports find them by it.",
        ),
    }
