"""The people of the demo company: who they are, where they work, and the story their numbers tell."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.records import Profile, Role

COMPANY: Final = "Brightwater & Vale (demo)"
DEMO_PASSWORD: Final = "pacesetter-demo"  # noqa: S105 - made to be printed: it opens invented data only
PASSWORD_HASH: Final = "$2b$12$C42dNOSdTULG8RYFYbwKXuYyW8tonGscsSV7y.bCapz2MGhUAdKly"  # noqa: S105 - bcrypt of DEMO_PASSWORD
EASTERN: Final = "America/New_York"
CENTRAL: Final = "America/Chicago"
MOUNTAIN: Final = "America/Denver"
PACIFIC: Final = "America/Los_Angeles"
LONDON: Final = "Europe/London"
HOME_ZONE: Final = EASTERN
"""Where the company's day is counted."""


class Size(StrEnum):
    """How much of a company: a handful for tests, thirty people for a look around, five hundred for measurements."""

    SMALL = "small"
    DEFAULT = "default"
    LARGE = "large"


class Story(StrEnum):
    """What somebody who looks at a person's numbers should be able to find out."""

    STEADY = "steady"
    RISING = "rising"
    """Joined five months ago, slow at first, now among the best."""
    NEWCOMER = "newcomer"
    """Joined a month ago; hardly anything sold yet."""
    SLUMP = "slump"
    """Six weeks of half the work and fewer conversions, after a good year."""
    SLOW_CLOSER = "slow_closer"
    """Converts more than anybody and answers new leads far too late."""
    AWAY = "away"
    """Back since last week from two weeks of absence."""
    MOVED = "moved"
    """Changed team four months ago."""
    LEFT = "left"
    """Left three months ago; the account is closed, the history stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A team as it is founded."""

    name: str
    profile: Profile
    country: str = "US"


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """One of the company's people. `volume` scales how much comes their way, `skill` how often it ends well."""

    name: str
    office: str = ""
    role: Role = Role.AGENT
    zone: str = EASTERN
    volume: float = 1.0
    skill: float = 1.0
    story: Story = Story.STEADY
    manages: tuple[str, ...] = ()
    came_from: str = ""
    """The team before the move, for somebody who moved."""
    days: tuple[int, ...] = (1, 2, 3, 4, 5)
    """ISO weekdays they work."""

    @property
    def email(self) -> str:
        """Made from the name; example.com belongs to nobody."""
        return f"{self.name.lower().replace(' ', '.').replace('’', '')}@example.com"


HOMES: Final = Office(name="Harbor Homes", profile=Profile.REAL_ESTATE)
LENDING: Final = Office(name="Summit Lending", profile=Profile.LOAN_OFFICER)
OUTREACH: Final = Office(name="Partner Outreach", profile=Profile.BDR)
COVER: Final = Office(name="Beacon Business Cover", profile=Profile.B2B)
OFFICES: Final = (HOMES, LENDING, OUTREACH, COVER)

EVERY_DAY: Final = (1, 2, 3, 4, 5, 6, 7)
"""Open houses on Sundays included, so that the printed sign-in has a day to look at on any day."""
MONDAY_TO_SATURDAY: Final = (1, 2, 3, 4, 5, 6)
TUESDAY_TO_SATURDAY: Final = (2, 3, 4, 5, 6)

PLAYERS: Final = (
    Player(name="Amara Whitfield", role=Role.ADMIN),
    Player(name="Elena Marchetti", role=Role.MANAGER, manages=(HOMES.name,)),
    Player(name="Desmond Clarke", role=Role.MANAGER, zone=CENTRAL, manages=(LENDING.name, COVER.name)),
    Player(name="Priya Raman", role=Role.MANAGER, zone=PACIFIC, manages=(OUTREACH.name,)),
    Player(name="Maya Okafor", office=HOMES.name, volume=1.3, skill=1.05, days=EVERY_DAY),
    Player(name="Jonas Lindqvist", office=HOMES.name, volume=1.0, skill=1.0, story=Story.SLUMP),
    Player(name="Rosa Delgado", office=HOMES.name, volume=1.5, skill=1.1, story=Story.RISING, days=MONDAY_TO_SATURDAY),
    Player(name="Theo Papadakis", office=HOMES.name, volume=0.8, skill=1.75, story=Story.SLOW_CLOSER),
    Player(name="Hannah Goldberg", office=HOMES.name, volume=1.7, skill=1.15, days=TUESDAY_TO_SATURDAY),
    Player(name="Kwame Boateng", office=HOMES.name, volume=0.9, skill=0.9, story=Story.AWAY),
    Player(name="Sofia Petrova", office=HOMES.name, volume=0.75, skill=0.8),
    Player(name="Liam Gallagher", office=HOMES.name, volume=0.9, story=Story.NEWCOMER),
    Player(name="Grace Nakamura", office=LENDING.name, zone=CENTRAL, volume=1.5, skill=1.2),
    Player(name="Omar Haddad", office=LENDING.name, zone=CENTRAL, volume=1.0, skill=1.0),
    Player(name="Chloe Beaumont", office=LENDING.name, zone=MOUNTAIN, volume=1.1, skill=0.9),
    Player(name="Mateusz Kowalski", office=LENDING.name, zone=CENTRAL, volume=0.5, skill=0.8),
    Player(name="Aisha Siddiqui", office=LENDING.name, zone=EASTERN, volume=1.0, skill=1.3, story=Story.SLOW_CLOSER),
    Player(name="Victor Almeida", office=LENDING.name, zone=MOUNTAIN, volume=1.2, skill=1.0),
    Player(name="Yuki Tanabe", office=LENDING.name, zone=CENTRAL, volume=0.8, story=Story.LEFT),
    Player(name="Marcus Bell", office=OUTREACH.name, zone=PACIFIC, volume=1.25, skill=1.15),
    Player(name="Ingrid Solberg", office=OUTREACH.name, zone=PACIFIC, volume=1.0, skill=1.0),
    Player(name="Tariq Aziz", office=OUTREACH.name, zone=MOUNTAIN, volume=1.1, skill=0.9),
    Player(name="Camila Rojas", office=OUTREACH.name, zone=PACIFIC, volume=0.9, skill=1.1, story=Story.RISING),
    Player(name="Noah Feldman", office=OUTREACH.name, zone=PACIFIC, volume=0.9, skill=1.0, story=Story.SLUMP),
    Player(name="Zanele Mbeki", office=OUTREACH.name, zone=LONDON, volume=1.0, skill=1.2),
    Player(name="Isabel Fontaine", office=COVER.name, zone=EASTERN, volume=1.35, skill=1.2),
    Player(name="Daniel Osei", office=COVER.name, zone=CENTRAL, volume=1.0, skill=1.0),
    Player(name="Mei Lin Chou", office=COVER.name, zone=PACIFIC, volume=1.1, skill=1.1),
    Player(name="Patrick O’Rourke", office=COVER.name, zone=EASTERN, volume=0.7, skill=0.8),
    Player(name="Fatima Benali", office=COVER.name, zone=CENTRAL, volume=0.9, skill=1.0, story=Story.AWAY),
    Player(name="Samuel Adeyemi", office=COVER.name, zone=EASTERN, volume=0.9, story=Story.MOVED, came_from=OUTREACH.name),
    Player(name="Lucas Ferreira", office=COVER.name, zone=EASTERN, volume=0.8, story=Story.NEWCOMER),
    Player(name="Nadia Rahman", office=COVER.name, zone=LONDON, volume=0.8, skill=0.9),
)
"""Thirty-odd people; the order is part of the company, because everybody's dice are numbered by it."""
SMALL_TEAM: Final = 3
SIGN_IN_AGENT: Final = PLAYERS[4]
SIGN_IN_MANAGER: Final = PLAYERS[1]
SIGN_IN_ADMIN: Final = PLAYERS[0]


def players(size: Size) -> list[tuple[int, Player]]:
    """The people of a size with their numbers; the small company keeps the first three of each team."""
    numbered = list(enumerate(PLAYERS))
    if size is not Size.SMALL:
        return numbered
    kept: list[tuple[int, Player]] = []
    for number, player in numbered:
        teammates = sum(1 for _, other in kept if player.office and other.office == player.office)
        if teammates < SMALL_TEAM and not player.came_from:
            kept.append((number, player))
    return kept
