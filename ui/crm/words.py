"""How what is read of the CRM is called on screen."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from services.amocrm.overview import CrmStream, DealStatus

NOTE: Final = "Deals, clients, calls and tasks of amoCRM or Kommo, taken over by themselves every ten minutes."
OFFER: Final = (
    "Connect the account your team works in, and nobody logs anything twice: users become people by their e-mail address, leads "
    "become deals with all their stages, contacts become leads, calls and messages become activities, and tasks stand in the calendar. "
    "Nothing is changed in amoCRM unless you allow it."
)
LONG_LIVED_HOW: Final = (
    "In amoCRM, as an administrator: *Settings → Integrations → Create integration → External*, then *Keys and scopes → Generate "
    "long-lived token*."
)
CODE_HOW: Final = "From the same page of the integration. The code is good for 20 minutes and once."
STREAMS: Final[Mapping[CrmStream, str]] = MappingProxyType(
    {
        CrmStream.CONTACTS: "Client",
        CrmStream.DEALS: "Deal",
        CrmStream.DELETED_DEALS: "Deleted deal",
        CrmStream.DEAL_NOTES: "Note of a deal",
        CrmStream.CONTACT_NOTES: "Note of a client",
        CrmStream.TASKS: "Task",
        CrmStream.MOVES: "Change of stage",
    }
)
MEANINGS: Final[Mapping[DealStatus, str]] = MappingProxyType({DealStatus.OPEN: "Open", DealStatus.WON: "Won", DealStatus.LOST: "Lost"})
FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {"source": "Source", "category": "Category", "product": "Product", "company": "Company"}
)
READ_AGAIN: Final = "Everything is read again, so that it holds for what is here already. That takes a few minutes."
