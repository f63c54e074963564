"""Plain functions that make records with sensible defaults; a test names only what matters to it."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from data.models import (
    AchievementGrant,
    Activity,
    Alert,
    Assessment,
    CalendarEvent,
    Celebration,
    Channel,
    ChannelKind,
    CoachingCycle,
    ContentPost,
    CycleProposal,
    DayPlan,
    Deal,
    Goal,
    GoalAdvice,
    JobRun,
    Lead,
    MustDo,
    Nudge,
    OneOnOne,
    OneOnOneCommitment,
    OpenCall,
    Organisation,
    OutboxMessage,
    Person,
    Recording,
    ReviewRequest,
    Reward,
    RewardClaim,
    StoredReview,
    StoredWarning,
    Team,
    TeamManager,
    TeamMembership,
    TrainingCompletion,
    TrainingModule,
    VisionBoard,
    VisionCard,
    WorkerHeartbeat,
)
from data.models.people import BEGINNING
from domain.alerts.finding import AlertRule, Priority
from domain.alerts.lifecycle import AlertState
from domain.coaching.achievements import GrantState
from domain.coaching.celebration import Rung
from domain.coaching.content_kinds import PostChannel
from domain.coaching.daily_plan import MustDoKind
from domain.coaching.nudge_experiment import Arm
from domain.coaching.rewards import ClaimState
from domain.deals.priority import DealPriority
from domain.deals.warnings import WarningRule
from domain.periods import Grain, containing
from domain.records import ActivityType, AdviceKind, Decision, EventKind, GoalPeriod, Level, ModuleKind, Role, Skill

NUMBER = count(1)
NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
TUESDAY = NOON.date()


def emptied(session: Session) -> None:
    """Take every record away without a trigger counting, refusing or telling it; much cheaper than a new database."""
    names = [f'"{table.name}"' for table in Organisation.metadata.sorted_tables]
    session.execute(text("SET LOCAL session_replication_role = replica"))
    filled = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in names)
    for name in session.scalars(text(filled)).all():
        session.execute(text(f"DELETE FROM {name}"))


def as_made(session: Session) -> None:
    """As in a database just made: empty, with ids from one again."""
    emptied(session)
    session.execute(
        text("SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace")
    )


NO_HOLIDAYS = "XX"
"""No country: a test that runs by the real clock must not meet a holiday."""


def organisation(session: Session, **fields: Any) -> Organisation:
    return _added(session, Organisation(**{"name": "Acme", "time_zone": "UTC"} | fields))


def team(session: Session, **fields: Any) -> Team:
    return _added(session, Team(**{"name": f"Team {next(NUMBER)}"} | fields))


def person(session: Session, *, on: Team | None = None, since: date = BEGINNING, manages: Team | None = None, **fields: Any) -> Person:
    number = next(NUMBER)
    made = _added(session, Person(**{"name": f"Person {number}", "email": f"person{number}@example.com", "time_zone": "UTC"} | fields))
    if on is not None:
        _added(session, TeamMembership(person_id=made.id, team_id=on.id, from_on=since))
    if manages is not None:
        _added(session, TeamManager(team_id=manages.id, person_id=made.id))
    return made


def manager(session: Session, *, of: Team, **fields: Any) -> Person:
    return person(session, manages=of, **{"role": Role.MANAGER} | fields)


def activity(session: Session, agent: Person, *, at: datetime = NOON, **fields: Any) -> Activity:
    """An activity whose local day and hour are those of `at`, as for an agent in UTC."""
    defaults = {"type": ActivityType.CALL, "agent_id": agent.id, "occurred_at": at, "local_on": at.date(), "local_hour": at.hour}
    return _added(session, Activity(**defaults | fields))


def lead(session: Session, agent: Person | None, *, on: date = TUESDAY, **fields: Any) -> Lead:
    defaults = {"name": f"Lead {next(NUMBER)}", "agent_id": agent.id if agent else None, "assigned_on": on}
    return _added(session, Lead(**defaults | fields))


def deal(session: Session, agent: Person | None, **fields: Any) -> Deal:
    return _added(session, Deal(**{"name": f"Deal {next(NUMBER)}", "agent_id": agent.id if agent else None} | fields))


def deal_warning(session: Session, agent: Person, **fields: Any) -> StoredWarning:
    """A quiet deal of the agent's, of its own unless one is named."""
    deal_id = fields.pop("deal_id", None) or deal(session, agent).id
    known = {"rule": WarningRule.NO_ACTIVITY, "priority": DealPriority.MEDIUM, "evidence": "No activity for 9 days.", "noticed_at": NOON}
    return _added(session, StoredWarning(deal_id=deal_id, agent_id=agent.id, **known | fields))


def deal_review(session: Session, agent: Person, **fields: Any) -> StoredReview:
    """The rules' review of a deal of the agent's, of its own unless one is named."""
    deal_id = fields.pop("deal_id", None) or deal(session, agent).id
    said = {"situation": "In “Offer” for 9 days.", "priority": "low", "actions": [], "strengths": [], "concerns": [], "red_flags": []}
    known = {"author": "rules", "language": "en", "made_at": NOON, "digest": "x", "review": said | {"phrases": [], "plan": []}}
    return _added(session, StoredReview(deal_id=deal_id, agent_id=agent.id, **known | fields))


def review_request(session: Session, agent: Person, **fields: Any) -> ReviewRequest:
    """The agent asked for a review of a deal of theirs."""
    known = {"about": "deal", "deal_ids": [deal(session, agent).id], "language": "en", "notify": False, "created_at": NOON}
    return _added(session, ReviewRequest(created_by=agent.id, **known | fields))


def goal(session: Session, agent: Person, **fields: Any) -> Goal:
    """Ten conversions in the month of TUESDAY."""
    month = containing(TUESDAY, Grain.MONTH)
    known = {"period": GoalPeriod.MONTHLY, "metric_key": "conversions", "target": 10, "starts_on": month.start, "ends_on": month.end}
    return _added(session, Goal(agent_id=agent.id, **known | fields))


def goal_advice(session: Session, agent: Person, **fields: Any) -> GoalAdvice:
    """Ten conversions in the month of TUESDAY were suggested, and declined."""
    known = {"period": GoalPeriod.MONTHLY, "metric_key": "conversions", "starts_on": containing(TUESDAY, Grain.MONTH).start}
    decided = {"kind": AdviceKind.CHALLENGING, "suggested": 10, "evidence": {}, "decision": Decision.DECLINED, "decided_at": NOON}
    return _added(session, GoalAdvice(agent_id=agent.id, **known | decided | fields))


def coaching_cycle(session: Session, agent: Person, *, on: date = TUESDAY) -> CoachingCycle:
    """Ninety days that began on `on`, with nothing chosen yet."""
    return _added(session, CoachingCycle(agent_id=agent.id or 0, starts_on=on, ends_on=on + timedelta(days=90)))


def cycle_proposal(session: Session, agent: Person, **fields: Any) -> CycleProposal:
    """Ninety days about calls, proposed on `TUESDAY` and not answered yet."""
    return _added(session, CycleProposal(agent_id=agent.id or 0, **{"metric_key": "calls", "proposed_on": TUESDAY} | fields))


def one_on_one(session: Session, agent: Person, manager: Person | None = None, **fields: Any) -> OneOnOne:
    """A talk prepared for `TUESDAY`, held where `held_on` says so; with a manager of its own unless one is named."""
    holder = manager or person(session, role=Role.MANAGER)
    return _added(session, OneOnOne(agent_id=agent.id, manager_id=holder.id, **{"planned_on": TUESDAY} | fields))


def commitment(session: Session, agent: Person, *, of: OneOnOne | None = None, **fields: Any) -> OneOnOneCommitment:
    """Promised on `TUESDAY` for a week later, in a talk of its own unless one is named."""
    talk = of or one_on_one(session, agent)
    known = {"words": "Call ten old leads", "made_on": TUESDAY, "due_on": TUESDAY + timedelta(days=7)}
    return _added(session, OneOnOneCommitment(one_on_one_id=talk.id, agent_id=agent.id, **known | fields))


def heartbeat(session: Session, *, ago: timedelta = timedelta(0), **fields: Any) -> WorkerHeartbeat:
    """A jobs process that was last heard of so long ago by the database's clock, which dates beats and looks at them."""
    at = session.execute(select(func.statement_timestamp())).scalar_one() - ago
    return _added(session, WorkerHeartbeat(**{"worker": f"worker-{next(NUMBER)}", "started_at": at, "beat_at": at} | fields))


def job_run(session: Session, *, due_at: datetime = NOON, **fields: Any) -> JobRun:
    """A slot named after its moment, waiting since then unless `status` says otherwise."""
    return _added(
        session,
        JobRun(**{"job": "rankings", "slot": due_at.isoformat(), "due_at": due_at, "try_at": due_at, "created_at": due_at} | fields),
    )


def channel(session: Session, **fields: Any) -> Channel:
    return _added(session, Channel(**{"kind": ChannelKind.NULL, "label": f"Channel {next(NUMBER)}", "created_at": NOON} | fields))


def message(session: Session, on: Channel, *, at: datetime = NOON, **fields: Any) -> OutboxMessage:
    """A message written and due at a moment, waiting unless `status` says otherwise."""
    named = {"channel_id": on.id, "dedupe_key": f"message:{next(NUMBER)}", "kind": "alert", "title": "Calls are low"}
    return _added(session, OutboxMessage(**named | {"created_at": at, "try_at": at} | fields))


def event(session: Session, agent: Person, *, at: datetime = NOON, **fields: Any) -> CalendarEvent:
    """Half an hour of something planned; its day is the one at that moment in UTC."""
    defaults = {"kind": EventKind.SHOWING, "title": f"Showing {next(NUMBER)}", "ends_at": at + timedelta(minutes=30)}
    return _added(session, CalendarEvent(**{"agent_id": agent.id, "starts_at": at, "local_on": at.date()} | defaults | fields))


def open_call(session: Session, agent: Person, **fields: Any) -> OpenCall:
    return _added(session, OpenCall(**{"agent_id": agent.id, "started_at": NOON} | fields))


def recording(session: Session, agent: Person, **fields: Any) -> Recording:
    """The sound of a call of its own, unless an activity is named."""
    number = next(NUMBER)
    defaults = {
        "agent_id": agent.id,
        "storage_key": f"key-{number}",
        "media_type": "audio/wav",
        "size_bytes": 1000,
        "sha256": f"{number:064x}",
        "created_at": NOON,
        "expires_on": TUESDAY + timedelta(days=90),
    }
    activity_id = fields.pop("activity_id", None) or activity(session, agent).id
    return _added(session, Recording(**defaults | {"activity_id": activity_id} | fields))


def training_module(session: Session, **fields: Any) -> TrainingModule:
    defaults = {"title": f"Module {next(NUMBER)}", "skill": Skill.PROSPECTING, "kind": ModuleKind.MARKDOWN, "body": "Read.", "minutes": 15}
    return _added(session, TrainingModule(**defaults | fields))


def training_completion(session: Session, person: Person, **fields: Any) -> TrainingCompletion:
    """Of a module of its own, unless one is named."""
    module_id = fields.pop("module_id", None) or training_module(session).id
    return _added(session, TrainingCompletion(**{"module_id": module_id, "person_id": person.id, "completed_at": NOON} | fields))


def assessment(session: Session, agent: Person, *, on: date = TUESDAY, **fields: Any) -> Assessment:
    return _added(
        session, Assessment(**{"agent_id": agent.id, "day": on, "level": Level.DEVELOPING, "inputs": {}, "computed_at": NOON} | fields)
    )


def must_do(session: Session, agent: Person, *, on: date = TUESDAY, **fields: Any) -> MustDo:
    """Somebody to call back, on a plan of the day that is made where there is none."""
    if session.get(DayPlan, (agent.id, on)) is None:
        _added(session, DayPlan(agent_id=agent.id, day=on, made_at=NOON))
    known = {"kind": MustDoKind.CALL_BACK, "key": f"call_back.{next(NUMBER)}", "title": "Call Lena back", "position": 1, "minutes": 6}
    return _added(session, MustDo(agent_id=agent.id, day=on, **known | fields))


def nudge(session: Session, agent: Person, *, at: datetime = NOON, **fields: Any) -> Nudge:
    known = {"arm": Arm.PLAIN, "metric_key": "calls", "usual": 5.0, "done": 2, "days": 10, "sentence": "Usually 5 calls by 12; 2 today."}
    return _added(session, Nudge(agent_id=agent.id, day=at.date(), hour=at.hour, made_at=at, **known | fields))


def alert(session: Session, team: Team, *, at: datetime = NOON, **fields: Any) -> Alert:
    """Few calls in the team, firing since a moment unless `state` says otherwise."""
    known = {"rule": AlertRule.LOW_CALLS, "priority": Priority.HIGH, "state": AlertState.FIRING, "sentence": "8 calls this week."}
    dated = {"noticed_at": at, "evaluated_at": at, "fired_at": at}
    return _added(session, Alert(team_id=team.id, **known | dated | fields))


def celebration(session: Session, agent: Person, **fields: Any) -> Celebration:
    known = {"event": f"activity:{next(NUMBER)}", "rung": Rung.FIFTH_TODAY, "reason": "Five today (call).", "created_at": NOON}
    return _added(session, Celebration(agent_id=agent.id, **known | fields))


def achievement_grant(session: Session, agent: Person, **fields: Any) -> AchievementGrant:
    known = {"achievement": "first_sale", "period": "ever", "value": 1, "evidence": {}, "state": GrantState.HELD, "granted_at": NOON}
    given = known | fields
    return _added(session, AchievementGrant(agent_id=agent.id, **{"earned_on": given["granted_at"].date()} | given))


def reward(session: Session, **fields: Any) -> Reward:
    """For the second level of play."""
    named = {} if "achievement" in fields else {"play_level": 2}
    return _added(session, Reward(**{"name": f"Reward {next(NUMBER)}", "created_at": NOON} | named | fields))


def reward_claim(session: Session, agent: Person, **fields: Any) -> RewardClaim:
    """Of a reward of its own, unless one is named."""
    reward_id = fields.pop("reward_id", None) or reward(session).id
    known = {"reward_id": reward_id, "state": ClaimState.CLAIMED, "claimed_at": NOON}
    return _added(session, RewardClaim(agent_id=agent.id, **known | fields))


def vision_card(session: Session, agent: Person, *, on: date = TUESDAY, **fields: Any) -> VisionCard:
    """A card to do in the day's week, on a board of version 1 where there is none yet."""
    week_on = containing(on, Grain.WEEK).start
    if session.get(VisionBoard, (agent.id, week_on)) is None:
        _added(session, VisionBoard(agent_id=agent.id, week_on=week_on))
    return _added(session, VisionCard(**{"agent_id": agent.id, "week_on": week_on, "title": f"Card {next(NUMBER)}"} | fields))


def content_post(session: Session, agent: Person, *, on: date = TUESDAY, **fields: Any) -> ContentPost:
    """Planned for the day, on LinkedIn."""
    defaults = {"channel": PostChannel.LINKEDIN, "topic": f"Topic {next(NUMBER)}", "planned_on": on}
    return _added(session, ContentPost(agent_id=agent.id, **defaults | fields))


def _added(session: Session, record: Any) -> Any:
    session.add(record)
    session.flush()
    return record
