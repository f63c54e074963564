"""The parts messages about deals are made of."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from domain.deals.messages.headline import DealHeadline
from domain.deals.messages.layout import Icon, MessageLayout
from domain.deals.messages.template import Template
from domain.deals.priority import DealPriority
from domain.deals.review import Action, Urgency
from domain.formatting import LEAST_CERTAIN, MOST_CERTAIN, money_text

PRIORITY_ICONS: Final[Mapping[DealPriority, Icon]] = MappingProxyType(
    {DealPriority.HIGH: Icon.HIGH, DealPriority.MEDIUM: Icon.MEDIUM, DealPriority.LOW: Icon.LOW}
)
URGENCY_ICONS: Final[Mapping[Urgency, Icon]] = MappingProxyType(
    {Urgency.URGENT: Icon.URGENT, Urgency.THIS_WEEK: Icon.THIS_WEEK, Urgency.PLAN: Icon.PLAN}
)
BULLET: Final = "•"


def identity(told: DealHeadline, words: Template, layout: MessageLayout) -> str:
    """Which deal it is, its amount, its chance and whose it is."""
    lines = [layout.marked(Icon.DEAL, words.deal.format(name=told.name))]
    if told.amount_minor is not None:
        lines.append(layout.marked(Icon.BUDGET, words.budget.format(amount=amount_text(told.amount_minor, told.currency, words))))
    if told.chance is not None:
        lines.append(layout.marked(Icon.CHANCE, words.chance.format(chance=chance_text(told.chance, words))))
    if told.agent_name:
        lines.append(layout.marked(Icon.AGENT, words.agent.format(name=told.agent_name)))
    return "\n".join(lines)


def figures(told: DealHeadline, words: Template, layout: MessageLayout) -> str:
    """Its age, what was done, and how long nothing was; a day without activity is nothing to warn of until it is over."""
    timed = words.calls.format(calls=told.calls)
    if told.calls and told.call_minutes is not None:
        timed = words.calls_timed.format(calls=told.calls, minutes=told.call_minutes)
    lines = [] if told.age_days is None else [layout.marked(Icon.AGE, words.age.format(days=told.age_days))]
    lines += [layout.marked(Icon.CALLS, timed), layout.marked(Icon.TOUCHES, words.touches.format(touches=told.touches))]
    if told.quiet_days:
        lines.append(layout.marked(Icon.QUIET, words.quiet.format(days=told.quiet_days)))
    return "\n".join(lines)


def listed(head: str, lines: Iterable[str]) -> str:
    """A head with a line for each; nothing where there is none."""
    told = [f"  {line}" for line in lines]
    return "\n".join([head, *told]) if told else ""


def bulleted(head: str, lines: Iterable[str]) -> str:
    """The same with a dot before each."""
    return listed(head, (f"{BULLET} {line}" for line in lines))


def actions(wanted: Sequence[Action], words: Template, layout: MessageLayout) -> list[str]:
    """What to do, a part for each urgency, numbered through."""
    parts, number = [], 0
    for urgency in Urgency:
        due = [each for each in wanted if each.urgency is urgency]
        if not due:
            continue
        lines = [layout.marked(URGENCY_ICONS[urgency], words.urgencies[urgency])]
        for each in due:
            number += 1
            lines += [f"{number}. {each.what}", *_reasons(each, words)]
        parts.append("\n".join(lines))
    return parts


def amount_text(minor: int, currency: str, words: Template) -> str:
    """The amount with the currency's sign where the language has one."""
    return money_text(minor, currency).replace(f" {currency}", f" {words.signs.get(currency, currency)}")


def chance_text(chance: float, words: Template) -> str:
    """The chance in whole per cent; what is still to come is never certain."""
    if chance > MOST_CERTAIN:
        return words.most
    return words.least if chance < LEAST_CERTAIN else words.percent.format(number=f"{chance * 100:.0f}")


def likely_text(chance: float | None, words: Template, *, others_have_one: bool) -> str:
    """How likely a deal in a list is; that nothing is told of it is worth a word only beside others of which it is."""
    if chance is not None:
        return words.summary_chance.format(chance=chance_text(chance, words))
    return words.summary_no_chance if others_have_one else ""


def _reasons(action: Action, words: Template) -> list[str]:
    told = ((words.why.format(why=action.why), action.why), (words.how.format(how=action.how), action.how))
    return [f"   {line}" for line, said in told if said]
