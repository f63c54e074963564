"""What managers read on Monday, word for word; `python -m tests.domain.week_digest.golden` writes the files again."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from domain.week_digest.as_html import HOME, as_html
from tests.domain.week_digest.golden import FOLDER, HOSTILE, WRITERS, digest


class Read(HTMLParser):
    """What a mail program makes of it."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.mark.parametrize("name", WRITERS)
def test_the_digest_is_word_for_word_the_golden_file(name: str) -> None:
    assert WRITERS[name](digest()) == (FOLDER / name).read_text(encoding="utf-8")


def test_what_people_wrote_stays_words_and_every_link_leads_home() -> None:
    read = Read()
    read.feed(as_html(digest()).replace(HOME, "https://sales.example.com"))
    assert read.tags <= {"html", "head", "meta", "title", "body", "table", "tr", "td", "th", "h1", "h2", "h3", "p", "a", "br"}
    assert HOSTILE in read.words
    assert {link.split("?")[0] for link in read.links} == {
        f"https://sales.example.com/{page}" for page in ("overview", "alerts", "account")
    }


def test_html_needs_nothing_from_anywhere_and_has_its_styles_inline() -> None:
    html = as_html(digest())
    assert not any(each in html for each in ("<img", "<style", "<link", "src=", "class="))


def test_the_subject_counts_what_there_is_to_look_at() -> None:
    whole = digest()
    assert whole.title == "Your teams, 16 – 22 Nov 2026: 2 things to look at"
    assert replace(whole, teams=whole.teams[1:]).title == "Your team, 16 – 22 Nov 2026: nothing presses"
    one = replace(whole.teams[0], alerts=())
    assert replace(whole, teams=(one,)).title == "Your team, 16 – 22 Nov 2026: 1 thing to look at"
