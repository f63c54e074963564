"""The parts of the Privacy page."""
