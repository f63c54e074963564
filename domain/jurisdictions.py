"""Whose law holds where: countries whose parts have laws of their own on recording, their parts, and which basis decides."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from domain.recording import ConsentBasis

_UNITED_STATES: Final = (
    "AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|DC District of Columbia|FL Florida|"
    "GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|"
    "MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|"
    "NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|"
    "RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington|"
    "WV West Virginia|WI Wisconsin|WY Wyoming"
)
_CANADA: Final = (
    "AB Alberta|BC British Columbia|MB Manitoba|NB New Brunswick|NL Newfoundland and Labrador|NT Northwest Territories|NS Nova Scotia|"
    "NU Nunavut|ON Ontario|PE Prince Edward Island|QC Quebec|SK Saskatchewan|YT Yukon"
)
_AUSTRALIA: Final = (
    "ACT Australian Capital Territory|NSW New South Wales|NT Northern Territory|QLD Queensland|SA South Australia|TAS Tasmania|"
    "VIC Victoria|WA Western Australia"
)
REGIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        f"{country}-{code}": name
        for country, parts in (("US", _UNITED_STATES), ("CA", _CANADA), ("AU", _AUSTRALIA))
        for code, _, name in (part.partition(" ") for part in parts.split("|"))
    }
)
"""Names by their code in ISO 3166-2, country by country in the order of the names."""
STRICTEST_FIRST: Final = (ConsentBasis.EVERYBODY_AGREES, ConsentBasis.ANNOUNCED, ConsentBasis.ONE_PARTY)


def country_of(jurisdiction: str) -> str:
    """The country of a country's or a region's code."""
    return jurisdiction.partition("-")[0]


def has_regions(country: str) -> bool:
    """Whether the country's parts have laws of their own."""
    return any(country_of(code) == country for code in REGIONS)


def deciding_basis(country: str, region: str | None, bases: Mapping[str, ConsentBasis]) -> ConsentBasis | None:
    """The basis that holds for somebody in the country, of those set by code; None where nothing may be recorded.

    A region's own comes before its country's. Of somebody whose region is not known the strictest of the country's and its regions'
    holds; without one for the country itself, which stands for every region without its own, nothing does. A region of another country
    says nothing.
    """
    if region is not None and country_of(region) == country:
        return bases.get(region, bases.get(country))
    if country not in bases:
        return None
    return min((basis for code, basis in bases.items() if country_of(code) == country), key=STRICTEST_FIRST.index)
