"""Inbox — what should I know?"""

from ui import inbox, outcome
from ui.layout import heading
from ui.page import open_page

viewer = open_page("inbox")
heading("Inbox", "What should I know?")
outcome.show()
inbox.show(viewer)
