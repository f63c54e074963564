"""`make run`: everything from an empty machine to a page in the browser, and back to nothing on Ctrl-C."""
