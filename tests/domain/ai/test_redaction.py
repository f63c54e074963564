"""What is personal leaves as a token, and comes back as it was."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.ai.cleaning import clean
from domain.ai.facts import Fact, Facts, fenced
from domain.ai.redaction import Redaction

ADA, WILL = "Ada Lovelace", "Will Price"
PERSONAL = (ADA, "Lovelace", "ada@example.com", "+1 (202) 555-0143", "CRM-00A17xQ", "550e8400-e29b-41d4-a716-446655440000", "7700900123")
words = st.lists(st.one_of(st.sampled_from([*PERSONAL, "PERSON_1", "EMAIL_2", "https://a.example/x"]), st.text(max_size=12)), max_size=12)


@given(words)
@example(["0#0"])
@example(["xhttps://a.example", "#1A", "ID_1a"])
def test_nothing_personal_leaves_and_everything_comes_back(parts: list[str]) -> None:
    redaction, text = Redaction(people=(ADA, WILL)), " ; ".join(parts)
    hidden = redaction.quoted(text)
    assert redaction.restored(hidden) == clean(text)
    assert redaction.quoted(text) == hidden
    left = re.sub(r"\b[A-Z]+_\d+[A-Z]*\b", "", hidden).casefold()
    assert not [each for each in PERSONAL if re.search(rf"(?<!\w){re.escape(each.casefold())}(?!\w)", left)]


def test_a_person_has_one_number_however_they_are_written() -> None:
    redaction = Redaction(people=(ADA, WILL))
    assert redaction.quoted("Ada Lovelace, ada lovelace, LOVELACE and Price") == "PERSON_1, PERSON_1A, PERSON_1B and PERSON_2"
    assert redaction.own("You will pay the price, Will") == "You will pay the price, PERSON_2A"
    assert redaction.restored("PERSON_1B asked PERSON_2; PERSON_9 did not") == "LOVELACE asked Price; PERSON_9 did not"


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("write to a.b+c@mail.example.org", "write to EMAIL_1"),
        ("call +44 20 7946 0958 or (202) 555-0143", "call PHONE_1 or PHONE_2"),
        ("see https://evil.example/x?q=1 and www.x.org", "see LINK_1 and LINK_2"),
        ("deal #4711, id 00123456, ref AB12-34CD", "deal ID_1, id PHONE_1, ref ID_2"),
        ("268 calls, 12 % of 1,234", "268 calls, 12 % of 1,234"),
    ],
)
def test_words_of_others_lose_addresses_numbers_and_links(text: str, hidden: str) -> None:
    assert Redaction().quoted(text) == hidden


def test_our_own_figures_stay() -> None:
    facts = Facts(facts=(Fact(name="until", figure="2026-03-10", words="12345678 calls of Ada Lovelace"),), people=(ADA,))
    told = fenced(Redaction(people=facts.people).hidden(facts))
    assert ("2026-03-10" in told, "12345678 calls of PERSON_1" in told, "Ada" in told) == (True, True, False)
