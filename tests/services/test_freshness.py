"""What was heard decides whether something read before still holds."""

from data.changes import ANYTHING, Change
from services.freshness import REMEMBERED, Heard

ADA, GRACE = 1, 2
OF_ADA = frozenset({ADA})
ALL: frozenset[int] = frozenset()


def change(table: str, *agent_ids: int) -> Change:
    return Change(table=table, agent_ids=frozenset(agent_ids) if agent_ids else None)


def test_nothing_is_known_before_somebody_listens_and_after_a_gap_begins() -> None:
    heard = Heard()
    assert heard.version(OF_ADA) is None
    heard.tell(ANYTHING)
    before = heard.version(OF_ADA)
    heard.lose()
    assert heard.version(OF_ADA) is None
    heard.tell(ANYTHING)
    assert heard.version(OF_ADA) == (before or 0) + 1


def test_a_version_rises_with_ones_own_records_and_with_what_all_share() -> None:
    heard = Heard()
    heard.tell(ANYTHING)
    versions = []
    for each in (
        change("lead", ADA),
        change("lead", GRACE),
        change("team_membership"),
        change("notification", ADA),
        change("goal", ADA, GRACE),
        change("alert", ADA),
    ):
        heard.tell(each)
        versions.append((heard.version(OF_ADA), heard.version(ALL)))
    assert versions == [(2, 2), (2, 3), (3, 4), (3, 4), (4, 6), (4, 6)]


def test_what_was_told_after_a_mark_is_told_again() -> None:
    heard = Heard()
    heard.tell(ANYTHING)
    mark = heard.mark()
    assert heard.since(mark) == ()
    told = (change("lead", ADA), change("notification", GRACE))
    for each in told:
        heard.tell(each)
    assert heard.since(mark) == told
    assert heard.since(heard.mark()) == ()


def test_a_mark_nobody_can_vouch_for_says_that_anything_may_have_changed() -> None:
    heard, other = Heard(), Heard()
    assert heard.mark() == ""
    for each in (heard, other):
        each.tell(ANYTHING)
    old = heard.mark()
    for _ in range(REMEMBERED + 1):
        heard.tell(change("lead", ADA))
    strange = ("", "x", old.split(".", maxsplit=1)[0], f"{old}9999", f"{old}x", other.mark())
    assert [heard.since(mark) for mark in (old, *strange)] == [None] * 7
    recent = heard.mark()
    heard.lose()
    assert heard.since(recent) is None
