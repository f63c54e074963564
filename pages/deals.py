"""Deals — which need help, and what comes next?"""

from ui.deals import board
from ui.layout import heading
from ui.page import open_page

open_page("deals")
heading("Deals", "Which need help, and what comes next?")
board.show()
