"""The Status screen's parts, and the banner that leads to it."""
