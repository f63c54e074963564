"""The words of the field as closed sets, shared by tables, metrics and screens."""

from enum import StrEnum


class Role(StrEnum):
    """What a person may do: agents see themselves, managers their teams, admins everything."""

    AGENT = "agent"
    MANAGER = "manager"
    ADMIN = "admin"


class Profile(StrEnum):
    """The kind of business a team is in; decides which figures come first and its default targets."""

    REAL_ESTATE = "real_estate"
    LOAN_OFFICER = "loan_officer"
    BDR = "bdr"
    B2B = "b2b"


class ActivityType(StrEnum):
    """What an agent did. The last three are written by the product when a lead or deal moves; they are history, not work."""

    CALL = "call"
    EMAIL = "email"
    MESSAGE = "message"
    MEETING = "meeting"
    APPOINTMENT = "appointment"
    SHOWING = "showing"
    FOLLOW_UP = "follow_up"
    TASK = "task"
    POST = "post"
    NOTE = "note"
    ASSIGNMENT = "assignment"
    STAGE_CHANGE = "stage_change"
    CONVERSION = "conversion"


WORK_TYPES = frozenset(ActivityType) - {
    ActivityType.NOTE,
    ActivityType.ASSIGNMENT,
    ActivityType.STAGE_CHANGE,
    ActivityType.CONVERSION,
}
"""Types that count as work done; notes and the product's own history entries do not."""

TALKS = frozenset({ActivityType.CALL, ActivityType.FOLLOW_UP})
"""Types that do a call somebody planned."""


class Outcome(StrEnum):
    """How an activity ended. An activity without an outcome is unknown, not unsuccessful."""

    CONNECTED = "connected"
    APPOINTMENT_SET = "appointment_set"
    INTERESTED = "interested"
    NOT_INTERESTED = "not_interested"
    CALL_BACK = "call_back"
    LEFT_MESSAGE = "left_message"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    WRONG_NUMBER = "wrong_number"
    COMPLETED = "completed"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


REACHED = frozenset(
    {
        Outcome.CONNECTED,
        Outcome.APPOINTMENT_SET,
        Outcome.INTERESTED,
        Outcome.NOT_INTERESTED,
        Outcome.CALL_BACK,
        Outcome.COMPLETED,
    }
)
"""Outcomes of a call in which somebody was spoken to: a conversation."""

NOT_HELD = frozenset({Outcome.NO_SHOW, Outcome.CANCELLED})
"""Outcomes of an appointment, meeting or showing that did not take place; it is kept, and not counted as held."""


class Direction(StrEnum):
    """Who started the contact."""

    OUTBOUND = "outbound"
    INBOUND = "inbound"


class LeadStatus(StrEnum):
    """How far a lead has come; `lost` keeps the dates it reached before."""

    NEW = "new"
    CONTACTED = "contacted"
    INTERESTED = "interested"
    CONVERTED = "converted"
    LOST = "lost"


class DealStatus(StrEnum):
    """Whether a deal is decided; the stage says where an open one stands."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


class GoalPeriod(StrEnum):
    """The stretch of time a goal is for: a calendar week, month, quarter or year, or from a day to a deadline of its own."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"
    SPAN = "span"


class GoalState(StrEnum):
    """What its owner decided about a goal; whether it is reached or missed is read from the facts, never kept."""

    ACTIVE = "active"
    PAUSED = "paused"
    CANCELLED = "cancelled"


class AdviceKind(StrEnum):
    """What a proposed target is: one of three for a goal still to be set, or another one for a goal that runs."""

    ATTAINABLE = "attainable"
    CHALLENGING = "challenging"
    ELITE = "elite"
    RAISE = "raise"
    LOWER = "lower"


class Decision(StrEnum):
    """What somebody did with a proposal: took it as it is, took it changed, or did not want it."""

    ACCEPTED = "accepted"
    EDITED = "edited"
    DECLINED = "declined"


class Level(StrEnum):
    """How far an agent has come, by the sales of the trailing twelve months."""

    NEW_AGENT = "new_agent"
    DEVELOPING = "developing"
    CONSISTENT = "consistent"
    TOP_PERFORMER = "top_performer"
    ELITE = "elite"


class Skill(StrEnum):
    """What an agent can be good at, each seen in the rate of one link of the chain from call to sale."""

    PROSPECTING = "prospecting"
    APPOINTMENT_SETTING = "appointment_setting"
    PRESENTATION = "presentation"
    FOLLOW_UP = "follow_up"
    CLOSING = "closing"
    SPEED = "speed"


class ModuleKind(StrEnum):
    """What a training module consists of."""

    MARKDOWN = "markdown"
    LINK = "link"
    VIDEO = "video"


class TranscriptState(StrEnum):
    """How far the transcript of a recording is; none is made while no transcription is set up."""

    NONE = "none"
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class EventKind(StrEnum):
    """What a calendar entry is for."""

    CALL = "call"
    APPOINTMENT = "appointment"
    SHOWING = "showing"
    MEETING = "meeting"
    TRAINING = "training"
    BLOCKED = "blocked"


class EventStatus(StrEnum):
    """What became of a calendar entry."""

    PLANNED = "planned"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"
