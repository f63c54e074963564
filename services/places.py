"""Countries, time zones and currencies to choose from."""

from functools import cache
from importlib.resources import files
from typing import Final
from zoneinfo import available_timezones

_CODES: Final = (
    "AED ARS AUD BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP GEL HKD HUF IDR ILS INR ISK JPY KES KRW KWD KZT MAD MXN MYR NGN "
    "NOK NZD PEN PHP PKR PLN QAR RON RSD SAR SEK SGD THB TRY TWD UAH USD UYU VND ZAR"
)
CURRENCIES: Final = tuple(_CODES.split())
"""The codes people ask for; any other ISO code can be typed."""


@cache
def countries() -> dict[str, str]:
    """English names by ISO code, in the order of the names."""
    pairs = (line.split("\t", 1) for line in _table("iso3166.tab") if not line.startswith("#"))
    return dict(sorted(((code, name) for code, name in pairs), key=lambda pair: pair[1]))


@cache
def country_of_zone(name: str) -> str | None:
    """The code of the country a time zone is named after a place of; None for a zone of no place, such as UTC."""
    return _countries_by_zone().get(_zone_aliases().get(name, name))


@cache
def _countries_by_zone() -> dict[str, str]:
    rows = (line.split("\t") for line in _table("zone.tab") if not line.startswith("#"))
    return {row[2]: row[0] for row in rows}


@cache
def _zone_aliases() -> dict[str, str]:
    """What older names of zones stand for: Asia/Calcutta, US/Eastern."""
    links = (line.split() for line in _table("tzdata.zi") if line.startswith("L "))
    return {alias: target for _, target, alias in links}


def _table(name: str) -> list[str]:
    return (files("tzdata.zoneinfo") / name).read_text(encoding="utf-8").splitlines()


@cache
def time_zones() -> tuple[str, ...]:
    """The IANA zones named after a place, and UTC."""
    regions = {"Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
    return ("UTC", *sorted(name for name in available_timezones() if name.split("/")[0] in regions))
