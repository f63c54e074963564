"""Reviews of deals: kept, used again while nothing changes, seen by who looks after the deal; and those somebody asked for."""

from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.engine import Database
from data.models import Deal, Notification, OutboxMessage, Person, ReviewRequest, StoredReview
from domain.deals.priority import DealPriority
from domain.deals.review_record import AskedState, ReviewAuthor, record_of, review_of
from domain.deals.warnings import WarningRule
from domain.errors import ConflictError, NotFoundError
from domain.language import Language
from domain.records import ActivityType, DealStatus, Role
from services import client_erasure, deal_deeds, deal_reviews, deal_warnings, review_requests
from services.access import Viewer, viewer
from tests import builders
from tests.builders import NO_HOLIDAYS, NOON, TUESDAY

DAY = timedelta(days=1)
ENGLISH = Language.ENGLISH


def company(session: Session) -> SimpleNamespace:
    """Nora's quiet deal and a fresh one, Sven's on another team, and one that is lost."""
    builders.organisation(session, country=NO_HOLIDAYS)
    north, south = builders.team(session), builders.team(session)
    nora, sven = builders.person(session, on=north, name="Nora"), builders.person(session, on=south, name="Sven")
    old = {"created_on": TUESDAY - 30 * DAY, "last_activity_at": NOON - 12 * DAY, "amount_minor": 90_000, "stage": "Offer"}
    lead = builders.lead(session, nora, name="Ms Lindgren")
    return SimpleNamespace(
        nora=nora,
        sven=sven,
        mia=builders.manager(session, of=north),
        max=builders.manager(session, of=south),
        ann=builders.person(session, role=Role.ADMIN),
        lead=lead,
        quiet=builders.deal(session, nora, name="Roof of Ms Lindgren", lead_id=lead.id, **old),
        fresh=builders.deal(session, nora, name="Fresh", created_on=TUESDAY),
        other=builders.deal(session, sven, name="Other", **old),
        lost=builders.deal(session, nora, name="Lost", status=DealStatus.LOST, closed_on=TUESDAY),
    )


@pytest.fixture
def house(session: Session) -> SimpleNamespace:
    return company(session)


def seen_by(session: Session, person: object) -> Viewer:
    return viewer(session, person.id)  # type: ignore[attr-defined]


def test_a_review_is_made_of_what_is_known_and_stands_while_nothing_changes(session: Session, house: SimpleNamespace) -> None:
    made = deal_reviews.review(session, seen_by(session, house.nora), house.quiet.id, NOON)
    assert (made.author, made.language, made.made_at, made.agent_id, made.is_new) == (
        ReviewAuthor.RULES,
        ENGLISH,
        NOON,
        house.nora.id,
        True,
    )
    assert made.review.situation == "In “Offer”, created 30 days ago, worth $900. Nothing was done for it for 12 days."
    assert made.review.priority is DealPriority.MEDIUM

    again = deal_reviews.review(session, seen_by(session, house.mia), house.quiet.id, NOON + timedelta(hours=2))
    assert (again.review_id, again.made_at, again.is_new, again.review) == (made.review_id, NOON, False, made.review)


def test_a_call_or_another_day_makes_it_anew(session: Session, house: SimpleNamespace) -> None:
    nora = seen_by(session, house.nora)
    made = deal_reviews.review(session, nora, house.quiet.id, NOON)
    deal_deeds.log(session, nora, house.quiet.id, ActivityType.CALL, "", NOON + timedelta(minutes=5))
    called = deal_reviews.review(session, nora, house.quiet.id, NOON + timedelta(minutes=6))
    assert called.review_id != made.review_id
    assert "12 days" not in called.review.situation
    assert deal_reviews.review(session, nora, house.quiet.id, NOON + DAY).is_new


def test_every_language_has_its_own(session: Session, house: SimpleNamespace) -> None:
    nora = seen_by(session, house.nora)
    english = deal_reviews.review(session, nora, house.quiet.id, NOON)
    russian = deal_reviews.review(session, nora, house.quiet.id, NOON, Language.RUSSIAN)
    assert russian.review.situation.startswith("На этапе «Offer»")
    assert deal_reviews.review(session, nora, house.quiet.id, NOON).review_id == english.review_id


def test_what_was_put_aside_is_not_brought_up(session: Session, house: SimpleNamespace) -> None:
    nora = seen_by(session, house.nora)
    deal_reviews.review(session, nora, house.quiet.id, NOON)
    deal_warnings.snooze(session, nora, house.quiet.id, WarningRule.NO_ACTIVITY, TUESDAY + 3 * DAY, "", NOON)
    assert deal_reviews.review(session, nora, house.quiet.id, NOON).review.red_flags == (
        "Nothing is planned: no call, meeting or task lies ahead.",
    )


def test_the_latest_five_are_kept(session: Session, house: SimpleNamespace) -> None:
    nora = seen_by(session, house.nora)
    made = [deal_reviews.review(session, nora, house.quiet.id, NOON + days * DAY).review_id for days in range(7)]
    kept = deal_reviews.reviews_of(session, nora, house.quiet.id, NOON + 7 * DAY)
    assert [each.review_id for each in kept] == made[:1:-1]
    assert len(session.scalars(select(StoredReview)).all()) == 5


def test_a_foreign_deal_is_not_there_and_a_closed_one_has_none(session: Session, house: SimpleNamespace) -> None:
    for look in (deal_reviews.review, deal_reviews.reviews_of, deal_reviews.last_review):
        with pytest.raises(NotFoundError):
            look(session, seen_by(session, house.sven), house.quiet.id, NOON)  # type: ignore[operator]
    with pytest.raises(ConflictError) as refused:
        deal_reviews.review(session, seen_by(session, house.nora), house.lost.id, NOON)
    assert refused.value.code == "deal_closed"


def test_a_review_comes_back_as_it_was_kept(session: Session, house: SimpleNamespace) -> None:
    review = deal_reviews.review(session, seen_by(session, house.ann), house.quiet.id, NOON).review
    assert review_of(record_of(review)) == review


def test_erasing_the_client_takes_the_reviews_of_their_deals(session: Session, house: SimpleNamespace) -> None:
    ann = seen_by(session, house.ann)
    for deal in (house.quiet, house.other):
        deal_reviews.review(session, ann, deal.id, NOON)
    client_erasure.erase_client(session, ann, house.lead.id, "Ms Lindgren", secret="s", now=NOON)
    assert [row.deal_id for row in session.scalars(select(StoredReview))] == [house.other.id]


@pytest.mark.parametrize(
    ("who", "expected"),
    [("nora", {"quiet", "fresh"}), ("mia", {"quiet", "fresh"}), ("max", {"other"}), ("ann", {"quiet", "fresh", "other"})],
)
def test_everybody_asks_for_the_deals_they_look_after(session: Session, house: SimpleNamespace, who: str, expected: set[str]) -> None:
    review_requests.ask_all(session, seen_by(session, getattr(house, who)), NOON, ENGLISH)
    (request,) = session.scalars(select(ReviewRequest))
    assert set(request.deal_ids) == {getattr(house, name).id for name in expected}


def test_a_persons_deals_are_theirs_and_a_managers_those_of_the_team(session: Session, house: SimpleNamespace) -> None:
    ann = seen_by(session, house.ann)
    asked, name = review_requests.ask_agent(session, ann, house.sven.id, NOON, ENGLISH)
    assert (asked.deals, name) == (1, "Sven")
    assert review_requests.ask_agent(session, ann, house.mia.id, NOON, ENGLISH)[0].deals == 2
    with pytest.raises(NotFoundError):
        review_requests.ask_agent(session, seen_by(session, house.mia), house.sven.id, NOON, ENGLISH)


def test_asking_again_before_it_is_done_is_the_same_request(session: Session, house: SimpleNamespace) -> None:
    nora, mia = seen_by(session, house.nora), seen_by(session, house.mia)
    first = review_requests.ask_deal(session, nora, house.quiet.id, NOON, ENGLISH, notify=False)
    assert review_requests.ask_deal(session, nora, house.quiet.id, NOON, ENGLISH, notify=False) == first
    assert review_requests.ask_deal(session, nora, house.quiet.id, NOON, ENGLISH, notify=True).request_id != first.request_id
    assert review_requests.ask_deal(session, mia, house.quiet.id, NOON, ENGLISH, notify=False).request_id != first.request_id


def test_a_request_is_seen_by_who_made_it_and_by_admins(session: Session, house: SimpleNamespace) -> None:
    made = review_requests.ask_deal(session, seen_by(session, house.nora), house.quiet.id, NOON, ENGLISH, notify=False)
    for who in (house.nora, house.ann):
        assert review_requests.asked(session, seen_by(session, who), made.request_id) == made
    for who in (house.sven, house.mia):
        with pytest.raises(NotFoundError):
            review_requests.asked(session, seen_by(session, who), made.request_id)


def test_nothing_to_review_is_done_at_once(session: Session, house: SimpleNamespace) -> None:
    idle = builders.person(session)
    assert review_requests.ask_all(session, seen_by(session, idle), NOON, ENGLISH).state is AskedState.DONE
    assert house.quiet


def now() -> datetime:
    return NOON


def never() -> bool:
    return False


def after(turns: int) -> Callable[[], bool]:
    """Stops once it was asked so many times."""
    left = iter([False] * turns)
    return lambda: next(left, True)


def test_the_job_reviews_what_waits_shows_how_far_it_is_and_tells_the_agent_once(
    fresh_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = fresh_database.write(company)
    monkeypatch.setattr(review_requests, "AT_ONCE", 1)
    ann = fresh_database.write(lambda session: viewer(session, house.ann.id))
    fresh_database.write(lambda session: builders.channel(session, person_id=house.nora.id))
    everything = fresh_database.write(lambda session: review_requests.ask_all(session, ann, NOON, ENGLISH))
    single = fresh_database.write(lambda session: review_requests.ask_deal(session, ann, house.quiet.id, NOON, ENGLISH, notify=True))

    assert review_requests.review_waiting(fresh_database, now, after(3)) == 2, "the single deal first, then one of all"
    with fresh_database.reading() as session:
        assert review_requests.asked(session, ann, single.request_id).state is AskedState.DONE
        half = review_requests.asked(session, ann, everything.request_id)
        assert (half.state, half.looked, half.deals, half.finished_at) == (AskedState.RUNNING, 1, 3, None)

    assert review_requests.review_waiting(fresh_database, now, never) == 2
    assert review_requests.review_waiting(fresh_database, now, never) == 0
    with fresh_database.reading() as session:
        done = review_requests.asked(session, ann, everything.request_id)
        assert (done.state, done.looked, done.made, done.finished_at) == (AskedState.DONE, 3, 2, NOON)
        (told,) = session.scalars(select(Notification)).all()
        assert (told.person_id, told.title, told.link) == (house.nora.id, "🟡 DEAL REVIEW", f"/deals?deal={house.quiet.id}")
        assert told.body.splitlines()[0] == "📋 Deal: Roof of Ms Lindgren"
        assert "1. Call the client\n   Why: No activity for 12 days." in told.body
        assert "PLAN (2-3 days):" in told.body
        assert [row.kind for row in session.scalars(select(OutboxMessage))] == ["deal_review"]


def test_an_agent_is_told_in_their_own_language_whatever_was_asked_for(fresh_database: Database) -> None:
    house = fresh_database.write(company)
    mia = fresh_database.write(lambda session: viewer(session, house.mia.id))

    def speak_russian(session: Session) -> None:
        session.get_one(Person, house.nora.id).language = Language.RUSSIAN

    fresh_database.write(speak_russian)
    fresh_database.write(lambda session: review_requests.ask_deal(session, mia, house.quiet.id, NOON, ENGLISH, notify=True))
    review_requests.review_waiting(fresh_database, now, never)
    with fresh_database.reading() as session:
        (told,) = session.scalars(select(Notification)).all()
        assert told.title == "🟡 АНАЛИЗ СДЕЛКИ"
        assert "На этапе «Offer»" in told.body


def test_a_deal_that_closed_meanwhile_is_passed_over(fresh_database: Database) -> None:
    house = fresh_database.write(company)
    nora = fresh_database.write(lambda session: viewer(session, house.nora.id))
    asked = fresh_database.write(lambda session: review_requests.ask_deal(session, nora, house.quiet.id, NOON, ENGLISH, notify=True))

    def lose(session: Session) -> None:
        deal = session.get_one(Deal, house.quiet.id)
        deal.status, deal.closed_on = DealStatus.LOST, TUESDAY

    fresh_database.write(lose)
    review_requests.review_waiting(fresh_database, now, never)
    with fresh_database.reading() as session:
        found = review_requests.asked(session, nora, asked.request_id)
        assert (found.state, found.looked, found.made) == (AskedState.DONE, 1, 0)
        assert session.scalars(select(Notification)).all() == []


def test_what_fails_is_noted_and_does_not_hold_up_the_others(fresh_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    house = fresh_database.write(company)
    nora = fresh_database.write(lambda session: viewer(session, house.nora.id))
    for deal in (house.quiet, house.fresh):
        fresh_database.write(lambda session, deal_id=deal.id: review_requests.ask_deal(session, nora, deal_id, NOON, ENGLISH, notify=False))  # type: ignore[misc]
    review_all = deal_reviews.review_all

    def fails_once(session: Session, deal_ids: list[int], at: datetime, language: Language) -> list[deal_reviews.Reviewed]:
        if house.quiet.id in deal_ids:
            raise ValueError("quoted from a row")
        return review_all(session, deal_ids, at, language)

    monkeypatch.setattr(deal_reviews, "review_all", fails_once)
    review_requests.review_waiting(fresh_database, now, never)
    with fresh_database.reading() as session:
        rows = session.scalars(select(ReviewRequest).order_by(col(ReviewRequest.id))).all()
        assert [(row.state, row.error) for row in rows] == [(AskedState.FAILED, "ValueError"), (AskedState.DONE, "")]
