"""What a stage is called is a name: code that counts goes by the meaning of a stage."""

import re

from tests.architecture.sources import named, product_files

COUNTING = ("data/queries", "data/writes", "services", "ui", "jobs", "pages", "integrations")
NAME = re.compile(r"""["'](?:CALL_BOOKED|CALL_CONDUCTED|PROPOSAL_|AGREEMENT_|PARTNER_LIST_SENT)""")


def test_nothing_that_counts_goes_by_the_name_of_a_stage() -> None:
    assert [named(path) for path in product_files(*COUNTING) if NAME.search(path.read_text(encoding="utf-8"))] == []
