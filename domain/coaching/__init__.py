"""What a coach would point out, worked out from facts by pure functions."""
