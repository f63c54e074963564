"""Writing: an open session and values in; nothing here commits."""
