"""What needs doing now: rules over a team's facts, and the life of what they find."""
