"""1:1 — who needs a conversation, what to talk about, and what was agreed?"""

from ui import layout
from ui.one_on_ones import board, words
from ui.page import open_page

viewer = open_page("one_on_ones")
layout.heading("1:1", words.QUESTIONS[viewer.role])
board.show()
