"""Calls under way, their recordings, and where recording is allowed, on screen."""
