"""All fifty of them."""

from typing import Final

from domain.deals.review_cases.held_up import HELD_UP
from domain.deals.review_cases.kept_up import KEPT_UP
from domain.deals.review_cases.quiet import QUIET

CASES: Final = (*QUIET, *HELD_UP, *KEPT_UP)
