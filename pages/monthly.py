"""Monthly."""

from ui import layout
from ui.page import open_page

viewer = open_page("monthly")
layout.heading("Monthly", "")
