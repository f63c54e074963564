"""Partner lists: the contacts a signed lead hands over, each of whom can become an item of the pipeline of their own.

Each raises NotFoundError for a deal the viewer does not look after.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from data.models import Deal, Sublist, SublistContact
from data.queries import pipeline_items
from data.queries.pipeline_items import Contact
from domain.errors import ConflictError, InputError, NotFoundError
from services import deals
from services.access import Viewer
from services.deals import DealWords
from services.inputs import storable, validated
from services.owners import AgentName
from services.pipeline_stages import pipelines
from services.saving import save

MOST_CONTACTS: Final = 500
"""A partner list has twenty names, a bought one some hundreds; more is an import."""
SOURCE: Final = "Partner list"


class ContactDetails(BaseModel):
    """A partner to put on a list."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    name: Annotated[str, Field(min_length=1, max_length=300), AfterValidator(storable)]
    company: Annotated[str, Field(max_length=300), AfterValidator(storable)] = ""
    email: Annotated[str, Field(max_length=254), AfterValidator(storable)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerList:
    """One list with its contacts."""

    id: int
    name: str
    sent_on: date | None
    contacts: tuple[Contact, ...]


def lists_of(session: Session, viewer: Viewer, deal_id: int, now: datetime) -> list[PartnerList]:
    """The lists of a deal, oldest first."""
    deals.deal(session, viewer, deal_id, now)
    people = pipeline_items.contacts(session, deal_id)
    return [_list(each, people) for each in pipeline_items.sublists(session, deal_id)]


def add_list(
    session: Session, viewer: Viewer, deal_id: int, name: str, people: Sequence[Mapping[str, object]], now: datetime
) -> PartnerList:
    """Keep a list of the deal with its contacts; the deal's list is as long as all its lists, unless a larger number was told.

    Raises InputError for a list of nobody, of too many, or with a contact that has no name.
    """
    if not 0 < len(people) <= MOST_CONTACTS:
        raise InputError(f"A partner list has 1 to {MOST_CONTACTS} contacts, not {len(people)}.", code="list_size")
    wanted = [validated(ContactDetails, each) for each in people]
    deal = deals.deal(session, viewer, deal_id, now)
    made = Sublist(
        deal_id=deal_id, name=(name.strip() or f"Partners of {deal.company or deal.name}")[:300], sent_on=deal.partner_list_sent_on
    )
    session.add(made)
    save(session)
    session.add_all(SublistContact(sublist_id=made.id or 0, **each.model_dump()) for each in wanted)
    save(session)
    known = len(pipeline_items.contacts(session, deal_id))
    if (deal.partner_list_size or 0) < known:
        deals.change(session, viewer, deal_id, DealWords(columns={"partner_list_size": known}), now)
    return _list(made, pipeline_items.contacts(session, deal_id))


def spawn(session: Session, viewer: Viewer, deal_id: int, contact_id: int, now: datetime) -> Deal:
    """Make an item of a partner: of the same agent, pipeline and category, in the first stage.

    Raises NotFoundError for a contact of another deal, ConflictError for one that has an item already.
    """
    parent = deals.deal(session, viewer, deal_id, now)
    partner = pipeline_items.contact(session, deal_id, contact_id)
    if partner is None:
        raise NotFoundError("There is no such partner on this deal's lists.")
    if pipeline_items.item_of(session, contact_id) is not None:
        raise ConflictError(f"{partner.name} has an item already.", code="item_exists")
    return deals.store(session, viewer, _item(parent, partner, pipelines(session).first_stage(parent.stage)), now)[0]


def contacts_in(text: str) -> list[dict[str, object]]:
    """The contacts of a text with one per line: name, company and e-mail, with commas, semicolons or tabs between them."""
    lines = [line.replace("\t", ",").replace(";", ",") for line in text.splitlines() if line.strip()]
    return [dict(zip(("name", "company", "email"), (part.strip() for part in line.split(",", 2)), strict=False)) for line in lines]


def _item(parent: Deal, partner: SublistContact, stage: str) -> DealWords:
    columns = {
        "name": f"{partner.company or partner.name} · {parent.product or 'Partner offer'}"[:300],
        "company": partner.company,
        "product": parent.product,
        "category": parent.category,
        "source": SOURCE,
        "pipeline": parent.pipeline,
        "sublist_contact_id": partner.id,
    }
    owner = AgentName(agent_id=parent.agent_id)
    return DealWords(columns=columns, stage=stage, agent=owner, is_unassigned=not owner.is_said)


def _list(each: Sublist, people: Sequence[Contact]) -> PartnerList:
    own = tuple(contact for contact in people if contact.sublist_id == each.id)
    return PartnerList(id=each.id or 0, name=each.name, sent_on=each.sent_on, contacts=own)
