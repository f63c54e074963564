"""How patterns are told on a screen: the sentence with its counts, how sure it is, and what is too early or over."""

from datetime import date

import pytest
import streamlit as st

from domain.coaching.patterns.hypotheses import HYPOTHESES
from domain.coaching.patterns.pattern import Answer, Lack, Pattern, Side, Tier, Whose
from services.patterns import PatternBoard
from tests.ui.visits import as_typed
from ui import pattern_cards


def board() -> PatternBoard:
    question, team = HYPOTHESES["hour_reach"], Whose(team_id=1)
    sides = {"inside": Side(total=50, count=100), "outside": Side(total=90, count=300)}
    numbers = {"effect": 2.1, "low": 1.6, "high": 2.8, "people": 6, "q_value": 0.001}
    told = Pattern(whose=team, hypothesis=question, segment=question.segment("noon"), tier=Tier.CLEAR, **sides, **numbers)
    length = HYPOTHESES["length_next_step"]
    early = Answer(whose=team, hypothesis=length, tier=Tier.TOO_EARLY, has=40, needs=120, lack=Lack.FACTS)
    return PatternBoard(told=(told,), too_early=(early,), nothing=(), gone=(), looked_on=date(2026, 3, 10))


def test_a_pattern_shows_its_counts_and_what_is_too_early_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    said = list[str]()
    monkeypatch.setattr(st, "markdown", said.append)
    pattern_cards._board(board())
    words = as_typed("\n".join(said).replace("\\", ""))
    assert "Calls between 12:00 and 14:00 reached somebody more often: 50 of 100 (50" in words
    assert "Clear" in words
    assert "odds 2.10 times as high (90 % interval 1.60 to 2.80), from 400 calls of 6 people" in words
    assert "Length of meetings: 40 of 120 meetings needed" in words
