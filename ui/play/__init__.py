"""Points, streaks, celebrations and achievements on screen."""
