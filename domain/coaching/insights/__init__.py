"""Observations about one agent's own numbers: one rule per file, signals in, an insight or None out. `rules` lists them."""
