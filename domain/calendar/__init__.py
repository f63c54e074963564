"""What repeats in a calendar, and what stands in whose way."""
