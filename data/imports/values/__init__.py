"""One parser per family of values; each takes text as a file has it and returns a value, or raises ValueError with the reason."""
