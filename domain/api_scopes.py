"""What a service token may be allowed to do, as a closed set of words."""

from enum import StrEnum


class ApiScope(StrEnum):
    """One permission of a service token. Writing does not include listing: a dialer that only reports calls sees what it reported."""

    ACTIVITIES_READ = "activities:read"
    ACTIVITIES_WRITE = "activities:write"
    LEADS_READ = "leads:read"
    LEADS_WRITE = "leads:write"
    DEALS_READ = "deals:read"
    DEALS_WRITE = "deals:write"
    RECORDINGS_READ = "recordings:read"
    """Hearing calls and reading what was said in them."""
    RECORDINGS_WRITE = "recordings:write"
    """Attaching and deleting them."""
    GOALS_READ = "goals:read"
    GOALS_WRITE = "goals:write"
    CALENDAR_READ = "calendar:read"
    CALENDAR_WRITE = "calendar:write"
    ANALYTICS_READ = "analytics:read"
    """Figures, funnels and timelines of agents."""
    PEOPLE_READ = "people:read"
    """Names and teams, without e-mails."""
    PROGRESSION_READ = "progression:read"
    """Levels, skills, plans and training modules."""
    PROGRESSION_WRITE = "progression:write"
    """Assessing an agent again."""
