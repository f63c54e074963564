"""Reviews of deals in English."""

from types import MappingProxyType
from typing import Final

from domain.conversations.words import Objection
from domain.deals.review_words.words import Deed, DeedWords, ReviewWords, Say
from domain.formatting import day_text, money_text, number_text
from domain.records import EventKind

_SENTENCES: Final = MappingProxyType(
    {
        Say.IN_STAGE: "In “{stage}” {stage_span}",
        Say.IN_STAGE_UNDATED: "In “{stage}”",
        Say.IN_NO_STAGE: "In no stage yet",
        Say.CREATED: "created {created_ago}",
        Say.WORTH: "worth {amount}",
        Say.NOW_GHOSTED: "The client does not answer: {unanswered} of our calls and messages wait, the first since {unanswered_day}.",
        Say.NOW_GIVEN_UP: "Nothing was done for it for {quiet_days}, so the question is whether it is still a deal.",
        Say.NOW_OVERDUE: "It was to close {close_ago}, on {close_day}, and is still open.",
        Say.NOW_QUIET: "Nothing was done for it for {quiet_days}.",
        Say.NOW_STALLED: "It does not move on: four of five won deals left this stage within {usual_late}.",
        Say.NOW_STALLED_UNUSUALLY: "It does not move on from there.",
        Say.NOW_UNPLANNED: "It is worked on, and nothing is planned after that.",
        Say.NOW_WATCHED: "It moves, with something to look at.",
        Say.NOW_MOVING: "It moves, and next is the {next_kind} on {next_day}.",
        Say.NOW_FINE: "Nothing warns of it.",
        Say.GOOD_ANSWERED: "The client last took part {answered_ago}.",
        Say.GOOD_PLANNED: "The next step stands in the calendar: the {next_kind} on {next_day}.",
        Say.GOOD_MEETINGS: "You have met; meetings so far: {meetings}.",
        Say.GOOD_INCOMING: "The client gets in touch by themselves; calls and messages that came in: {incoming}.",
        Say.GOOD_CALLS: "There is talk: {calls} calls, {call_minutes} min on those whose length is known.",
        Say.GOOD_TASKS: "Promises are kept: {tasks_done} of {tasks_due} tasks that were due are done.",
        Say.GOOD_PACE: "It keeps the pace: half of the won deals stayed in this stage for {usual_median} or longer.",
        Say.GOOD_CONTACTS: "It does not hang on one person; people known on the other side: {contacts}.",
        Say.GOOD_WAY: "It has come a long way; stages entered so far: {stages}.",
        Say.CONCERN_PUSHED: "The closing day moves away; times it was put off: {pushes}.",
        Say.CONCERN_NOTE: "A note of {note_day} has words that deserve a second look.",
        Say.CONCERN_OBJECTIONS: "Objections without a next step, with the notes that tell of them: {objections}.",
        Say.CONCERN_TASKS: "Tasks past their time and still open: {overdue}, the oldest from {overdue_day}.",
        Say.CONCERN_CONTACTS: "It is large and rests on few people; known on the other side: {contacts}.",
        Say.CONCERN_UNTOUCHED: "Nobody has talked or written to the client yet.",
        Say.CONCERN_PAUSE: "No contact for {quiet_days}; they may be losing interest.",
        Say.CONCERN_SLOW: "It is slower than usual: half of the won deals left this stage within {usual_median}.",
        Say.CONCERN_ONE_SIDED: "It goes one way: {outgoing} calls and messages went out, and none came in.",
        Say.CONCERN_CLOSES_SOON: "It is to close {close_in}, on {close_day}; there is little time for what is left.",
        Say.CONCERN_NO_AMOUNT: "What it is worth is not known.",
        Say.CONCERN_NO_CLOSE: "No day is set by which it should close.",
        Say.FLAG_GHOSTED: "No answer since {unanswered_day}; calls and messages that wait for one: {unanswered}.",
        Say.FLAG_QUIET: "No activity for {quiet_days}.",
        Say.FLAG_OVERDUE: "The closing day, {close_day}, passed {close_ago}.",
        Say.FLAG_STALLED: "Stuck in “{stage}” {stage_span}; four of five won deals left it within {usual_late}.",
        Say.FLAG_STALLED_UNUSUALLY: "Stuck in “{stage}” {stage_span}.",
        Say.FLAG_UNPLANNED: "Nothing is planned: no call, meeting or task lies ahead.",
        Say.AT_STAKE: "{why} At stake: {amount}.",
        Say.CHANCE: "{why} Its chance of a sale within {chance_within} is about {chance}.",
        Say.PLAN_TODAY: "Today: {step}",
        Say.PLAN_NEXT: "Next working day: {step}",
        Say.PLAN_AFTER: "The day after: {step}",
        Say.PLAN_WRITE_DOWN: "Write down what was said, and plan the step that follows",
        Say.PLAN_LOOK_AGAIN: "See what came of it, and move the deal to where it stands now",
    }
)
_DEEDS: Final = MappingProxyType(
    {
        Deed.REACH: DeedWords(
            what="Reach the client another way",
            why="{unanswered} calls and messages wait for an answer, the first went out {unanswered_ago}.",
            how="Call at another time of day, or send two lines with one easy question; ask a second contact if you know one.",
            phrases=(
                "I have not reached you lately. Is it still on your list, or shall I come back to you later?",
                "One quick question, and a yes or no is enough: does the offer still fit what you need?",
            ),
        ),
        Deed.FIRST_TALK: DeedWords(
            what="Talk to the client for the first time",
            why="Nothing has been done for it yet; it was created {created_ago}.",
            how="Call, ask what they want to change and by when, and agree on the day you talk again.",
            phrases=("Thank you for your interest. What would have to be different for you after this?",),
        ),
        Deed.CALL: DeedWords(
            what="Call the client",
            why="No activity for {quiet_days}.",
            how="Begin with something of use to them, such as an answer they waited for or a similar client's result, and end with a day.",
            phrases=(
                "I have something for you that may make the decision easier. Do you have a few minutes?",
                "What has changed on your side since we last talked?",
            ),
        ),
        Deed.CLOSE_DAY: DeedWords(
            what="Agree on a new closing day",
            why="It was to close on {close_day}, {close_ago}.",
            how="Ask what is still missing on their side, set the day they name, or close the deal as lost.",
            phrases=("We had {close_day} in mind. What is still missing for you, and which day is realistic now?",),
        ),
        Deed.FINISH: DeedWords(
            what="Settle what is left before the closing day",
            why="It is to close {close_in}, on {close_day}.",
            how="Go through the open points with whoever signs: paper, payment, start; write down who does what by when.",
            phrases=("To be ready on {close_day}: what is still open for you, and who else has to agree?",),
        ),
        Deed.NEXT_STEP: DeedWords(
            what="Put the next step into the calendar",
            why="No call, meeting or task lies ahead.",
            how="Offer the client two times to choose from, and enter the one they take.",
            phrases=("Shall we fix when we talk next? I can offer you two times.",),
        ),
        Deed.TASKS: DeedWords(
            what="Do the oldest open task, and move or call off the others",
            why="Tasks past their time: {overdue}, the oldest from {overdue_day}.",
            how="If the client waits for it, say when they get it before they have to ask.",
            phrases=("I owe you something, and you will have it today.",),
        ),
        Deed.READ_NOTE: DeedWords(
            what="Read the note again, and ask about it openly",
            why="A note of {note_day} has words that deserve a second look.",
            how="Say what you heard, ask whether it still holds, and listen before you offer anything.",
            phrases=("Last time you had a doubt. Is it still there, and what would have to be true for it to go?",),
        ),
        Deed.UNSTICK: DeedWords(
            what="Find out what holds it in its stage",
            why="It has been in “{stage}” {stage_span}.",
            how="Ask what has to happen before they move on and who decides it; offer to do the next part for them.",
            phrases=("What has to happen on your side before we take the next step, and who decides it?",),
        ),
        Deed.HOLD_DAY: DeedWords(
            what="Ask what would make the closing day hold",
            why="Times it was put off: {pushes}.",
            how="Go backwards from the day with them: what must be done by when, and by whom; write it down and send it.",
            phrases=("Let us go backwards from the day together: what must be ready before it?",),
        ),
        Deed.DECIDE: DeedWords(
            what="Decide whether it is still a deal",
            why="No activity for {quiet_days}.",
            how="Send one last friendly message with a day; without an answer by then close it as lost, and note why.",
            phrases=("I would like to close this file for now unless it is still of interest to you. Is that fine with you?",),
        ),
        Deed.PREPARE: DeedWords(
            what="Prepare the {next_kind} of {next_day}",
            why="It is the next step.",
            how="Write down the one thing the client should agree to in it, and what you bring for that.",
            phrases=("Looking forward to {next_day}. What should we make sure to talk about?",),
        ),
        Deed.SECOND_CONTACT: DeedWords(
            what="Get to know a second person on the other side",
            why="People known there: {contacts}.",
            how="Ask who else will use it or pay for it, and ask to be introduced.",
            phrases=("Who else will work with it? I would be glad to answer their questions, too.",),
        ),
        Deed.MEET: DeedWords(
            what="Offer a meeting or a demonstration",
            why="Touches so far: {touches}, and no meeting among them.",
            how="Offer it for this week or next, and say what they will have seen or decided by its end.",
            phrases=("Shall I show it to you? It says more than another message.",),
        ),
        Deed.ASK_AMOUNT: DeedWords(
            what="Find out what it is worth",
            why="No amount is known.",
            how="Ask for the frame they have in mind, and write it into the deal.",
            phrases=("So that I offer you the right thing: which frame do you have in mind?",),
        ),
        Deed.ASK_DAY: DeedWords(
            what="Agree on a day by which they decide",
            why="No closing day is set.",
            how="Ask until when they need it, and reckon back from there together.",
            phrases=("Until when do you need it? Then we can reckon back what comes first.",),
        ),
    }
)
_KINDS: Final = MappingProxyType(
    {
        EventKind.CALL: "call",
        EventKind.APPOINTMENT: "appointment",
        EventKind.SHOWING: "showing",
        EventKind.MEETING: "meeting",
        EventKind.TRAINING: "training",
        EventKind.BLOCKED: "task",
    }
)


def _days(count: float) -> str:
    return "1 day" if count == 1 else f"{number_text(count)} days"


def _span(days: int) -> str:
    return f"for {_days(days)}" if days else "since today"


def _ago(days: int) -> str:
    return f"{_days(days)} ago" if days else "today"


def _ahead(days: int) -> str:
    return f"in {_days(days)}" if days else "today"


_OBJECTIONS: Final = MappingProxyType(
    {
        Objection.PRICE: "price",
        Objection.TIMING: "timing",
        Objection.COMPETITOR: "a competitor",
        Objection.TRUST: "trust",
        Objection.AUTHORITY: "who decides",
        Objection.NEED: "need",
    }
)

ENGLISH: Final = ReviewWords(
    name="English",
    sentences=_SENTENCES,
    deeds=_DEEDS,
    kinds=_KINDS,
    objections=_OBJECTIONS,
    number=number_text,
    days=_days,
    span=_span,
    ago=_ago,
    ahead=_ahead,
    day=day_text,
    money=money_text,
)
