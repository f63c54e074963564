"""Privacy — what is kept about me, what have I agreed to, and how do I take it back?"""

from ui import outcome
from ui.layout import heading, section
from ui.page import open_page
from ui.privacy import consents, own_data

viewer = open_page("privacy")
heading("Privacy", "What is kept about me, what have I agreed to, and how do I take it back?")
outcome.show()
with section("What you agreed to", key="consents", note="Yours to allow and to take back at any time; each change is in the audit log."):
    consents.show(viewer)
with section("What is kept about you", key="kept", note="All of it, why it is kept, and when it goes."):
    own_data.kept()
with section("Your copy", key="my-data", note="Profile, work, goals, plans, check-ins, messages, consents, sign-ins."):
    own_data.my_data()
with section("Erase what was observed about you", key="erase-behaviour"):
    own_data.erase_behaviour()
with section("Erase everything about you", key="ask-erasure"):
    own_data.ask_for_erasure(viewer)
