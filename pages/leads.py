"""Leads — who is waiting, and who is worth a call?"""

from ui.layout import heading
from ui.leads import board
from ui.page import open_page

open_page("leads")
heading("Leads", "Who is waiting, and who is worth a call?")
board.show()
