"""Weekly — is the week on pace, and what made it?"""

from domain.periods import Grain
from ui import layout, period_board
from ui.page import open_page

viewer = open_page("weekly")
layout.heading("Weekly", "Is the week on pace, and what made it?")
period_board.show(viewer, "weekly", Grain.WEEK)
