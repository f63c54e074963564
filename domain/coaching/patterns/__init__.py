"""Patterns: what goes together with what in the work of a team or of one agent, told only where it is more than luck and has lasted."""
