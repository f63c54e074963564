"""Assessing agents: what is found on a day, kept with everything it was found from, and a promotion told once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from data.queries import inbox
from data.queries import progression as queries
from data.queries.progression import Mate
from data.writes import progression as writes
from domain.local_time import local_time
from domain.periods import Grain, add_months, containing
from domain.progression.assessment import LevelFound, Standing, assess, seen_in_part
from domain.progression.levels import STEPS, next_level
from domain.progression.outlook import Outlook, outlook, sales_at
from domain.progression.plan import PlanItem, plan
from domain.progression.requirements import Requirement
from domain.progression.skills import Peers, SkillScore, Verdict, skill_scores
from services.notifications import Notice, notify_person, put_in_inbox
from services.progression_facts import EVERYBODY, AgentFacts, facts_of, peer_sums, peers_of
from services.training import lessons_of

PLANNED_MONTHS: Final = 3
RISEN: Final = "level_reached"
AT_RISK: Final = "level_at_risk"
BATCH: Final = 200
"""Agents assessed at a time: enough to share the look-ups, few enough to be held in memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """One agent's facts and what was found from them."""

    facts: AgentFacts
    found: LevelFound
    skills: tuple[SkillScore, ...]
    plan: tuple[PlanItem, ...]
    outlook: Outlook | None
    """Towards the next level; None at the highest, and where the sales are there already."""


def assessed(session: Session, facts: AgentFacts, before: Standing | None, today: date, *, in_part: bool = False) -> Assessed | None:
    """The agent as the facts show them; by a part of the days only with the level known before, None where there is none."""
    if in_part:
        if before is None:
            return None
        found = seen_in_part(facts.ladder, before.level)
    else:
        found = assess(facts.ladder, before)
    mate = Mate(level=found.level, profile=facts.profile)
    mates = {other: theirs for other, theirs in queries.mates(session, today).items() if theirs.profile is facts.profile}
    peers = peers_of(mates, peer_sums(session, mates, today), facts.agent_id, mate)
    return _assessed(session, facts, found, peers, today, in_part=in_part)


def assess_one(session: Session, agent_id: int, today: date, now: datetime) -> None:
    """Assess the agent by all their facts, whoever may see them, keep it as the day's, and tell a promotion."""
    _assess(session, {agent_id}, today, now)


def assess_everybody(session: Session, now: datetime) -> dict[str, int]:
    """Assess every active agent on the day it is where they are. Doing it again changes nothing but what new facts change."""
    by_day: dict[date, list[int]] = {}
    for agent_id, zone in queries.assessed_people(session):
        by_day.setdefault(local_time(now, zone).on, []).append(agent_id)
    batches = [(day, ids[start : start + BATCH]) for day, ids in by_day.items() for start in range(0, len(ids), BATCH)]
    promoted = sum(_assess(session, batch, day, now) for day, batch in batches)
    return {"agents": sum(len(ids) for ids in by_day.values()), "promoted": promoted}


def _assess(session: Session, agent_ids: Collection[int], today: date, now: datetime) -> int:
    """How many rose. Of somebody without any facts nothing is kept: there is nothing to know yet, and an import may be about to come."""
    before = queries.standings(session, agent_ids, today)
    facts = {each: found for each, found in facts_of(session, EVERYBODY, agent_ids, today).items() if found.known_since}
    levels = {agent_id: assess(each.ladder, before.get(agent_id)) for agent_id, each in facts.items()}
    here = {agent_id: Mate(level=found.level, profile=facts[agent_id].profile) for agent_id, found in levels.items()}
    mates = queries.mates(session, today) | here
    sums, rows = peer_sums(session, mates, today), []
    for agent_id, found in levels.items():
        peers = peers_of(mates, sums, agent_id, here[agent_id])
        rows.append(_row(_assessed(session, facts[agent_id], found, peers, today), today, now))
    writes.keep_assessments(session, rows)
    for agent_id, found in levels.items():
        if found.is_at_risk:
            _warn(session, agent_id, found, facts[agent_id].ladder.sales_12_months, today, now)
    return sum(_tell(session, agent_id, found, today, now) for agent_id, found in levels.items() if found.is_promotion)


def _assessed(session: Session, facts: AgentFacts, found: LevelFound, peers: Peers, today: date, *, in_part: bool = False) -> Assessed:
    skills = skill_scores(facts.skills, peers, facts.ladder.terms)
    return Assessed(
        facts=facts,
        found=found,
        skills=skills,
        plan=plan(found, skills, lessons_of(session, facts.agent_id), leaving=_leaving(facts, today)),
        outlook=None if in_part else _outlook(facts, found, today),
    )


def _leaving(facts: AgentFacts, today: date) -> int:
    """Sales that count now and will be older than twelve months when the three months of a plan are over."""
    end = add_months(today.replace(day=1), PLANNED_MONTHS)
    return max(0, facts.ladder.sales_12_months - sales_at(facts.sales_by_month, end))


def _outlook(facts: AgentFacts, found: LevelFound, today: date) -> Outlook | None:
    if found.following is None or facts.ladder.sales_12_months >= STEPS[found.following].from_sales:
        return None
    needed = STEPS[found.following].from_sales
    return outlook(facts.sales_by_month, today=today, recent_sales=facts.recent_sales, needed=needed)


def _tell(session: Session, agent_id: int, found: LevelFound, today: date, now: datetime) -> bool:
    """Once a year for each level: one that is lost and reached again next year is news again, a corrected sale is not."""
    key, step = f"{RISEN}:{agent_id}:{found.level}:{today.year}", STEPS[found.level]
    if key in inbox.told_keys(session, agent_id, RISEN):
        return False
    further = next_level(found.level)
    ahead = f" {STEPS[further].name} begins at {STEPS[further].from_sales} sales in twelve months." if further else ""
    notice = Notice(
        kind=RISEN,
        title=f"You have reached a new level: {step.name}",
        body=f"Well done: the sales of the last twelve months and the work of the last months both say so.{ahead}",
        link=f"/progress?agent={agent_id}",
        dedupe_key=key,
    )
    notify_person(session, agent_id, notice, now)
    return True


def _warn(session: Session, agent_id: int, found: LevelFound, sales: int, today: date, now: datetime) -> None:
    """Once a quarter while it lasts, to the agent alone and in the inbox only: a level is never lost unannounced, and nobody is nagged."""
    quarter, step = containing(today, Grain.QUARTER).start, STEPS[found.level]
    notice = Notice(
        kind=AT_RISK,
        title=f"{step.name} needs {step.from_sales} sales in twelve months, and yours are {sales}",
        body="Nothing has changed yet: a level is lost only after two quarters below it. Your plan says what helps most.",
        link=f"/progress?agent={agent_id}",
        dedupe_key=f"{AT_RISK}:{agent_id}:{found.level}:{quarter}",
    )
    put_in_inbox(session, {agent_id}, notice, now)


def _row(each: Assessed, today: date, now: datetime) -> dict[str, Any]:
    found = each.found
    return {
        "agent_id": each.facts.agent_id,
        "day": today,
        "level": found.level,
        "progress_share": found.progress_share,
        "is_at_risk": found.is_at_risk,
        "inputs": _inputs(each),
        "computed_at": now,
    }


def _inputs(each: Assessed) -> dict[str, Any]:
    """Everything the assessment was made from and what it said, as it was then."""
    facts, found = each.facts, each.found
    return {
        "profile": facts.profile.value,
        "known_since": facts.known_since.isoformat() if facts.known_since else None,
        "sales_12_months": facts.ladder.sales_12_months,
        "lifetime_sales": facts.lifetime_sales,
        "quarters": {end.day.isoformat(): end.sales_12_months for end in facts.ladder.quarters},
        "months_held": found.months_held,
        "months_known": found.months_known,
        "level_before": found.was,
        "requirements": [_requirement(asked) for asked in found.requirements],
        "skills": [_skill(score) for score in each.skills],
        "strengths": [score.skill.value for score in each.skills if score.verdict is Verdict.STRENGTH],
        "gaps": [score.skill.value for score in each.skills if score.verdict is Verdict.GAP],
        "plan": [{"for": item.horizon.value, "text": item.text, "evidence": item.evidence} for item in each.plan],
        "outlook": _months(each.outlook),
    }


def _requirement(asked: Requirement) -> dict[str, Any]:
    return {"kind": asked.kind.value, "value": asked.value, "needed": asked.needed}


def _skill(score: SkillScore) -> dict[str, Any]:
    return {
        "skill": score.skill.value,
        "rate": score.own.value,
        "sample": score.own.sample,
        "interval": score.own.interval(),
        "peers_rate": score.peers.value if score.peers else None,
        "peers_of_level": score.is_of_level,
        "score": score.score,
        "verdict": score.verdict.value,
    }


def _months(found: Outlook | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"is_early": found.is_early, "soonest": found.soonest, "likely": found.likely, "latest": found.latest}
