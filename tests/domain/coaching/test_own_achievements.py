"""What a company asks for is worded from the catalogue, and nothing is offered that cannot be counted."""

import pytest

from domain.coaching.own_achievements import COUNTABLE, Span, asked_text


@pytest.mark.parametrize(
    ("key", "least", "span", "text"),
    [
        ("meetings", 10, Span.WEEK, "10 meetings held in a week."),
        ("deals_won", 1, Span.MONTH, "1 sale closed in a month."),
        ("calls", 1_000, Span.EVER, "1,000 calls made, since your records begin."),
        ("showings", 3, Span.DAY, "3 showings held on one day."),
    ],
)
def test_what_it_takes_in_words(key: str, least: int, span: Span, text: str) -> None:
    assert asked_text(key, least, span) == text


def test_only_counts_of_which_more_is_better_can_be_asked_for() -> None:
    assert {"calls", "meetings", "deals_won", "agreements"} <= COUNTABLE.keys()
    assert not {"win_rate", "revenue", "deals_lost", "leads_assigned", "median_response_time"} & COUNTABLE.keys()
