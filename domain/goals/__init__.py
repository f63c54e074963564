"""Goals: what an agent wants to reach in a calendar period, and how far the facts have brought it."""
