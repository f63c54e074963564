"""What was heard decides whether something read before still holds."""

from data.changes import ANYTHING, Change
from services.freshness import Heard

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
    ):
        heard.tell(each)
        versions.append((heard.version(OF_ADA), heard.version(ALL)))
    assert versions == [(2, 2), (2, 3), (3, 4), (3, 4), (4, 6)]
