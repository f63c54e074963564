"""The stages of each pipeline as administrators arrange them: names, order, meanings, and who changed what."""

from functools import partial
from typing import Final

import streamlit as st
from sqlalchemy.orm import Session

import clock
from database import database
from domain.local_time import wall_clock
from domain.pipeline.stages import MEANINGS, Meaning, Stage
from domain.records import Profile
from services import pipeline_stages
from services.access import Viewer
from services.pipeline_stages import StageEdit, stage_details
from ui import tables
from ui.outcome import save
from ui.people.words import PROFILE_WORDS
from ui.wording import plain

NOTE: Final = (
    "What a stage is called and where it stands is yours; figures count by what it means. A stage leaves the board when it is out of use, "
    "which is refused while open deals stand in it."
)
NEW: Final = "A new stage"
_PER_CENT: Final = 100


def show(viewer: Viewer) -> None:
    """A pipeline with its stages, the form that changes one or adds one, and what was changed."""
    profiles = list(Profile)
    profile = st.selectbox("Pipeline", profiles, format_func=PROFILE_WORDS.__getitem__, key="stages-profile", width=300) or profiles[0]
    with database().reading() as session:
        found = pipeline_stages.pipelines(session).by_profile[profile]
        edits = pipeline_stages.edits(session, viewer, profile)
    rows = [_row(place, stage) for place, stage in enumerate(found, 1)]
    tables.in_words(rows, key=f"stages-{profile}", alt_text="; ".join(f"{row['Stage']}: {row['Means']}" for row in rows))
    names = {stage.key: stage.name for stage in found}
    key = st.selectbox("Change", [NEW, *names], format_func=lambda each: names.get(each, NEW), key=f"stage-which-{profile}", width=300)
    _form(viewer, profile, next((stage for stage in found if stage.key == key), None), found)
    if edits:
        with st.expander("Who changed what", icon=":material/history:"):
            st.markdown("\n".join(f"- {plain(_told(each, viewer.time_zone), limit=400)}" for each in edits))


def _row(place: int, stage: Stage) -> dict[str, str]:
    chance = "–" if stage.chance is None else f"{round(stage.chance * _PER_CENT)} %"
    used = "yes" if stage.is_used else "no"
    return {"Place": str(place), "Stage": stage.name, "Means": MEANINGS[stage.meaning], "Chance": chance, "Used": used}


def _form(viewer: Viewer, profile: Profile, stage: Stage | None, stages: tuple[Stage, ...]) -> None:
    key, place = f"{profile}-{stage.key if stage else 'new'}", stages.index(stage) + 1 if stage else len(stages)
    meaning = stage.meaning if stage else Meaning.ON_THE_WAY
    with st.form(f"stage-form-{key}", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        said: dict[str, object] = {
            "name": st.text_input("Name", stage.name if stage else "", max_chars=80, key=f"stage-name-{key}", width=220),
            "meaning": st.selectbox(
                "Means", list(Meaning), list(Meaning).index(meaning), format_func=MEANINGS.__getitem__, key=f"stage-means-{key}", width=220
            ),
            "place": st.number_input("Place", 1, len(stages) + 1, place, key=f"stage-place-{key}", width=120),
            "is_used": st.checkbox("Used", value=stage.is_used if stage else True, key=f"stage-used-{key}"),
        }
        known = None if stage is None or stage.chance is None else round(stage.chance * _PER_CENT)
        chance = st.number_input("Chance (%)", 0, _PER_CENT, known, key=f"stage-chance-{key}", width=140)
        submitted = st.form_submit_button("Save stage", key=f"stage-save-{key}", type="primary")
    if submitted:
        said["chance"] = None if chance is None else chance / _PER_CENT
        save(partial(_save, viewer, profile, stage, said), f"The stage “{said['name']}” is saved.")


def _save(viewer: Viewer, profile: Profile, stage: Stage | None, said: dict[str, object], session: Session) -> None:
    if stage is None:
        pipeline_stages.add(session, viewer, profile, stage_details(**said), clock.now())
    else:
        pipeline_stages.change(session, viewer, profile, stage.key, stage_details(**said), clock.now())


def _told(edit: StageEdit, zone: str) -> str:
    parts = "; ".join(f"{what}: {before or 'none'} → {after or 'none'}" for what, (before, after) in edit.changed.items())
    return f"{wall_clock(edit.at, zone):%d %b %Y} · {edit.by or 'somebody who left'} · {edit.key} · {parts}"
