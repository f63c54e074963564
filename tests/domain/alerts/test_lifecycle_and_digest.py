"""An alert fires once it was seen twice and ends once it was gone twice; the digest tells only what changed."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from domain.alerts.digest import Line, News, digest
from domain.alerts.finding import Priority, Verdict
from domain.alerts.lifecycle import AlertState, Episode, after, begun

HOLDS, CLEAR, OPEN = Verdict.HOLDS, Verdict.CLEAR, Verdict.OPEN


def lived(*verdicts: Verdict) -> Episode | None:
    episode: Episode | None = begun()
    for verdict in verdicts:
        episode = after(episode, verdict) if episode is not None else episode
    return episode


def state(*verdicts: Verdict) -> AlertState | None:
    episode = lived(*verdicts)
    return episode.state if episode else None


def test_what_is_seen_once_and_gone_is_never_told() -> None:
    assert state() is AlertState.PENDING
    assert state(CLEAR) is None


def test_it_fires_at_the_second_sight_and_ends_at_the_second_absence() -> None:
    assert state(HOLDS) is AlertState.FIRING
    assert state(HOLDS, CLEAR) is AlertState.FIRING
    assert state(HOLDS, CLEAR, CLEAR) is AlertState.RESOLVED


def test_one_good_hour_is_no_recovery() -> None:
    assert state(HOLDS, CLEAR, HOLDS, CLEAR) is AlertState.FIRING


def test_what_cannot_be_told_leaves_it_as_it_was() -> None:
    assert lived(HOLDS, OPEN, OPEN) == lived(HOLDS)
    assert state(OPEN) is AlertState.PENDING


@given(st.lists(st.sampled_from(list(Verdict)), max_size=40))
def test_it_changes_from_firing_to_resolved_only_after_two_clear_sights(verdicts: list[Verdict]) -> None:
    before, states = [HOLDS, *verdicts], [state(*verdicts[:end]) for end in range(len(verdicts) + 1)]
    for number, (one, other) in enumerate(pairwise(states), start=1):
        if (one, other) == (AlertState.FIRING, AlertState.RESOLVED):
            assert [each for each in before[: number + 1] if each is not OPEN][-2:] == [CLEAR, CLEAR]
        assert (one, other) != (AlertState.RESOLVED, AlertState.FIRING)


def line(news: News, priority: Priority, name: str = "Few calls this week") -> Line:
    return Line(news=news, priority=priority, name=name, sentence="18 calls this week.", link="/alerts?alert=1")


def test_a_digest_has_what_is_new_first_and_the_most_pressing_on_top() -> None:
    lines = [
        line(News.RESOLVED, Priority.URGENT),
        line(News.NEW, Priority.MEDIUM, "May need support"),
        line(News.NEW, Priority.URGENT, "Partner lists past due"),
        line(News.STILL, Priority.HIGH),
    ]
    found = digest("North", lines)
    assert found is not None
    assert found.title == "North: 2 new alerts, 1 still waiting, 1 resolved"
    assert [head for head, _, _ in found.sections] == [
        "Urgent: Partner lists past due",
        "Medium: May need support",
        "Still high: Few calls this week",
        "Resolved: Few calls this week",
    ]
    assert found.body.splitlines()[0] == "Urgent: Partner lists past due. 18 calls this week."


def test_no_change_is_no_digest() -> None:
    assert digest("North", []) is None
