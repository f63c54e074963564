"""Whose law holds: a region's before its country's, and the strictest while nobody said where somebody works."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.jurisdictions import REGIONS, STRICTEST_FIRST, country_of, deciding_basis
from domain.recording import ConsentBasis

STRICT, TOLD, ONE = STRICTEST_FIRST
BASES = st.dictionaries(st.sampled_from(["US", "US-CA", "US-NY", "CA", "CA-QC"]), st.sampled_from(ConsentBasis))


def test_every_part_of_the_three_countries_is_there() -> None:
    counts = {country: sum(country_of(code) == country for code in REGIONS) for country in ("US", "CA", "AU")}
    assert counts == {"US": 51, "CA": 13, "AU": 8}
    assert (REGIONS["US-DC"], REGIONS["AU-ACT"], REGIONS["CA-QC"]) == ("District of Columbia", "Australian Capital Territory", "Quebec")


@pytest.mark.parametrize(
    ("region", "bases", "basis"),
    [
        ("US-CA", {"US": ONE, "US-CA": STRICT}, STRICT),
        ("US-CA", {"US-CA": ONE}, ONE),
        ("US-NY", {"US": ONE, "US-CA": STRICT}, ONE),
        ("US-NY", {"US-CA": STRICT}, None),
        (None, {"US": ONE, "US-CA": TOLD}, TOLD),
        (None, {"US-CA": ONE, "US-NY": ONE}, None),
        ("CA-QC", {"US": ONE, "US-CA": STRICT, "CA-QC": ONE}, STRICT),
    ],
)
def test_which_basis_holds_in_the_united_states(region: str | None, bases: dict[str, ConsentBasis], basis: ConsentBasis | None) -> None:
    assert deciding_basis("US", region, bases) is basis


@given(bases=BASES, region=st.sampled_from(["US-CA", "US-NY", "US-TX"]))
def test_saying_nothing_is_never_laxer_than_saying_where(bases: dict[str, ConsentBasis], region: str) -> None:
    unsaid, said = deciding_basis("US", None, bases), deciding_basis("US", region, bases)
    if unsaid is not None:
        assert said is not None
        assert STRICTEST_FIRST.index(unsaid) <= STRICTEST_FIRST.index(said)
