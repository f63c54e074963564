"""The administrator's command line, one subject per file; `python manage.py` runs it."""
