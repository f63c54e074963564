"""Everything that can be earned, in the order of the gallery, and who can earn it."""

from typing import Final

from domain.coaching.achievements import Achievement, Condition, Kind
from domain.periods import Grain
from domain.records import Profile


def _award(key: str, name: str, about: str, icon: str, **fields: object) -> Achievement:
    return Achievement(key=key, name=name, about=about, icon=icon, kind=Kind.AWARD, **fields)  # type: ignore[arg-type]


def _sales(key: str, name: str, least: int, icon: str) -> Achievement:
    about = "Won with you, since your records begin."
    return _award(key, name, about, icon, condition=Condition.CUMULATIVE, counter="deals_won", unit=SALE, least=least)


def _club(profile: Profile, least: int) -> Achievement:
    return Achievement(
        key=f"sales_club_{profile.value}",
        name="Month's club",
        about=f"{least} sales in a calendar month.",
        icon="workspace_premium",
        kind=Kind.MEMBERSHIP,
        condition=Condition.COUNT,
        counter="deals_won",
        unit=SALE,
        least=least,
        grain=Grain.MONTH,
        profiles=frozenset({profile}),
    )


def _week(key: str, name: str, icon: str, counter: str, unit: tuple[str, str], least: int, *profiles: Profile) -> Achievement:
    about = f"{least} {unit[1]} in a week."
    return _award(
        key,
        name,
        about,
        icon,
        condition=Condition.COUNT,
        counter=counter,
        unit=unit,
        least=least,
        grain=Grain.WEEK,
        profiles=frozenset(profiles or Profile),
    )


def _day(key: str, name: str, icon: str, counter: str, unit: tuple[str, str], least: int) -> Achievement:
    about = f"{least} {unit[1]} on one day; once a week."
    return _award(key, name, about, icon, condition=Condition.DAY, counter=counter, unit=unit, least=least, grain=Grain.WEEK)


SALE: Final = ("sale", "sales")
CALL: Final = ("call", "calls")
CONVERSATION: Final = ("conversation", "conversations")
ANSWER: Final = ("lead answered within the hour", "leads answered within the hour")

ACHIEVEMENTS: Final = (
    _sales("first_sale", "First sale", 1, "celebration"),
    _sales("ten_sales", "Ten sales", 10, "looks_one"),
    _sales("fifty_sales", "Fifty sales", 50, "military_tech"),
    _sales("hundred_sales", "Hundred sales", 100, "diamond"),
    _award(
        "thousand_conversations",
        "A thousand conversations",
        "People you spoke to on the phone, since your records begin.",
        "forum",
        condition=Condition.CUMULATIVE,
        counter="conversations",
        unit=CONVERSATION,
        least=1_000,
    ),
    _day("ten_conversations", "Ten conversations a day", "record_voice_over", "conversations", CONVERSATION, 10),
    _day("forty_calls", "Forty calls a day", "call", "calls", CALL, 40),
    _week(
        "first_to_answer",
        "First to answer",
        "bolt",
        "fast_responses",
        ANSWER,
        5,
    ),
    _week("full_calendar", "Full calendar", "event_available", "appointments_set", ("appointment agreed", "appointments agreed"), 8),
    _week("open_house", "On the road", "home", "showings", ("showing", "showings"), 6, Profile.REAL_ESTATE),
    _week("kept_in_touch", "Kept in touch", "replay", "follow_ups", ("follow-up", "follow-ups"), 20, Profile.LOAN_OFFICER),
    _week("face_to_face", "Face to face", "groups", "meetings", ("meeting", "meetings"), 6, Profile.B2B),
    _week("hard_yes", "A hard yes", "handshake", "agreements", ("agreement", "agreements"), 2, Profile.BDR),
    _award(
        "goal_reached",
        "Goal reached",
        "A goal of yours that ends in the month, reached in full.",
        "flag",
        condition=Condition.GOAL_SHARE,
        least=1.0,
        grain=Grain.MONTH,
    ),
    _award(
        "goal_surpassed",
        "A fifth beyond",
        "120 % of a goal of yours that ends in the month.",
        "rocket_launch",
        condition=Condition.GOAL_SHARE,
        least=1.2,
        grain=Grain.MONTH,
    ),
    _award(
        "best_month",
        "Own best month",
        "More sales in a calendar month than in any of yours before.",
        "trending_up",
        condition=Condition.PERSONAL_BEST,
        counter="deals_won",
        unit=SALE,
        grain=Grain.MONTH,
    ),
    _club(Profile.REAL_ESTATE, 2),
    _club(Profile.LOAN_OFFICER, 4),
    _club(Profile.BDR, 3),
    _club(Profile.B2B, 4),
    Achievement(
        key="month_record",
        name="Month's record",
        about="The most sales anybody here ever made in a calendar month; one holder.",
        icon="emoji_events",
        kind=Kind.RECORD,
        condition=Condition.HIGHEST,
        counter="deals_won",
        unit=SALE,
        least=2,
        grain=Grain.MONTH,
    ),
)
"""In the order of the gallery. Every agent has those of their kind of business."""
BY_KEY: Final = {each.key: each for each in ACHIEVEMENTS}


def offered(profile: Profile) -> list[Achievement]:
    """What somebody of this kind of business can earn."""
    return [each for each in ACHIEVEMENTS if profile in each.profiles]
