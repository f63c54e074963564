"""`python -m benchmarks.reviews [--json]`: how well the rules review fifty made-up deals (`domain/deals/review_cases`).

`cases`: how many;
`sound`: reviews with the priority a sales manager would give, everything that must be mentioned, and urgency where it is due;
`sound_share`: of all of them; the product promises four in five;
`right_priority`: reviews with that priority;
`faults`: what was wrong with the others, by the name of the deal.

Nothing is read from or written to a database.
"""

import argparse
import json
from typing import Any

from domain.deals.review_cases.every import CASES
from domain.deals.rule_review import rule_review


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reviews", description=__doc__)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    found = figures()
    print(json.dumps(found, indent=2) if chosen.json else "\n".join(f"{key:16} {value}" for key, value in found.items()))


def figures() -> dict[str, Any]:
    """How the rules do."""
    reviews = [(case, rule_review(case.basis)) for case in CASES]
    faults = {case.name: list(wrong) for case, review in reviews if (wrong := case.faults(review))}
    return {
        "cases": len(CASES),
        "sound": len(CASES) - len(faults),
        "sound_share": round(1 - len(faults) / len(CASES), 2),
        "right_priority": sum(review.priority is case.priority for case, review in reviews),
        "faults": faults,
    }


if __name__ == "__main__":
    main()
