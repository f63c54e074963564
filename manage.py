"""`python manage.py` — the administrator's command line; see commands/."""

from commands.app import main

if __name__ == "__main__":
    main()
