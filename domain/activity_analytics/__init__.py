"""Which of an agent's activities work, when they work, and what to make of it; pure functions of counts."""
