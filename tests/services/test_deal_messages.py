"""How messages about deals look: an admin's choice that holds for every message; and one on its way to somebody."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.models import AuditEntry, Notification, OutboxMessage
from domain.deals.messages.headline import DealMessage
from domain.deals.messages.layout import ICONS, USUAL, Icon, MessageLayout, Section
from domain.errors import AccessError, InputError
from domain.language import Language
from domain.records import Role
from services import deal_facts, deal_messages
from services.access import Viewer, viewer
from services.deal_messages import layout_details
from services.notifications import notify_person
from tests import builders
from tests.builders import NOON, TUESDAY
from tests.domain.deals.messages.examples import ENGLISH_REVIEW


@pytest.fixture
def admin(session: Session) -> Viewer:
    return viewer(session, builders.person(session, role=Role.ADMIN).id)


def keep(session: Session, who: Viewer, hidden: frozenset[Section] = frozenset(), **icons: str) -> None:
    signs = dict(ICONS) | {Icon(name): sign for name, sign in icons.items()}
    deal_messages.keep_layout(session, who, layout_details(hidden=hidden, icons=signs), NOON)


def test_without_a_choice_all_is_as_usual(session: Session) -> None:
    assert deal_messages.layout(session) == USUAL


def test_what_an_admin_chooses_holds_until_they_choose_again(session: Session, admin: Viewer) -> None:
    keep(session, admin, frozenset({Section.PHRASES, Section.TIME}), high=" ❗ ", deal="")
    chosen = MessageLayout(hidden=frozenset({Section.PHRASES, Section.TIME}), icons={Icon.HIGH: "❗", Icon.DEAL: ""})
    assert deal_messages.layout(session) == chosen
    keep(session, admin)
    assert deal_messages.layout(session) == USUAL
    told = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(each.action, each.details) for each in told] == [
        ("settings_changed", {"hidden": ["phrases", "time"], "signs": 2}),
        ("settings_changed", {"hidden": [], "signs": 0}),
    ]


@pytest.mark.parametrize("role", [Role.AGENT, Role.MANAGER])
def test_nobody_else_chooses(session: Session, role: Role) -> None:
    who = viewer(session, builders.person(session, role=role).id)
    with pytest.raises(AccessError):
        keep(session, who)


def test_a_message_without_any_section_and_words_in_place_of_a_sign_are_refused(session: Session, admin: Viewer) -> None:
    with pytest.raises(InputError, match="at least one section"):
        keep(session, admin, frozenset(Section))
    with pytest.raises(InputError):
        keep(session, admin, high="URGENT!!!")


def test_a_message_goes_out_whole_and_the_inbox_keeps_what_fits(session: Session) -> None:
    person = builders.person(session)
    builders.channel(session, person_id=person.id)
    body = "\n\n".join(["word " * 100] * 12)
    notice = deal_messages.as_notice(DealMessage(title="🔴 DEAL REVIEW", body=body), kind="review", dedupe_key="k", link="/deals?deal=1")
    notify_person(session, person.id, notice, NOON)
    (message,) = session.scalars(select(OutboxMessage))
    assert (message.title, message.body, message.link) == ("🔴 DEAL REVIEW", body.strip(), "/deals?deal=1")
    assert len(session.scalars(select(Notification)).one().body) == 4_000


def test_a_review_is_told_in_the_companys_currency_by_its_readers_clock_and_layout(session: Session, admin: Viewer) -> None:
    builders.organisation(session, currency="EUR")
    deal = builders.deal(session, builders.person(session, name="Ann"), name="Mill", amount_minor=4_500_000, created_on=TUESDAY)
    facts = deal_facts.facts_of(session, admin, deal.id, NOON)
    keep(session, admin, frozenset(Section) - {Section.DEAL, Section.TIME}, deal="▶")
    told = deal_messages.whole_review(session, ENGLISH_REVIEW, facts, Language.ENGLISH, chance=0.4, reviewed_at=NOON, zone="Asia/Kathmandu")
    assert told.body == ("▶ Deal: Mill\n💰 Budget: €45,000\n📊 Chance of closing: 40%\n👤 Agent: Ann\n\n🤖 Reviewed on 2026-03-10 17:45")
