"""What the 1:1 screen says."""

from typing import Final

from domain.formatting import day_text
from domain.one_on_ones.commitments import CommitmentState
from domain.one_on_ones.queue import Group
from domain.one_on_ones.talk import Talk
from domain.records import Role
from services.access import Viewer

QUESTIONS: Final = {
    Role.AGENT: "What do I want to talk about, and what did I take on?",
    Role.MANAGER: "Who needs a conversation, what about, and what was agreed?",
    Role.ADMIN: "Do people talk with each other?",
}
GROUPS: Final = {Group.THIS_WEEK: "This week", Group.SOON: "Soon", Group.IN_TURN: "In turn"}
GROUP_NOTES: Final = {
    Group.THIS_WEEK: "They asked, stopped logging, or a figure moved by more than luck.",
    Group.SOON: "A commitment is past its day, an alert about them fires, or you have not talked for four weeks.",
    Group.IN_TURN: "Nothing presses. A talk without a reason is often the best one.",
}
QUEUE_NOTE: Final = (
    "Found anew each time from Overview, Alerts and your own talks; nothing of it is stored, and only you see it. In one group all are "
    "alike: whoever you talked with longest ago stands first. A reason is a question to ask, not a verdict."
)
PRIVATE: Final = (
    "Only the two of you read this. An administrator sees that it took place, on which day; a later manager sees nothing of it."
)
READS_ALONG: Final = "{name} reads agenda and notes as soon as they are saved. There are no notes here that only you see."
NOTHING_KEPT: Final = "What was known when you talked was not kept with this 1:1."
NOT_TOGETHER: Final = "You two do not work together at the moment, so there is nothing to prepare. What was written stays to be read."
NO_TALK: Final = "There is no such 1:1 among yours."
LIVES: Final = {
    CommitmentState.OVERDUE: ":orange-badge[:material/schedule: Past its day]",
    CommitmentState.OPEN: ":blue-badge[:material/radio_button_unchecked: Open]",
    CommitmentState.DONE: ":green-badge[:material/check: Done]",
    CommitmentState.DROPPED: ":gray-badge[:material/block: Dropped]",
}


def other_name(talk: Talk, viewer: Viewer) -> str:
    """The other of the two."""
    return talk.manager_name if talk.agent_id == viewer.person_id else talk.agent_name


def when_text(talk: Talk) -> str:
    """When it was held, or for when it is planned."""
    return f"Held on {day_text(talk.held_on)}" if talk.held_on else f"Planned for {day_text(talk.planned_on)}"
