"""Overview — is the team on pace, and who needs a hand?"""

from ui import boards, filters, layout
from ui.page import open_page

viewer = open_page("overview")
layout.heading("Overview", "Is the team on pace, and who needs a hand?")
boards.show(filters.bar(viewer))
