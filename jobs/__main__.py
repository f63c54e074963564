"""`python -m jobs` — see app.py."""

import sys

from jobs.app import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
