"""Every table with rows about people, in the order an erasure empties them. Each table of the schema is here or in `LEFT_OUT`."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from data.personal.holding import OF_THE_AGENT, OF_THE_AUTHOR, OF_THE_PERSON, Fate, Holding

_OF_MY_DEALS: Final = "deal_id IN (SELECT id FROM deal WHERE agent_id = :me)"
_OF_MY_GOALS: Final = "goal_id IN (SELECT id FROM goal WHERE agent_id = :me)"
_OF_MY_CHANNELS: Final = "channel_id IN (SELECT id FROM channel WHERE person_id = :me)"
_REASON: Final = frozenset({"reason"})
_NOTES: Final = frozenset({"notes"})
_OF_MY_ALERTS: Final = "alert_id IN (SELECT id FROM alert WHERE agent_id = :me)"
_TOKEN: Final = frozenset({"token_hash"})
_CRM_KEYS: Final = frozenset({"sealed_access", "sealed_refresh", "sealed_client_secret", "sealed_hook", "hook_digest"})


def _who() -> tuple[Holding, ...]:
    return (
        Holding(
            table="person",
            about="Who you are here.",
            whose="id = :me",
            fate=Fate.STAYS,
            hidden=frozenset({"password_hash"}),
            emptied=frozenset({"email", "external_id", "password_hash", "region", "joined_on"}),
        ),
        Holding(table="erasure", about="That you were erased, and when.", whose=OF_THE_PERSON, fate=Fate.STAYS),
        Holding(table="team_membership", about="Your teams, and since when.", whose=OF_THE_PERSON, fate=Fate.STAYS),
        Holding(table="team_manager", about="The teams you manage.", whose=OF_THE_PERSON, fate=Fate.GOES),
        Holding(table="absence", about="Days you did not plan to work.", whose=OF_THE_PERSON, fate=Fate.STAYS, emptied=_REASON),
        Holding(table="leaderboard_choice", about="Whether colleagues read your name.", whose=OF_THE_PERSON, fate=Fate.GOES),
        Holding(table="report_choice", about="The reports you want.", whose=OF_THE_PERSON, fate=Fate.GOES),
        Holding(table="tracking_consent", about="What you agreed to, and when.", whose=OF_THE_PERSON, fate=Fate.BEHAVIOUR),
        Holding(table="user_session", about="Where you were signed in.", whose=OF_THE_PERSON, fate=Fate.GOES, hidden=_TOKEN),
        Holding(table="sign_in_ticket", about="Sign-ins under way.", whose=OF_THE_PERSON, fate=Fate.GOES, hidden=_TOKEN),
        Holding(table="calendar_feed", about="The private address of your calendar.", whose=OF_THE_PERSON, fate=Fate.GOES, hidden=_TOKEN),
        Holding(
            table="audit_log",
            about="What you did here, and what administrators did to your account.",
            whose="person_id = :me OR subject = 'person:' || :me",
            fate=Fate.STAYS,
            is_long=True,
        ),
    )


def _work() -> tuple[Holding, ...]:
    return (
        Holding(
            table="recording",
            about="Recordings of your calls, and what was said in them.",
            whose=OF_THE_AGENT,
            fate=Fate.GOES,
            hidden=frozenset({"storage_key"}),
        ),
        Holding(
            table="activity",
            about="Your calls, e-mails, meetings and the rest.",
            whose=OF_THE_AGENT,
            fate=Fate.STAYS,
            emptied=_NOTES,
            is_long=True,
        ),
        Holding(table="lead", about="The leads assigned to you.", whose=OF_THE_AGENT, fate=Fate.STAYS, is_long=True),
        Holding(table="deal", about="Your deals.", whose=OF_THE_AGENT, fate=Fate.STAYS, is_long=True),
        Holding(table="stage_change", about="How your deals moved.", whose=_OF_MY_DEALS, fate=Fate.STAYS),
        Holding(table="deal_warning", about="What your deals may need help with.", whose=OF_THE_AGENT, fate=Fate.GOES),
        Holding(table="deal_review", about="Reviews of your deals.", whose=OF_THE_AGENT, fate=Fate.GOES),
        Holding(
            table="deal_review_request",
            about="When you asked for reviews of deals, or others for those of yours.",
            whose=f"{OF_THE_AUTHOR} OR {OF_THE_AGENT}",
            fate=Fate.GOES,
        ),
        Holding(table="deal_monitoring_told", about="Which deals monitoring told you of.", whose=OF_THE_PERSON, fate=Fate.GOES),
        Holding(table="deal_snapshot", about="Your open deals, day by day.", whose=OF_THE_AGENT, fate=Fate.STAYS, is_long=True),
        Holding(table="sublist", about="Partner lists of your deals.", whose=_OF_MY_DEALS, fate=Fate.STAYS),
        Holding(
            table="sublist_contact",
            about="The contacts on them.",
            whose=f"sublist_id IN (SELECT id FROM sublist WHERE {_OF_MY_DEALS})",
            fate=Fate.STAYS,
        ),
        Holding(table="daily_metrics", about="Your days in numbers.", whose=OF_THE_AGENT, fate=Fate.STAYS, is_long=True),
        Holding(table="open_call", about="A call you are on.", whose=OF_THE_AGENT, fate=Fate.GOES),
        Holding(table="calendar_event", about="Your calendar.", whose=OF_THE_AGENT, fate=Fate.GOES, is_long=True),
        Holding(table="event_series", about="What repeats in it.", whose=OF_THE_AGENT, fate=Fate.GOES),
    )


def _growth() -> tuple[Holding, ...]:
    return (
        Holding(table="goal_pause", about="When your goals paused.", whose=_OF_MY_GOALS, fate=Fate.GOES),
        Holding(table="goal_chance", about="The chance of your goals, day by day.", whose=_OF_MY_GOALS, fate=Fate.GOES),
        Holding(table="goal_advice", about="What was suggested for them, and what was chosen.", whose=OF_THE_AGENT, fate=Fate.GOES),
        Holding(table="goal", about="Your goals.", whose=OF_THE_AGENT, fate=Fate.GOES),
        Holding(table="kpi_target", about="Targets set for you.", whose=OF_THE_AGENT, fate=Fate.STAYS),
        Holding(table="assessment", about="Your level and skills, and what they follow from.", whose=OF_THE_AGENT, fate=Fate.GOES),
        Holding(table="training_completion", about="The training you did.", whose=OF_THE_PERSON, fate=Fate.GOES),
        Holding(table="team_ranking", about="Your places in the team.", whose=OF_THE_AGENT, fate=Fate.STAYS),
        Holding(table="vision_card", about="The cards of your vision board.", whose=OF_THE_AGENT, fate=Fate.GOES),
        Holding(table="vision_board", about="The weeks of it.", whose=OF_THE_AGENT, fate=Fate.GOES),
        Holding(table="vision_template", about="Your templates for it.", whose=OF_THE_PERSON, fate=Fate.GOES),
        Holding(table="content_post", about="What you planned to post.", whose=OF_THE_AGENT, fate=Fate.GOES),
    )


def _days() -> tuple[Holding, ...]:
    return (
        Holding(table="must_do", about="The must-dos of your days, and what became of them.", whose=OF_THE_AGENT, fate=Fate.GOES),
        Holding(table="day_plan", about="When each day was planned.", whose=OF_THE_AGENT, fate=Fate.GOES),
        Holding(table="nudge", about="Nudges, and which wording chance gave you.", whose=OF_THE_AGENT, fate=Fate.BEHAVIOUR),
        Holding(table="energy_check_in", about="How much energy you said you had.", whose=OF_THE_PERSON, fate=Fate.BEHAVIOUR),
        Holding(table="pattern", about="Patterns found in your own work alone.", whose=OF_THE_PERSON, fate=Fate.BEHAVIOUR),
        Holding(
            table="coaching_session",
            about="What the coach said, and whether it was useful.",
            whose=OF_THE_AGENT,
            fate=Fate.BEHAVIOUR,
        ),
        Holding(
            table="cycle_focus",
            about="What the phases of your 90-day cycles were about.",
            whose="cycle_id IN (SELECT id FROM coaching_cycle WHERE agent_id = :me)",
            fate=Fate.GOES,
        ),
        Holding(table="cycle_proposal", about="90-day cycles proposed to you, and what you decided.", whose=OF_THE_AGENT, fate=Fate.GOES),
        Holding(table="coaching_cycle", about="Your 90-day cycles.", whose=OF_THE_AGENT, fate=Fate.GOES),
        Holding(table="one_on_one_commitment", about="What you promised in 1:1s.", whose=OF_THE_AGENT, fate=Fate.GOES),
        Holding(
            table="one_on_one",
            about="1:1s you had or held: agenda, notes, and what was known then.",
            whose="agent_id = :me OR manager_id = :me",
            fate=Fate.GOES,
        ),
        Holding(
            table="alert_entry",
            about="What happened to alerts about you, and what you did about others.",
            whose=f"person_id = :me OR {_OF_MY_ALERTS}",
            fate=Fate.GOES,
        ),
        Holding(table="alert", about="Alerts about you that your managers read.", whose=OF_THE_AGENT, fate=Fate.GOES),
        Holding(
            table="insight_dismissal",
            about="Insights you put aside, and whether you skipped your first steps.",
            whose=OF_THE_PERSON,
            fate=Fate.GOES,
        ),
        Holding(table="daily_score", about="Your days in points, and your streak.", whose=OF_THE_AGENT, fate=Fate.GOES),
        Holding(table="point_entry", about="What each point was for.", whose=OF_THE_AGENT, fate=Fate.GOES, is_long=True),
        Holding(table="streak_setting", about="Your rules for the streak.", whose=OF_THE_AGENT, fate=Fate.GOES),
        Holding(table="achievement_grant", about="Your achievements.", whose=OF_THE_AGENT, fate=Fate.GOES),
        Holding(table="celebration", about="What was celebrated.", whose=OF_THE_AGENT, fate=Fate.GOES),
        Holding(table="reward_claim", about="Rewards you claimed.", whose=OF_THE_AGENT, fate=Fate.GOES),
    )


def _messages() -> tuple[Holding, ...]:
    return (
        Holding(
            table="delivery",
            about="Tries to deliver messages to you.",
            whose=f"message_id IN (SELECT id FROM outbox_message WHERE {_OF_MY_CHANNELS})",
            fate=Fate.GOES,
        ),
        Holding(table="outbox_message", about="Messages sent to you.", whose=_OF_MY_CHANNELS, fate=Fate.GOES),
        Holding(
            table="channel",
            about="Where messages reach you; the address itself is sealed.",
            whose=OF_THE_PERSON,
            fate=Fate.GOES,
            hidden=frozenset({"sealed_address", "chat_digest"}),
        ),
        Holding(
            table="telegram_code",
            about="That you are about to connect Telegram.",
            whose=OF_THE_PERSON,
            fate=Fate.GOES,
            hidden=frozenset({"code_hash"}),
        ),
        Holding(table="notification", about="Your inbox.", whose=OF_THE_PERSON, fate=Fate.GOES, is_long=True),
        Holding(table="notification_choice", about="The kinds of messages you want.", whose=OF_THE_PERSON, fate=Fate.GOES),
        Holding(table="notification_setting", about="Your quiet hours.", whose=OF_THE_PERSON, fate=Fate.GOES),
        Holding(
            table="ai_call",
            about="When a language model was asked by you or about you, not what it said.",
            whose="person_id = :me OR agent_id = :me",
            fate=Fate.GOES,
        ),
        Holding(
            table="crm_user",
            about="Who you are in the company's CRM.",
            whose=OF_THE_PERSON,
            fate=Fate.GOES,
        ),
        Holding(
            table="idempotency_key",
            about="Requests your programs repeated.",
            whose="holder = 'person:' || :me",
            fate=Fate.GOES,
            hidden=frozenset({"body_sha256"}),
        ),
    )


def _made() -> tuple[Holding, ...]:
    """What somebody set up for the company; it is about nobody and stays."""
    return (
        Holding(table="api_token", about="Tokens of programs you made.", whose=OF_THE_AUTHOR, fate=Fate.STAYS, hidden=_TOKEN),
        Holding(table="tv_board", about="Screens on the wall you put up.", whose=OF_THE_AUTHOR, fate=Fate.STAYS, hidden=_TOKEN),
        Holding(table="import_batch", about="Files you imported.", whose="imported_by = :me", fate=Fate.STAYS),
        Holding(table="saved_mapping", about="How you read imported files.", whose=OF_THE_AUTHOR, fate=Fate.STAYS),
        Holding(table="deal_warning_setting", about="Figures of deal warnings you set.", whose="changed_by = :me", fate=Fate.STAYS),
        Holding(table="deal_message_layout", about="How you set messages about deals to look.", whose="changed_by = :me", fate=Fate.STAYS),
        Holding(table="alert_setting", about="Thresholds of alerts you set for teams.", whose="changed_by = :me", fate=Fate.STAYS),
        Holding(table="training_module", about="Training you added.", whose=OF_THE_AUTHOR, fate=Fate.STAYS),
        Holding(table="own_achievement", about="Achievements you defined.", whose=OF_THE_AUTHOR, fate=Fate.STAYS),
        Holding(table="reward", about="Rewards you added.", whose=OF_THE_AUTHOR, fate=Fate.STAYS),
        Holding(table="point_value", about="Values of points you set.", whose="set_by = :me", fate=Fate.STAYS),
        Holding(table="deal_review_guidance", about="What you asked of a model's reviews of deals.", whose=OF_THE_AUTHOR, fate=Fate.STAYS),
        Holding(table="deal_monitoring", about="Monitoring of deals you started.", whose="started_by = :me", fate=Fate.STAYS),
        Holding(table="ai_evaluation", about="Language models you had tried.", whose=OF_THE_PERSON, fate=Fate.STAYS),
        Holding(table="pipeline_edit", about="Stages of pipelines you changed.", whose="made_by = :me", fate=Fate.STAYS),
        Holding(table="feature_flag", about="Who has a new screen, as you set it.", whose="changed_by = :me", fate=Fate.STAYS),
        Holding(
            table="crm_connection",
            about="The account of the company's CRM you connected.",
            whose="connected_by = :me",
            fate=Fate.STAYS,
            hidden=_CRM_KEYS,
        ),
        Holding(table="recording_consent", about="Grounds for recording you set.", whose="set_by = :me", fate=Fate.STAYS),
    )


HOLDINGS: Final = (*_who(), *_messages(), *_growth(), *_days(), *_work(), *_made())

LEFT_OUT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "organisation": "The company, no person.",
        "team": "A team's name, no person.",
        "win_learning": "What the company's deals teach about how deals end: weights and counts, no deal and no person.",
        "pipeline_stage": "The stages of the company's pipelines, no person.",
        "chain_link": "How the company reckons a sale, no person.",
        "forgotten": "Keyed hashes of what clients and people who were erased were known by; whose they are nobody can tell.",
        "sign_in_attempt": "Keyed hashes that name nobody; they go within days.",
        "job_run": "What the installation did by itself; it names nobody.",
        "deal_monitoring_run": "When deals were looked at by a schedule, and how many; no person.",
        "worker_heartbeat": "Which processes run, no person.",
        "telegram_bot": "How far the bot in Telegram is read, no person.",
        "crm_cursor": "How far the company's CRM is read, no person.",
        "crm_stage": "What stages of the CRM are called here, no person.",
        "crm_hint": "Numbers of records of the CRM to look at; they go within seconds.",
        "crm_refusal": "Numbers of records of the CRM that are not here, and why; they name nobody.",
        "import_row_error": "Rows of a file that were refused: they belong to the file and may be about others.",
        "import_change": "What an import replaced, to undo it: copies of records that are told where they are now.",
    }
)
