"""Records — what stands behind this number?"""

from ui import filters, layout, record_list
from ui.page import open_page

viewer = open_page("records")
layout.heading("Records", "What stands behind this number?")
asked = record_list.chosen_metric()
chosen = filters.bar(viewer)
record_list.show(viewer, asked, chosen, record_list.chosen_hour())
