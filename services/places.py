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
    lines = (files("tzdata.zoneinfo") / "iso3166.tab").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t", 1) for line in lines if not line.startswith("#"))
    return dict(sorted(((code, name) for code, name in pairs), key=lambda pair: pair[1]))


@cache
def time_zones() -> tuple[str, ...]:
    """The IANA zones named after a place, and UTC."""
    regions = {"Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
    return ("UTC", *sorted(name for name in available_timezones() if name.split("/")[0] in regions))
