"""The 1:1 screen."""
