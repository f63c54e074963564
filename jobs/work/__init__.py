"""The jobs, one per file; timetable.py lists them."""
