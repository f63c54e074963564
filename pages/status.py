"""Status — is everything well behind the screens?"""

from ui import outcome
from ui.layout import heading
from ui.page import open_page
from ui.status import board

open_page("status")
heading("Status", "Is everything well behind the screens?")
outcome.show()
board.show()
