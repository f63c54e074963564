"""Nothing is recorded without grounds, and nothing against the agent's will."""

from datetime import date

import pytest

from domain.recording import BEFORE_RECORDING, ConsentBasis, Refusal, expiry, permission


def test_without_a_basis_nothing_is_recorded_whatever_anybody_wants() -> None:
    found = permission(place="United States", basis=None, prefers=True, wanted=True)
    assert (found.allowed, found.refusal) == (False, Refusal.NO_BASIS)
    assert "United States" in found.why


@pytest.mark.parametrize("basis", ConsentBasis)
def test_with_a_basis_the_agent_is_told_what_to_do_first(basis: ConsentBasis) -> None:
    found = permission(place="Germany", basis=basis, prefers=True)
    assert (found.allowed, found.basis, found.why) == (True, basis, BEFORE_RECORDING[basis])


def test_an_agent_who_does_not_record_is_not_recorded() -> None:
    found = permission(place="Germany", basis=ConsentBasis.ONE_PARTY, prefers=False)
    assert (found.allowed, found.refusal) == (False, Refusal.PREFERENCE)


def test_one_call_can_be_left_out() -> None:
    found = permission(place="Germany", basis=ConsentBasis.ONE_PARTY, prefers=True, wanted=False)
    assert (found.allowed, found.refusal) == (False, Refusal.THIS_CALL)


def test_a_recording_is_kept_for_whole_days() -> None:
    assert expiry(date(2026, 3, 10), 90) == date(2026, 6, 9)
    assert expiry(date(2026, 3, 10), 1) == date(2026, 3, 12)
