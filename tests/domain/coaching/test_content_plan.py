"""What is suggested to post: from what stands out, with its numbers, and nothing where nothing does."""

from datetime import date, timedelta

from domain.coaching.content_kinds import PostIdea
from domain.coaching.content_plan import Standing, on_days, suggestions, week_of

MONDAY = date(2026, 3, 9)


def ideas(**counts: object) -> dict[PostIdea, str]:
    return {each.idea: each.why for each in suggestions(Standing(**counts), MONDAY)}


def test_an_empty_pipeline_suggests_nothing() -> None:
    assert ideas() == {}


def test_a_fresh_sale_is_a_story() -> None:
    assert ideas(won=1) == {PostIdea.WINS: "You closed a sale in the last 14 days; a fresh story is easy to tell."}


def test_a_stage_stands_out_from_three_deals_and_two_in_five_on() -> None:
    assert ideas(open_deals={"Offer": 3, "Visit": 2}) == {PostIdea.STAGE: "3 of your 5 open deals stand at “Offer” now."}
    assert ideas(open_deals={"Offer": 2}) == {}
    assert ideas(open_deals={"Offer": 3, "Visit": 2, "Lead": 2, "Check": 1}) == {}


def test_a_reason_deals_are_lost_on_is_told_with_all_that_were_lost() -> None:
    assert ideas(lost_deals={"Price": 3, "": 4}) == {PostIdea.OBJECTION: "3 of 7 deals lost in the last 90 days were lost on “Price”."}


def test_what_has_no_word_is_no_topic_but_counts_among_all() -> None:
    assert ideas(new_leads={"": 9}) == {}
    assert ideas(new_leads={"": 9, "Referral": 5}) == {}
    assert list(ideas(new_leads={"": 1, "Referral": 5})) == [PostIdea.SOURCE]


def test_at_most_three_a_week_the_most_telling_first() -> None:
    many = Standing(won=1, lost_deals={"Price": 5}, open_deals={"Offer": 5}, new_leads={"Web": 9}, waiting=9)
    assert [each.idea for each in suggestions(many, MONDAY)] == [PostIdea.WINS, PostIdea.OBJECTION, PostIdea.STAGE]


def test_the_same_idea_in_the_same_week_has_the_same_key_whatever_the_numbers() -> None:
    (one,), (later,) = (suggestions(Standing(open_deals={"Offer": count}), MONDAY) for count in (3, 8))
    assert (one.key, week_of(one.key)) == (later.key, MONDAY)
    assert week_of("anything:else") is None


def test_each_goes_on_a_free_day_of_its_own() -> None:
    offered = suggestions(Standing(won=1, lost_deals={"Price": 5}, open_deals={"Offer": 5}), MONDAY)
    days = [MONDAY + timedelta(days=number) for number in range(3)]
    assert [each.day for each in on_days(offered, days, {MONDAY})] == [days[1], days[2], None]
