"""The parts of the Imports screen, in the order of its steps."""
