"""Pipeline — what is moving, what is due, and what changed?"""

from ui import filters, layout
from ui.page import open_page
from ui.pipeline import board

viewer = open_page("pipeline")
layout.heading("Pipeline", "What is moving, what is due, and what changed?")
board.show(filters.bar(viewer))
