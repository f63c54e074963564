"""What somebody is known by: two ways of writing it are one, and the hash of it needs the secret."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.forgotten import Trait, client_refusal, contact_traits, digest, name_trait, person_traits, record_trait, traits_in


@pytest.mark.parametrize(
    ("one", "other"),
    [("+353 1 555 01 99", "01/5550199"), ("+45 12 34 56 78", "12345678"), ("+49 (170) 123-4567", "0049 170 1234567")],
)
def test_a_number_is_known_with_and_without_its_country(one: str, other: str) -> None:
    assert contact_traits(phone=one) == contact_traits(phone=other) != frozenset()


@pytest.mark.parametrize("phone", ["", "ext. 123456", "n/a", None])
def test_what_many_have_is_nobodys_number(phone: str | None) -> None:
    assert contact_traits(phone=phone, email=" ") == frozenset()


@given(st.emails(), st.text(min_size=1), st.text(min_size=1))
def test_a_hash_tells_one_trait_made_with_one_secret(email: str, secret: str, other: str) -> None:
    (trait,) = contact_traits(email=email)
    assert contact_traits(email=f" {email.upper().lower()} ") == contact_traits(email=email.lower())
    assert (digest(secret, trait) == digest(other, trait)) == (secret == other)
    assert digest(secret, trait) != digest(secret, Trait("phone", trait.value))
    assert email not in digest(secret, trait)


def test_a_record_is_known_in_its_own_system_only() -> None:
    assert record_trait("lead", "crm", "7") != record_trait("lead", "api", "7")
    assert record_trait("lead", "crm", None) == record_trait("lead", "crm", "") == frozenset()


def test_a_person_is_known_by_each_of_three_things() -> None:
    assert person_traits(name=" Zoë  Quill", email="Zoe@Example.com", external_id=None) == {
        Trait("person_name", "zoë quill"),
        Trait("person_email", "zoe@example.com"),
    }


def test_the_reason_tells_the_day() -> None:
    assert client_refusal(date(2026, 11, 26)) == "This client asked to be forgotten on 26 Nov 2026."


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_name_an_address_and_a_number_are_found_in_any_text(before: str, after: str) -> None:
    known = name_trait("Ada O'Quill") | contact_traits(email="ada@quill.example", phone="+353 1 555 01 99")
    assert known <= traits_in(f"{before}\nADA O'QUILL, <Ada@Quill.example>, (01) 555 01-99\n{after}")


def test_a_name_of_one_word_is_no_name_in_a_text() -> None:
    assert name_trait("Will") == frozenset()
    assert not name_trait("Ada O'Quill") & traits_in("Ada and Ben at Quill Ltd")
