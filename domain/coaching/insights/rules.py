"""The list of rules, and what they find: whoever adds a way of finding insights adds it here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from domain.coaching.insights.call_backs import call_backs
from domain.coaching.insights.conversion_change import conversion_change
from domain.coaching.insights.insight import Insight
from domain.coaching.insights.open_entries import open_entries
from domain.coaching.insights.quiet_days import quiet_days
from domain.coaching.insights.response_change import response_change
from domain.coaching.insights.revenue_change import revenue_change
from domain.coaching.insights.satisfaction_change import satisfaction_change
from domain.coaching.insights.signals import Signals
from domain.coaching.insights.source_conversion import strong_source, weak_source
from domain.coaching.insights.stale_deals import forgotten_deals, stale_deals
from domain.coaching.insights.team_response import team_response
from domain.coaching.insights.unrated_customers import unrated_customers
from domain.coaching.insights.waiting_leads import waiting_leads


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing that is looked for."""

    key: str
    needs: str
    """From how many facts on it may speak, in words."""
    find: Callable[[Signals], Insight | None]


RULES: Final = (
    Rule(key="waiting_leads", needs="a new lead without a first contact for more than a day", find=waiting_leads),
    Rule(key="call_backs", needs="a call back agreed more than two days ago, and nothing since", find=call_backs),
    Rule(key="stale_deals", needs="an open deal without activity for ten days", find=stale_deals),
    Rule(key="open_entries", needs="a calendar entry of an earlier day that still says planned", find=open_entries),
    Rule(key="quiet_days", needs="three working days without anything logged", find=quiet_days),
    Rule(key="team_response", needs="ten first contacts in four weeks, and five colleagues with fifty in all", find=team_response),
    Rule(key="response_change", needs="ten first contacts in four weeks and in the four before", find=response_change),
    Rule(key="conversion_change", needs="twenty leads in twelve weeks and in the twelve before", find=conversion_change),
    Rule(key="revenue_change", needs="ten sales in twenty-four weeks", find=revenue_change),
    Rule(key="satisfaction_change", needs="ten ratings in twelve weeks and in the twelve before", find=satisfaction_change),
    Rule(key="strong_source", needs="twenty leads of the source and twenty others in twenty-four weeks", find=strong_source),
    Rule(key="weak_source", needs="twenty leads of the source and twenty others in twenty-four weeks", find=weak_source),
    Rule(key="forgotten_deals", needs="an open deal without activity for three months", find=forgotten_deals),
    Rule(key="unrated_customers", needs="three customers of the last two months without a rating", find=unrated_customers),
)
"""In the order in which screens show what they find: people who wait first, then what changed, then what can be tidied up."""


def found(signals: Signals) -> tuple[Insight, ...]:
    """What the rules have to say, in their order."""
    return tuple(insight for rule in RULES if (insight := rule.find(signals)) is not None)
