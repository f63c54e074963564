"""Words of another system and ours: what a stage, type or outcome most likely means."""

from enum import StrEnum
from typing import Final, TypeVar

from data.imports.values.texts import key, letters
from domain.records import ActivityType, DealStatus, Direction, LeadStatus, Outcome

Words = TypeVar("Words", bound=StrEnum)

MEANINGS: Final[dict[type[StrEnum], dict[StrEnum, tuple[str, ...]]]] = {
    DealStatus: {
        DealStatus.WON: (
            "won",
            "closedwon",
            "142",
            "success",
            "signed",
            "sold",
            "activated",
            "gewonnen",
            "gagné",
            "ganado",
            "успешно",
            "продан",
        ),
        DealStatus.LOST: (
            *("lost", "closedlost", "143", "cancel", "declin", "reject", "dead", "abandon", "disqualif"),
            *("verloren", "perdu", "perdid", "нереализ", "проигр", "отказ", "закрытоине"),
        ),
        DealStatus.OPEN: ("open", "inprogress", "pending", "offen", "abiert", "ouvert", "открыт"),
    },
    LeadStatus: {
        LeadStatus.CONVERTED: ("convert", "won", "customer", "qualifiedclosed", "sold"),
        LeadStatus.LOST: ("lost", "unqualif", "disqualif", "dead", "junk", "notinterested", "bad"),
        LeadStatus.INTERESTED: ("interest", "qualified", "warm", "hot", "nurtur", "opportunity"),
        LeadStatus.CONTACTED: ("contacted", "working", "attempt", "connected", "inprogress", "open"),
        LeadStatus.NEW: ("new", "fresh", "notcontacted", "uncontacted", "нов"),
    },
    ActivityType: {
        ActivityType.FOLLOW_UP: ("followup",),
        ActivityType.CALL: ("call", "phone", "dial", "звонок", "anruf", "llamada", "appel"),
        ActivityType.EMAIL: ("email", "mail", "письмо"),
        ActivityType.MESSAGE: ("message", "sms", "whatsapp", "chat", "text", "telegram", "сообщение"),
        ActivityType.SHOWING: ("showing", "viewing", "tour", "openhouse", "показ"),
        ActivityType.APPOINTMENT: ("appointment", "visit", "demo", "termin"),
        ActivityType.MEETING: ("meeting", "event", "lunch", "meet", "встреча", "besprechung"),
        ActivityType.POST: ("post", "linkedin", "social"),
        ActivityType.NOTE: ("note", "comment", "примечание"),
        ActivityType.TASK: ("task", "todo", "deadline", "задача", "aufgabe"),
    },
    Outcome: {
        Outcome.APPOINTMENT_SET: ("appointmentset", "meetingscheduled", "booked", "scheduled"),
        Outcome.NOT_INTERESTED: ("notinterested", "declined", "refused", "donotcall"),
        Outcome.INTERESTED: ("interested",),
        Outcome.CALL_BACK: ("callback", "calllater", "callagain", "reschedul"),
        Outcome.LEFT_MESSAGE: ("leftmessage", "voicemail", "leftlivemessage", "leftvoicemail", "message"),
        Outcome.NO_SHOW: ("noshow",),
        Outcome.NO_ANSWER: ("noanswer", "unanswered", "missed", "notreached"),
        Outcome.BUSY: ("busy",),
        Outcome.WRONG_NUMBER: ("wrongnumber", "wrong", "badnumber"),
        Outcome.CANCELLED: ("cancel",),
        Outcome.CONNECTED: ("connected", "answered", "reached", "spoke"),
        Outcome.COMPLETED: ("complete", "done", "held", "finished"),
    },
    Direction: {
        Direction.INBOUND: ("inbound", "incoming", "in"),
        Direction.OUTBOUND: ("outbound", "outgoing", "out"),
    },
}
TRUE: Final = frozenset({"true", "yes", "1", "done", "completed", "complete", "y", "ja", "да", "x"})
FALSE: Final = frozenset({"false", "no", "0", "to do", "todo", "open", "n", "nein", "нет", "not started", "in progress", "planned"})


def word(value: str, words: type[Words]) -> Words:
    """The member the text names exactly, by its value or name; ValueError with the choices otherwise."""
    wanted = letters(value)
    member = next((member for member in words if letters(member.value) == wanted), None)
    if member is None:
        raise ValueError(f"“{value[:60]}” is not mapped to any of: {', '.join(words)}.")
    return member


def suggested(value: str, words: type[Words]) -> Words | None:
    """The member the text most likely means, or None; a deal's stage that is neither won nor lost is open."""
    wanted = letters(value)
    if not wanted:
        return None
    for test in (str.__eq__, str.startswith, str.__contains__):
        for member, signs in MEANINGS.get(words, {}).items():
            if any(test(wanted, sign) for sign in signs if test is str.__eq__ or len(sign) > len("in")):
                return words(member)
    return words(DealStatus.OPEN) if words is DealStatus else None


def yes_or_no(value: str) -> bool:
    """Whether something is done; ValueError for words that say neither."""
    wanted = key(value)
    if wanted in TRUE or wanted in FALSE:
        return wanted in TRUE
    raise ValueError("This says neither yes nor no.")
