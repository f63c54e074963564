"""Training modules on the screen: to read or watch, to mark as done, and for an admin to write."""

from typing import Final

import streamlit as st
from sqlalchemy.orm import Session

import clock
from database import database
from domain.facts import AgentChoice
from domain.formatting import day_text
from domain.local_time import local_time
from domain.progression.skills import SKILL_LINKS
from domain.records import ModuleKind, Role, Skill
from services import training as service
from services.access import Viewer
from services.training import ModuleEntry
from services.training_input import LONGEST_BODY, LONGEST_MINUTES, LONGEST_URL, ModuleDetails, module_details
from ui.attempts import attempt, show_refusal
from ui.layout import section
from ui.progress.words import KINDS
from ui.wording import plain

NOTE: Final = "What there is to learn from, by skill. Only you mark your own as done."
_SAID: Final = "module-said"


def opener(viewer: Viewer) -> None:
    """The button that opens an empty form; for admins."""
    if viewer.role is Role.ADMIN and st.button("Add a module", icon=":material/add:", key="module-add"):
        edit(None)


def show_said() -> None:
    """Say once what became of the last change."""
    if said := st.session_state.pop(_SAID, None):
        st.success(plain(said), icon=":material/check_circle:")


def training(viewer: Viewer, agent: AgentChoice) -> None:
    """All modules with what the agent has done."""
    with database().reading() as session:
        found = service.modules(session, viewer, agent.agent_id)
    with section("Training", key="progress-training", note=NOTE, height="content"):
        if not found:
            st.markdown(":gray[No training module is on offer yet. An administrator adds them here: a text, a page or a film for a skill.]")
            return
        done = sum(each.completed_at is not None for each in found if each.is_active)
        st.caption(f"{done} of {sum(each.is_active for each in found)} done")
        for each in found:
            _module(viewer, agent, each)


def _module(viewer: Viewer, agent: AgentChoice, module: ModuleEntry) -> None:
    shown = KINDS[module.kind]
    retired = " · not on offer" if not module.is_active else ""
    label = f"{shown.symbol} **{plain(module.title)}** · {SKILL_LINKS[module.skill].name} · {module.minutes} min{retired}"
    ticked = ":green[:material/check_circle:] " if module.completed_at else ""
    with st.expander(f"{ticked}{label}", key=f"module-{module.id}"):
        _content(module)
        with st.container(horizontal=True, gap="small"):
            _completion(module, agent, is_own=viewer.person_id == agent.agent_id)
            if viewer.role is Role.ADMIN and st.button("Edit", key=f"module-edit-{module.id}", icon=":material/edit:", type="tertiary"):
                edit(module)


def _content(module: ModuleEntry) -> None:
    if module.body:
        st.markdown(module.body)
    if module.url:
        st.link_button(f"Open the {KINDS[module.kind].name.lower()}", module.url, icon=KINDS[module.kind].symbol)


def _completion(module: ModuleEntry, agent: AgentChoice, *, is_own: bool) -> None:
    if module.completed_at is not None:
        st.markdown(f":green[:material/check_circle: Done on {day_text(local_time(module.completed_at, agent.time_zone).on)}]")
    elif not is_own:
        st.markdown(":gray[Not done yet]")
    if not is_own:
        return
    if module.completed_at is None:
        st.button("Mark as done", key=f"module-done-{module.id}", icon=":material/check:", on_click=_done, args=(module.id,))
    else:
        st.button("Not done after all", key=f"module-undo-{module.id}", type="tertiary", on_click=_undone, args=(module.id,))


def _done(module_id: int) -> None:
    attempt(lambda session, viewer: service.complete(session, viewer, module_id, clock.now()))


def _undone(module_id: int) -> None:
    attempt(lambda session, viewer: service.take_back(session, viewer, module_id))


@st.dialog("Training module", icon=":material/school:", width="large", on_dismiss="rerun")
def edit(module: ModuleEntry | None) -> None:
    """A new module, or another version of one."""
    key = f"module-form-{module.id}-{module.version}" if module else "module-form-new"
    title = st.text_input("Title", value=module.title if module else "", max_chars=120, key=f"{key}-title")
    skill = st.selectbox(
        "For the skill", list(Skill), index=list(Skill).index(module.skill) if module else 0, format_func=_skill_name, key=f"{key}-skill"
    )
    kind = st.segmented_control(
        "Made of",
        list(ModuleKind),
        default=module.kind if module else ModuleKind.MARKDOWN,
        required=True,
        format_func=_kind,
        key=f"{key}-kind",
    )
    url = ""
    if kind is not ModuleKind.MARKDOWN:
        url = st.text_input("Address", value=module.url if module else "", max_chars=LONGEST_URL, placeholder="https://", key=f"{key}-url")
    what = "Text, in Markdown" if kind is ModuleKind.MARKDOWN else "What it is about"
    body = st.text_area(what, value=module.body if module else "", max_chars=LONGEST_BODY, height=200, key=f"{key}-body")
    minutes = st.number_input("Minutes", 1, LONGEST_MINUTES, value=module.minutes if module else 15, key=f"{key}-minutes")
    offered = st.toggle("On offer", value=module.is_active if module else True, key=f"{key}-active")
    if st.button("Save", type="primary", icon=":material/check:", key=f"{key}-save"):
        fields: dict[str, object] = {
            "title": title,
            "skill": skill,
            "kind": kind,
            "url": url,
            "body": body,
            "minutes": int(minutes),
            "is_active": offered,
        }
        _save(module, fields)
    show_refusal()


def _save(module: ModuleEntry | None, fields: dict[str, object]) -> None:
    if attempt(lambda session, viewer: _stored(session, viewer, module, module_details(**fields))):
        st.session_state[_SAID] = f"“{fields['title']}” is stored."
        st.rerun(scope="app")


def _stored(session: Session, viewer: Viewer, module: ModuleEntry | None, details: ModuleDetails) -> int:
    if module is None:
        return service.create(session, viewer, details, clock.now())
    service.change(session, viewer, module.id, module.version, details, clock.now())
    return module.id


def _skill_name(skill: Skill) -> str:
    return SKILL_LINKS[skill].name


def _kind(kind: ModuleKind) -> str:
    return KINDS[kind].name
