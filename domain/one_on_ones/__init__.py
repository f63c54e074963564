"""Talks between an agent and the manager who looks after them: what to read before, who is due, what was promised."""
