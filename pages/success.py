"""Success — does the product do what it is for?"""

from domain.periods import Preset
from ui import filters, layout
from ui.page import open_page
from ui.success import board

viewer = open_page("success")
layout.heading("Success", "Are goals reached, does work turn into sales, and do people grow?")
board.show(filters.bar(viewer, default=Preset.LAST_90_DAYS, with_choices=False))
