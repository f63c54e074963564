"""Weekly."""

from ui import layout
from ui.page import open_page

viewer = open_page("weekly")
layout.heading("Weekly", "")
