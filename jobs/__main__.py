"""`python -m jobs` — see app.py."""

import sys

from jobs.app import end_with, main

if __name__ == "__main__":
    end_with(main(sys.argv[1:]))
