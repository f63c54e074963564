"""What is kept about people, why and how long: the Privacy page and docs/privacy.md have this one list."""

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from services import idempotency, insights, nudges, retention

CALLS: Final = "calls"
_SOONER: Final = "sooner when somebody deletes them"
DOCUMENT: Final = Path(__file__).resolve().parent.parent / "docs" / "privacy.md"
BEFORE, AFTER = "## What is kept\n\n", "\n\nNothing is sent anywhere by itself"
"""What the table stands between on the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One kind of thing that is kept."""

    about: str
    what: str
    why: str
    how_long: str
    tables: frozenset[str]
    """Where it lies; together they are all tables with rows about people."""


def _days(span: timedelta) -> str:
    return "a day" if span.days == 1 else f"{span.days} days"


KEPT: Final = (
    Kept(
        about="people who use it",
        what="name, e-mail, role, team and since when, time zone, language of the bot, working days, absences",
        why="to sign in, to count working days, to decide who sees what",
        how_long="for good; without your name after an erasure",
        tables=frozenset({"person", "erasure", "team_membership", "team_manager", "absence"}),
    ),
    Kept(
        about="their work",
        what=(
            "activities with time, type, outcome and notes; calendar entries; targets; the goals they or their managers set; "
            "each day's assessment of their level and skills; the training they did; the cards of their vision board, what "
            "they plan to post and what came of it; whether they are named on leaderboards"
        ),
        why="the scoreboards are made of it",
        how_long=f"for good, what sums rest on; goals and levels until an erasure, assessments by day {_days(retention.KEEP_ASSESSMENTS)}",
        tables=frozenset(
            {
                "activity",
                "calendar_event",
                "event_series",
                "goal",
                "goal_pause",
                "goal_chance",
                "goal_advice",
                "kpi_target",
                "assessment",
                "training_completion",
                "team_ranking",
                "vision_card",
                "vision_board",
                "vision_template",
                "content_post",
                "daily_metrics",
                "leaderboard_choice",
                "deal_snapshot",
                "open_call",
            }
        ),
    ),
    Kept(
        about="their days",
        what=(
            "the plan of each day with its reasons, what they ticked and put off and why; nudges with the two numbers they "
            "told, and which wording chance gave them"
        ),
        why="to keep a promise of the morning, and to learn whether nudges help at all",
        how_long=(
            f"plans {_days(retention.KEEP_DAY_PLANS)}, nudges {_days(nudges.REMEMBERED)}, "
            f"which insights somebody put aside {_days(insights.COOL_DOWN)}, that they skipped their first steps until an erasure"
        ),
        tables=frozenset({"day_plan", "must_do", "nudge", "insight_dismissal"}),
    ),
    Kept(
        about="their 90 days and alerts",
        what=(
            "what the phases of their 90-day cycles are about, and proposals to begin one with what they decided; alerts about their work "
            "that managers read, and what was done about them; what their deals may need help with, and why a warning was put aside"
        ),
        why="to hold on to what was agreed, and to help in time",
        how_long=f"cycles and warnings until an erasure; alerts {_days(retention.KEEP_ALERTS)} after they ended",
        tables=frozenset({"coaching_cycle", "cycle_focus", "cycle_proposal", "alert", "alert_entry", "deal_warning"}),
    ),
    Kept(
        about="reviews of their deals",
        what=(
            "what rules or a language model said of a deal, and who asked for it; it names nobody and quotes no note; that monitoring "
            "told somebody of a deal"
        ),
        why="to say what to do next about a deal",
        how_long=f"the latest few of each deal until an erasure; that somebody asked or was told {_days(retention.KEEP_REVIEW_REQUESTS)}",
        tables=frozenset({"deal_review", "deal_review_request", "deal_monitoring_told"}),
    ),
    Kept(
        about="their talks with managers",
        what=(
            "of 1:1s what an agent wanted to talk about, agenda and notes, what was known when it was held, and what the agent promised "
            "with its day; only the agent and the manager who held it read them, administrators see that it took place"
        ),
        why="to keep what two people agreed on, and to see whether it came true",
        how_long=f"{_days(retention.KEEP_ONE_ON_ONES)}, or until one of the two is erased; what was promised stays its agent's",
        tables=frozenset({"one_on_one", "one_on_one_commitment"}),
    ),
    Kept(
        about="what reaches them",
        what="the kinds of messages they switched off, their quiet hours, their limit a day",
        why="to leave them alone when they want it",
        how_long="until you change it",
        tables=frozenset({"notification_choice", "notification_setting", "report_choice"}),
    ),
    Kept(
        about="customers",
        what=(
            "name, company, e-mail, phone of leads, and whether they asked to be left alone; name and company of deals; "
            "partner contacts of lists; of those who asked to be forgotten keyed hashes of what they were known by"
        ),
        why="to recognise the record behind a number, and not to store again who asked to be forgotten",
        how_long="for good; numbers without a name from the day they ask to be forgotten",
        tables=frozenset({"lead", "deal", "stage_change", "sublist", "sublist_contact"}),
    ),
    Kept(
        about=CALLS,
        what=("recordings, where an administrator set on what grounds, and what was said in them, where a transcription service is set up"),
        why="to talk about a call, and to keep what was agreed",
        how_long=f"90 days, or what your administrator set; {_SOONER}",
        tables=frozenset({"recording"}),
    ),
    Kept(
        about="use",
        what=("sessions (browser's name, last use), sign-in tries as hashes, the audit log with ids, in it which reports somebody wants"),
        why="to keep accounts safe, and to send no report against their will",
        how_long=f"the audit log for good; ended sessions {_days(retention.KEEP_ENDED_SESSIONS)}; sign-ins under way for minutes",
        tables=frozenset({"user_session", "sign_in_ticket", "audit_log", "tracking_consent"}),
    ),
    Kept(
        about="play",
        what=(
            "points of each day, the streak with its minimum, pauses and freezes, achievements with the ids of their "
            "records, celebrations, claims of rewards"
        ),
        why="to thank for work",
        how_long=f"until an erasure; celebrations {_days(retention.KEEP_CELEBRATIONS)}",
        tables=frozenset({"daily_score", "point_entry", "streak_setting", "achievement_grant", "celebration", "reward_claim"}),
    ),
    Kept(
        about="energy",
        what="how much energy somebody said they had in a part of a day; where they asked for it, patterns in their own work",
        why="so that they see when they have most of it",
        how_long="until you delete it",
        tables=frozenset({"energy_check_in", "pattern"}),
    ),
    Kept(
        about="the coach",
        what="the texts an agent opened, with the facts they rest on and whether they were useful",
        why="to see whether it helps; those on own patterns and energy only the agent reads",
        how_long=f"texts {_days(retention.KEEP_COACHING_SESSIONS)}, that a model was asked {_days(retention.KEEP_AI_CALLS)}",
        tables=frozenset({"coaching_session", "ai_call"}),
    ),
    Kept(
        about="messages",
        what="what somebody was told, when they read it, and where messages reach them; addresses of channels are encrypted",
        why="to tell people once, and to show what became of it",
        how_long=(
            f"{_days(retention.KEEP_READ_NOTIFICATIONS)} after it was read, what was sent {_days(retention.KEEP_MESSAGES)}; "
            "channels until you remove them, codes to connect Telegram for minutes"
        ),
        tables=frozenset({"notification", "outbox_message", "delivery", "channel", "telegram_code"}),
    ),
    Kept(
        about="their calendar elsewhere",
        what="the hash of its private address, whether it tells names, and when it was last read",
        why="so that a phone can show it, and to end that",
        how_long="until you end it",
        tables=frozenset({"calendar_feed"}),
    ),
    Kept(
        about="programs",
        what=(
            "API tokens and keys of screens on the wall as hashes, with what they may do and when they were last used; "
            "who they are in the company's CRM, where one is connected, and who connected it; which files somebody "
            "imported, which rewards, achievements, points, training, thresholds of alerts and deal warnings, guidelines of "
            "reviews, the look of messages about deals, stages and new screens they set; which monitoring of deals they started"
        ),
        why="to let a dialer report, and to end that; to say who set it",
        how_long=f"for good, but for repeated requests: {_days(idempotency.KEEP)}",
        tables=frozenset(
            {
                "api_token",
                "tv_board",
                "idempotency_key",
                "import_batch",
                "saved_mapping",
                "training_module",
                "alert_setting",
                "feature_flag",
                "deal_warning_setting",
                "deal_message_layout",
                "pipeline_edit",
                "reward",
                "own_achievement",
                "point_value",
                "ai_evaluation",
                "deal_review_guidance",
                "deal_monitoring",
                "recording_consent",
                "crm_connection",
                "crm_user",
            }
        ),
    ),
)


def kept(recording_days: int) -> tuple[Kept, ...]:
    """The list as this installation keeps it: recordings for as many days as its administrator set."""
    told = f"{_days(timedelta(days=recording_days))}; {_SOONER}"
    return tuple(replace(each, how_long=told) if each.about == CALLS else each for each in KEPT)


def table() -> str:
    """The list as docs/privacy.md has it, in Markdown."""
    rows = [f"| {each.about} | {each.what} | {each.why} | {each.how_long} |" for each in KEPT]
    return "\n".join(["| about | what | why | how long |", "|---|---|---|---|", *rows])


def refreshed(page: str) -> str:
    """The page with the table as it is now."""
    head, rest = page.split(BEFORE, maxsplit=1)
    tail = rest.split(AFTER, maxsplit=1)[1]
    return f"{head}{BEFORE}{table()}{AFTER}{tail}"
