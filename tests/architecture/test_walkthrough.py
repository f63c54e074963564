"""docs/walkthrough.md has a picture for every step, each small enough to be loaded on the way, and the script that takes them again."""

import re

from tests.architecture.sources import ROOT

PAGE = (ROOT / "docs" / "walkthrough.md").read_text(encoding="utf-8")
SCRIPT = (ROOT / "docs" / "pictures.py").read_text(encoding="utf-8")
SHOWN = re.findall(r"!\[(.+)\]\((images/walkthrough/.+\.png)\)", PAGE)
MOST_BYTES = 150_000


def test_every_step_has_its_picture_in_words_and_in_the_script_that_takes_it() -> None:
    steps = re.findall(r"^## \d+\. ", PAGE, re.MULTILINE)
    assert 6 <= len(steps) == len(SHOWN) <= 8
    assert [words for words, _ in SHOWN if len(words) < 20] == []
    assert re.findall(r'name="([\w-]+)", address', SCRIPT) == [path.removeprefix("images/walkthrough/")[:-4] for _, path in SHOWN]


def test_every_picture_is_there_and_small() -> None:
    sizes = {path: (ROOT / "docs" / path).stat().st_size for _, path in SHOWN}
    assert {path: size for path, size in sizes.items() if not 0 < size <= MOST_BYTES} == {}


def test_the_front_page_and_the_user_guide_lead_there() -> None:
    assert "(docs/walkthrough.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "(walkthrough.md)" in (ROOT / "docs" / "user-guide.md").read_text(encoding="utf-8")
