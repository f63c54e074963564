"""Records."""

from ui import layout
from ui.page import open_page

viewer = open_page("records")
layout.heading("Records", "")
