"""Alerts — what needs doing now, and who does it?"""

from ui.alerts import board
from ui.layout import heading
from ui.page import open_page

open_page("alerts")
heading("Alerts", "What needs doing now, and who does it?")
board.show()
