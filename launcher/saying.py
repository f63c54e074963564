"""What the launcher tells the person at the terminal."""

import sys


def say(sentence: str = "") -> None:
    """A line on standard output, at once even into a pipe."""
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def complain(sentence: str) -> None:
    """A line on standard error."""
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()
