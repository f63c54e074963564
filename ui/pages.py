"""The screens: where each is, what it is called, who it is for. The router, the guard and the tests read this list."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

import streamlit as st

from domain.features import Feature
from domain.records import Role
from services.access import Viewer

FOLDER: Final = Path(__file__).resolve().parent.parent / "pages"
EVERYBODY: Final = frozenset(Role)
LEADS: Final = frozenset({Role.MANAGER, Role.ADMIN})
ADMINS: Final = frozenset({Role.ADMIN})


class Group(StrEnum):
    """What stands together in the menu, under this heading."""

    TODAY = "Today"
    CLIENTS = "Clients"
    RESULTS = "Results"
    CLOSER = "A closer look"
    SET_UP = "Set up"
    YOU = "You"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSpec:
    """One screen. Its key is its address (`/key`) and its file (`pages/key.py`)."""

    key: str
    title: str
    icon: str
    """A Material symbol's name."""
    roles: frozenset[Role]
    group: Group | None
    """Where it stands in the menu; None for a screen that is reached from another one."""
    live: tuple[str, ...] = ()
    """The keys of its fragments that are drawn again when the facts behind them change."""
    feature: Feature | None = None
    """What must be switched on for somebody to have it."""

    def is_for(self, viewer: Viewer) -> bool:
        """Whether it exists for the viewer: their role has it, and it is switched on for them."""
        return viewer.role in self.roles and (self.feature is None or viewer.may_use(self.feature))

    def page(self) -> st.Page:
        """The screen as Streamlit wants it."""
        return st.Page(
            FOLDER / f"{self.key}.py",
            title=self.title,
            icon=f":material/{self.icon}:",
            url_path=self.key,
            visibility="visible" if self.group else "hidden",
        )


PAGES: Final = (
    PageSpec(key="overview", title="Overview", icon="space_dashboard", roles=LEADS, group=Group.TODAY, live=("figures",)),
    PageSpec(
        key="alerts",
        title="Alerts",
        icon="notification_important",
        roles=LEADS,
        group=Group.TODAY,
        live=("alerts",),
        feature=Feature.ALERTS,
    ),
    PageSpec(
        key="daily",
        title="Daily",
        icon="today",
        roles=EVERYBODY,
        group=Group.TODAY,
        live=("plan", "play", "joy", "scoreboard", "call", "next", "done", "agent-figures", "goals-summary", "insights", "timeline"),
    ),
    PageSpec(key="calendar", title="Calendar", icon="event", roles=EVERYBODY, group=Group.TODAY, live=("calendar",)),
    PageSpec(key="one_on_ones", title="1:1", icon="forum", roles=EVERYBODY, group=Group.TODAY, live=("one-on-ones",)),
    PageSpec(key="leads", title="Leads", icon="contacts", roles=EVERYBODY, group=Group.CLIENTS, live=("leads",)),
    PageSpec(key="deals", title="Deals", icon="handshake", roles=EVERYBODY, group=Group.CLIENTS, live=("deals",)),
    PageSpec(
        key="pipeline",
        title="Pipeline",
        icon="filter_alt",
        roles=EVERYBODY,
        group=Group.CLIENTS,
        live=("figures",),
        feature=Feature.PIPELINE,
    ),
    PageSpec(key="weekly", title="Weekly", icon="date_range", roles=EVERYBODY, group=Group.RESULTS, live=("figures", "vision", "content")),
    PageSpec(key="monthly", title="Monthly", icon="calendar_month", roles=EVERYBODY, group=Group.RESULTS, live=("figures",)),
    PageSpec(key="goals", title="Goals", icon="flag", roles=EVERYBODY, group=Group.RESULTS, live=("goals",)),
    PageSpec(key="targets", title="Targets", icon="track_changes", roles=LEADS, group=Group.RESULTS, live=("targets",)),
    PageSpec(key="leaderboard", title="Leaderboard", icon="leaderboard", roles=EVERYBODY, group=Group.RESULTS, live=("figures",)),
    PageSpec(
        key="progress",
        title="Progress",
        icon="military_tech",
        roles=EVERYBODY,
        group=Group.RESULTS,
        live=("progress", "achievements", "claims"),
    ),
    PageSpec(key="activity", title="What works", icon="insights", roles=EVERYBODY, group=Group.CLOSER, live=("what-works",)),
    PageSpec(key="heatmap", title="Heatmap", icon="calendar_view_week", roles=EVERYBODY, group=Group.CLOSER),
    PageSpec(key="records", title="Records", icon="list_alt", roles=EVERYBODY, group=Group.CLOSER),
    PageSpec(key="success", title="Success", icon="verified", roles=ADMINS, group=Group.CLOSER, live=("success",)),
    PageSpec(key="imports", title="Imports", icon="upload_file", roles=LEADS, group=Group.SET_UP),
    PageSpec(key="people", title="People", icon="group", roles=ADMINS, group=Group.SET_UP),
    PageSpec(key="settings", title="Settings", icon="settings", roles=ADMINS, group=Group.SET_UP),
    PageSpec(key="status", title="Status", icon="monitor_heart", roles=ADMINS, group=Group.SET_UP),
    PageSpec(key="inbox", title="Inbox", icon="notifications", roles=EVERYBODY, group=Group.YOU),
    PageSpec(key="account", title="Your account", icon="account_circle", roles=EVERYBODY, group=Group.YOU),
    PageSpec(key="privacy", title="Privacy", icon="shield_person", roles=EVERYBODY, group=None),
)
"""In the order of the menu, each group in one piece; a person's first page is the first one their role has."""


def page_spec(key: str) -> PageSpec:
    """The screen with this key; raises KeyError for an unknown one."""
    return next((spec for spec in PAGES if spec.key == key), None) or _unknown(key)


def pages_for(role: Role) -> list[PageSpec]:
    """The screens a role can have."""
    return [spec for spec in PAGES if role in spec.roles]


def pages_of(viewer: Viewer) -> list[PageSpec]:
    """The screens that exist for the viewer."""
    return [spec for spec in PAGES if spec.is_for(viewer)]


def live_parts(viewer: Viewer, url_path: str) -> tuple[str, ...]:
    """What moves by itself on the viewer's screen at this address; nothing at the bare one, nor where they have none."""
    return next((spec.live for spec in pages_of(viewer) if spec.key == url_path), ())


def _unknown(key: str) -> PageSpec:
    raise KeyError(key)
