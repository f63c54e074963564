"""Monthly — how does the month compare, and where is it heading?"""

from domain.periods import Grain
from ui import layout, period_board
from ui.page import open_page

viewer = open_page("monthly")
layout.heading("Monthly", "How does the month compare, and where is it heading?")
period_board.show(viewer, "monthly", Grain.MONTH)
