"""Messages about deals in English."""

from types import MappingProxyType
from typing import Final

from domain.deals.messages.template import Template
from domain.deals.review import Urgency

ENGLISH: Final = Template(
    title="DEAL REVIEW",
    deal="Deal: {name}",
    budget="Budget: {amount}",
    chance="Chance of closing: {chance}",
    percent="{number}%",
    most="over 99%",
    least="under 1%",
    agent="Agent: {name}",
    age="In the pipeline: {days} days",
    calls="Calls: {calls}",
    calls_timed="Calls: {calls} ({minutes} min)",
    touches="Touches: {touches}",
    quiet="Days without activity: {days}",
    assessment="ASSESSMENT:",
    strengths="WHAT IS GOOD:",
    concerns="WHAT TO WATCH:",
    critical="CRITICAL:",
    actions="WHAT TO DO:",
    urgencies=MappingProxyType({Urgency.URGENT: "URGENT", Urgency.THIS_WEEK: "THIS WEEK", Urgency.PLAN: "PLAN"}),
    why="Why: {why}",
    how="How: {how}",
    phrases="WHAT TO SAY TO THE CLIENT:",
    phrase="“{phrase}”",
    plan="PLAN (2-3 days):",
    reviewed="Reviewed on {at}",
    moment="%Y-%m-%d %H:%M",
    signs=MappingProxyType({}),
    summary_title="Deals reviewed: {count}",
    summary_empty="There are no open deals to review.",
    summary_chance="chance {chance}",
    summary_no_chance="no chance told",
    summary_age="{days} days old",
    summary_quiet="quiet for {days} days",
    summary_more="and {count} more",
    summary_unchanged="Nothing new with your other open deals ({count}).",
    stale_title="Quiet for {days} days or more: {count}",
    alert_title="Needs you now: {name}",
)
