"""Facts of a data set by team or agent and question, and what the benchmark does with them: shuffle, halve, cut in time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from domain.coaching.patterns.contrast import contrasts
from domain.coaching.patterns.enough import evidence
from domain.coaching.patterns.finding import answers
from domain.coaching.patterns.hypotheses import Hypothesis
from domain.coaching.patterns.pattern import Pattern, Whose
from domain.coaching.patterns.pooling import Estimate, pooled
from domain.coaching.patterns.sample import Sample


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A company: the facts for each question, everybody's in one sample, and who is on which team."""

    facts: Mapping[Hypothesis, Sample]
    teams_of: Mapping[int, int]

    def found(self) -> list[Pattern]:
        """What a night would tell, of all teams and all agents at once."""
        looked_at = {asked: evidence(facts, asked[1]) for asked, facts in self._asked().items() if len(facts)}
        return [each.pattern for each in answers(looked_at, self.teams_of) if each.pattern]

    def _asked(self) -> dict[tuple[Whose, Hypothesis], Sample]:
        found = {}
        for question, facts in self.facts.items():
            teams = np.array([self.teams_of[agent] for agent in facts.agents.tolist()])
            for team in np.unique(teams).tolist():
                found[Whose(team_id=team), question] = facts.of(teams == team)
            for agent in np.unique(facts.agents).tolist():
                found[Whose(agent_id=agent), question] = facts.of(facts.agents == agent)
        return found

    def of(self, whose: Whose, question: Hypothesis) -> Sample:
        """The facts of one team or agent."""
        facts = self.facts[question]
        if whose.agent_id is not None:
            return facts.of(facts.agents == whose.agent_id)
        members = [agent for agent, team in self.teams_of.items() if team == whose.team_id]
        return facts.of(np.isin(facts.agents, members))

    def shuffled(self, dice: np.random.Generator) -> "World":
        """The same with the outcomes of every agent dealt out anew among their own facts: nothing is left to find."""
        return replace(self, facts={question: _shuffled(facts, dice) for question, facts in self.facts.items()})

    def halves(self, dice: np.random.Generator) -> tuple["World", "World"]:
        """Each fact in one of two halves, by the toss of a coin."""
        heads = {question: dice.random(len(facts)) < 1 / 2 for question, facts in self.facts.items()}
        return self._part(heads), self._part({question: ~each for question, each in heads.items()})

    def cut(self, share: float) -> tuple["World", "World"]:
        """What happened in this share of the days, and what came afterwards."""
        days = np.concatenate([facts.days for facts in self.facts.values()])
        first, last = int(days.min()), int(days.max())
        until = first + share * (last - first)
        early = {question: facts.days < until for question, facts in self.facts.items()}
        return self._part(early), self._part({question: ~each for question, each in early.items()})

    def _part(self, chosen: Mapping[Hypothesis, np.ndarray[tuple[int], np.dtype[np.bool_]]]) -> "World":
        return replace(self, facts={question: facts.of(chosen[question]) for question, facts in self.facts.items()})


def seen_again(pattern: Pattern, elsewhere: World) -> Estimate | None:
    """The pattern's effect in other facts, alone and not drawn anywhere; None where they have none that tell."""
    question = pattern.hypothesis
    facts = elsewhere.of(pattern.whose, question)
    place = question.segments.index(pattern.segment)
    contrast = contrasts(facts, (place,), is_share=question.outcome.is_share)[place]
    return pooled(contrast, 0.0) if contrast.information else None


def _shuffled(facts: Sample, dice: np.random.Generator) -> Sample:
    by_agent = np.argsort(facts.agents, kind="stable")
    dealt = np.lexsort((dice.random(len(facts)), facts.agents))
    values = np.empty_like(facts.values)
    values[by_agent] = facts.values[dealt]
    return replace(facts, values=values)
