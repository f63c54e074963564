"""Words of the People screen."""

from collections.abc import Sequence
from typing import Final

from domain.profiles import PROFILES
from domain.records import Profile, Role
from services.people import DirectoryEntry

WEEKDAYS: Final = {1: "Mon", 2: "Tue", 3: "Wed", 4: "Thu", 5: "Fri", 6: "Sat", 7: "Sun"}
ROLE_WORDS: Final = {Role.AGENT: "Agent", Role.MANAGER: "Manager", Role.ADMIN: "Administrator"}
PROFILE_WORDS: Final = {profile: PROFILES[profile].name for profile in Profile}
CRM_ID: Final = "Id in the CRM"
ACTIVE: Final = "Can sign in"
NOT_INVITED: Final = "No sign-in yet"
LEFT: Final = "Deactivated"


def access_word(person: DirectoryEntry) -> str:
    """Whether somebody can sign in, in words."""
    if not person.active:
        return LEFT
    return ACTIVE if person.can_sign_in else NOT_INVITED


def told_apart(people: Sequence[DirectoryEntry]) -> dict[int, str]:
    """Names by id; where two share a name, the e-mail or the number says who is who."""
    names = [person.name for person in people]
    return {
        person.person_id: person.name if names.count(person.name) == 1 else f"{person.name} ({person.email or person.person_id})"
        for person in people
    }
