"""Targets — what is asked of whom, and since when?"""

from ui.layout import heading
from ui.page import open_page
from ui.targets import board

open_page("targets")
heading("Targets", "What is asked of whom, and since when?")
board.show()
