"""`python -m benchmarks.coach_texts [--json]`: how well the coach's texts are said by rules, and by the model that is set up.

On the invented cases of `domain/coaching/texts/cases`, by kind:

`cases`: how many;
`rules_sound`: in how many the rules' words mention what they must, say nothing they must not, and only the facts;
`usable`: how many answers of the model say only the facts (`PACESETTER_AI_KEY`, `_URL`, `_MODEL`; null without a key);
`sound`: in how many what would be shown, the model's words or else the rules', has no fault; the model may be asked where that is not less
than `rules_sound` and four in five answers are usable (`may_be_asked`).
`rules_sound_share`: in how many of all cases the rules are.

Nothing is read from or written to a database; on an installation the same is tried under *Settings*.
"""

import argparse
import json
from dataclasses import asdict
from typing import Any

from assistant import assistant
from domain.ai.outcome import Outcome
from domain.ai.redaction import Redaction
from services.ai import Asked, Phrased, by_rules, judged, question_of
from services.ai_evaluation import KINDS, scored


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.coach_texts", description=__doc__)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    found = figures()
    print(json.dumps(found, indent=2) if chosen.json else "\n".join(f"{key:12} {value}" for key, value in found.items()))


def figures() -> dict[str, Any]:
    """By kind, and which model was asked."""
    is_set_up = assistant().is_set_up
    found: dict[str, Any] = {"model": assistant().model.name or None}
    cases, rules_sound = 0, 0
    for purpose in KINDS:
        score = scored(purpose, said if is_set_up else by_rules)
        by_model = {"usable": score.usable, "sound": score.sound, "may_be_asked": score.is_enough}
        found[purpose.value] = asdict(score) | (by_model if is_set_up else dict.fromkeys(by_model))
        cases, rules_sound = cases + score.cases, rules_sound + score.rules_sound
    return found | {"rules_sound_share": round(rules_sound / cases, 2)}


def said(asked: Asked) -> Phrased:
    """The model's words, or the rules' where they are not usable; no budget is counted."""
    told = Redaction().hidden(asked.facts.cleaned())
    answer = judged(assistant().model.ask(question_of(asked.purpose, told)), told, Redaction(), ())
    if answer.outcome is not Outcome.OK:
        return by_rules(asked, answer.outcome)
    return Phrased(sentences=answer.sentences, outcome=Outcome.OK, digest=asked.digest)


if __name__ == "__main__":
    main()
