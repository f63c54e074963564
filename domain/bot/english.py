"""The bot in English; what is done and how it went is called as on Daily."""

from types import MappingProxyType
from typing import Final

from domain.bot.words import BotWords, ChatWords, DayWords, DealWords, FieldWords, LogWords
from domain.calendar.rule_words import DAYS, MONTHS
from domain.deals.messages.english import ENGLISH as MESSAGES
from domain.deals.warning_words import WARNING_WORDS
from domain.outcome_words import OUTCOME_NAMES
from domain.records import ActivityType, Outcome

_HELP: Final = (
    "/today – your plan and how far you are\n"
    "/deals – the deals that need you\n"
    "/log call connected 12 min with Acme: what was said – log what you did\n"
    "/stop – disconnect this chat\n"
    "/help – this list"
)

FIELD: Final = FieldWords(
    activities=MappingProxyType(
        {
            ActivityType.CALL: "Call",
            ActivityType.EMAIL: "Email",
            ActivityType.MESSAGE: "Message",
            ActivityType.MEETING: "Meeting",
            ActivityType.APPOINTMENT: "Appointment",
            ActivityType.SHOWING: "Showing",
            ActivityType.FOLLOW_UP: "Follow-up",
            ActivityType.TASK: "Task",
            ActivityType.POST: "Post",
            ActivityType.NOTE: "Note",
        }
    ),
    outcomes=OUTCOME_NAMES,
    also=MappingProxyType(
        {
            "called": ActivityType.CALL,
            "mail": ActivityType.EMAIL,
            "followup": ActivityType.FOLLOW_UP,
            "viewing": ActivityType.SHOWING,
            "spoke": Outcome.CONNECTED,
            "talked": Outcome.CONNECTED,
            "reached": Outcome.CONNECTED,
            "callback": Outcome.CALL_BACK,
            "voicemail": Outcome.LEFT_MESSAGE,
            "left a message": Outcome.LEFT_MESSAGE,
            "noshow": Outcome.NO_SHOW,
            "canceled": Outcome.CANCELLED,
        }
    ),
    warnings=MappingProxyType({rule: words.name for rule, words in WARNING_WORDS.items()}),
    metrics=MappingProxyType({}),
    weekdays=DAYS,
    months=MONTHS,
    day="{weekday}, {number} {month}",
)

ENGLISH: Final = BotWords(
    field=FIELD,
    chat=ChatWords(
        stranger="Hello! To talk to me, open Pacesetter, go to Your account and press “Connect Telegram”.",
        connected="This chat is yours now",
        connected_body="Hello {name}. Messages reach you here from now on, and you can ask me:\n\n{help}",
        bad_code="This code is not good any more. Press “Connect Telegram” on Your account for a new one.",
        full="You have as many channels as one may have. Remove one on Your account, then connect again.",
        disconnected="Disconnected. Nothing reaches you here any more; your inbox in Pacesetter has everything.",
        switched_off="You switched this chat off on Your account. Switch it on there, and I answer again.",
        sign_in_first="Sign in to Pacesetter and choose a new password first. Then I answer again.",
        unknown="I do not understand that",
        help_title="What you can ask me",
        help=_HELP,
        trouble="That did not work, and it is not your fault. Try again in a moment.",
    ),
    log=LogWords(
        logged="Logged: {what}",
        logged_body="At {time}. {undo} takes it back.",
        minutes="{minutes} min",
        usage_title="What did you do?",
        usage=(
            "Such as /log call no answer, or /log meeting 45 min: agreed on the price.\n\n"
            "What: {activities}\n\n"
            "How it went: {outcomes}\n\n"
            "A time such as 14:30, minutes, “with” and a client, and a note after a colon are welcome, and nobody needs them."
        ),
        unknown="I do not know “{word}”",
        meant="Did you mean “{word}”? Nothing was logged.",
        wrong="{activity} does not go with “{outcome}”",
        fitting="It goes with: {outcomes}. Nothing was logged.",
        no_client="No lead or open deal of yours is called “{name}”",
        no_client_body="Whom it was with comes last, before the colon: /log call connected with Acme: the price. Nothing was logged.",
        several="Several are called “{name}”",
        several_body="Say more of the name: {names}. Nothing was logged.",
        refused="Nothing was logged: {reason}",
        to_come="that time is still to come today.",
        undone="Taken back: {what}",
        nothing_to_undo="There is nothing of yours to take back there, or it is too long ago. It may be changed on Daily.",
    ),
    day=DayWords(
        done="{done} of {asked} done",
        left="about {minutes} min left",
        all_done="The plan of today is done. What you do now is on top.",
        day_off="A day off: nothing is planned. What you do counts all the same.",
        nothing="Nothing presses today.",
        minutes="{minutes} min",
        came_in="Came in since",
        so_far="So far today",
        of="{name} {value} of {target}",
        points="{points} points",
        team="Your people today",
        no_plan="no plan",
        no_team="Nobody is on your teams today.",
        more="and {count} more in Pacesetter",
    ),
    deals=DealWords(
        title="Deals that need you today",
        none_title="No deal needs you today",
        none="Nothing is wrong with the pressing ones, and none has anything planned for today.",
        planned="planned for today: {title}",
        quiet="quiet for {days} days",
        more="and {count} more in Pacesetter",
        figures=MESSAGES,
    ),
)
