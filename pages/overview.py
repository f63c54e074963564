"""Overview — is the team on pace, and who needs a hand?"""

from ui import boards, filters, first_steps, layout
from ui.page import open_page

viewer = open_page("overview")
layout.heading("Overview", "Is the team on pace, and who needs a hand?")
first_steps.show(viewer)
boards.show(filters.bar(viewer))
