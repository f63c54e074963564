"""Reports: what one says, before anybody decides what it looks like."""
