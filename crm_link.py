"""How this process reaches the company's CRM, made once from the settings; for entry points: the jobs process, and Settings."""

from functools import cache

from secret_key import secret_key
from services.amocrm.link import Link
from settings import settings


@cache
def crm_link() -> Link:
    """The link the settings describe."""
    chosen = settings()
    return Link(secret=secret_key(), product_address=chosen.address, only_base=chosen.amocrm_base)
