"""Who needs a conversation: reasons with evidence and since when, groups in which all are alike, nobody for luck alone."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.counters import total
from domain.metrics.exceptions import flags_of
from domain.metrics.flags import Flag, FlagKind
from domain.one_on_ones.queue import Candidate, Crossed, Due, Found, Group, ReasonKind, queue, reason_text, talked_text
from tests.domain.metrics.test_exceptions import aim, lucky, signals

TODAY = date(2026, 3, 10)
LATELY = TODAY - timedelta(days=5)
ANN = Candidate(agent_id=1, name="Ann", last_held_on=LATELY)
FLAG = Flag(
    kind=FlagKind.FALLEN,
    agent_id=1,
    agent_name="Ann",
    metric_key="calls",
    sentence="5.0 calls per working day, after 12.0 in the period before.",
    evidence="40 calls in 8 working days, 96 in 8 before",
    sample=136,
    severity=0.7,
)
FOUND = Found(flag=FLAG, since=date(2026, 3, 1))


def only(candidate: Candidate) -> Due:
    (due,) = queue([candidate], TODAY)
    return due


def test_without_a_reason_it_is_somebodys_turn() -> None:
    assert (only(ANN).group, only(ANN).reasons, only(ANN).last_talk) == (Group.IN_TURN, (), "Last talked 5 days ago.")


@pytest.mark.parametrize(
    ("candidate", "kind", "group"),
    [
        (replace(ANN, has_topics=True), ReasonKind.ASKED, Group.THIS_WEEK),
        (replace(ANN, findings=[FOUND]), ReasonKind.FINDING, Group.THIS_WEEK),
        (replace(ANN, findings=[replace(FOUND, flag=replace(FLAG, kind=FlagKind.QUIET))]), ReasonKind.QUIET, Group.THIS_WEEK),
        (replace(ANN, overdue=2, overdue_since=LATELY), ReasonKind.OVERDUE, Group.SOON),
        (replace(ANN, alerts=[Crossed(sentence="Few calls.", evidence="8 of 40.", since=LATELY)]), ReasonKind.ALERT, Group.SOON),
        (replace(ANN, last_held_on=TODAY - timedelta(days=28)), ReasonKind.LONG_SINCE, Group.SOON),
        (replace(ANN, last_held_on=None), ReasonKind.LONG_SINCE, Group.SOON),
    ],
)
def test_each_reason_says_how_soon(candidate: Candidate, kind: ReasonKind, group: Group) -> None:
    assert ([each.kind for each in only(candidate).reasons], only(candidate).group) == ([kind], group)


def test_the_most_pressing_reason_leads_and_all_are_said() -> None:
    due = only(replace(ANN, has_topics=True, findings=[FOUND], overdue=1, overdue_since=LATELY, last_held_on=None))
    assert due.group is Group.THIS_WEEK
    assert [each.kind for each in due.reasons] == [ReasonKind.ASKED, ReasonKind.FINDING, ReasonKind.OVERDUE, ReasonKind.LONG_SINCE]


def test_a_reason_says_what_it_rests_on_and_since_when() -> None:
    (reason,) = only(replace(ANN, findings=[FOUND])).reasons
    assert reason_text(reason) == (
        "5.0 calls per working day, after 12.0 in the period before (40 calls in 8 working days, 96 in 8 before; since 1 Mar 2026)."
    )
    (promised,) = only(replace(ANN, overdue=1, overdue_since=LATELY)).reasons
    assert reason_text(promised) == "1 commitment is past its day (since 5 Mar 2026)."


def test_within_a_group_all_are_alike_and_the_longest_ago_stands_first() -> None:
    people = [
        replace(ANN, name="Cem", last_held_on=TODAY - timedelta(days=30)),
        replace(ANN, name="Bo", last_held_on=TODAY - timedelta(days=60)),
        replace(ANN, name="Ada", last_held_on=TODAY - timedelta(days=30)),
        replace(ANN, name="Dee", findings=[FOUND]),
        replace(ANN, name="Eve", last_held_on=None),
    ]
    assert [(each.name, each.group) for each in queue(people, TODAY)] == [
        ("Dee", Group.THIS_WEEK),
        ("Eve", Group.SOON),
        ("Bo", Group.SOON),
        ("Ada", Group.SOON),
        ("Cem", Group.SOON),
    ]


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "You talked today."), (1, "Last talked 1 day ago."), (7, "Last talked 1 week ago."), (34, "Last talked 4 weeks ago.")],
)
def test_how_long_ago_the_two_talked(days: int, words: str) -> None:
    assert talked_text(TODAY - timedelta(days=days), TODAY) == words


def test_of_identical_agents_at_most_one_in_twenty_is_named_for_this_week() -> None:
    luck = random.Random(62)  # noqa: S311 - a simulation
    boards, size, named = 20, 20, 0
    aims = {"calls": aim(160), "showings": aim(20)}
    for _ in range(boards):
        now, before = [lucky(luck) for _ in range(size)], [lucky(luck) for _ in range(size)]
        everybody = total(now)
        people = [
            replace(
                ANN,
                agent_id=number,
                findings=[
                    Found(flag=each, since=LATELY)
                    for each in flags_of(
                        signals(mine, agent_id=number, before=before[number], peers=everybody - mine, peer_count=size - 1, aims=aims)
                    )
                ],
            )
            for number, mine in enumerate(now)
        ]
        named += sum(each.group is Group.THIS_WEEK for each in queue(people, TODAY))
    assert named / (boards * size) <= 0.05
