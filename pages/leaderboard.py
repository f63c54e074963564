"""Leaderboard — who is ahead, by how much, and what it is made of?"""

from ui import filters, layout, standings, tv_boards
from ui.page import open_page

viewer = open_page("leaderboard")
layout.heading("Leaderboard", "Who is ahead, by how much, and what is it made of?")
standings.show(filters.bar(viewer, with_choices=not standings.is_own(viewer)))
if not standings.is_own(viewer):
    tv_boards.show()
