"""Where a period is heading: how much by its end, how sure, and how often that came true before."""
