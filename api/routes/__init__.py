"""The routes of the API, one subject per file."""
