"""What to do about a skill: something for this week, and an exercise to practise it with; written for people."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from domain.progression.requirements import Kind
from domain.records import Skill


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """How a skill is worked on."""

    this_week: str
    exercise: str


DRILLS: Final[Mapping[Skill, Drill]] = MappingProxyType(
    {
        Skill.PROSPECTING: Drill(
            this_week="Move half of your calls to another hour of the day and see in which one more people answer.",
            exercise="Say your first two sentences aloud ten times, record three of them, and keep the one you would listen to yourself.",
        ),
        Skill.APPOINTMENT_SETTING: Drill(
            this_week="End every good conversation with two times to choose from instead of asking whether a meeting suits.",
            exercise="Role-play with a colleague: five minutes, three objections to a meeting, and a date agreed at the end. Swap, repeat.",
        ),
        Skill.PRESENTATION: Drill(
            this_week="Before each appointment write down the one thing this client wants to have solved, and show that first.",
            exercise="Hold your presentation in five minutes instead of twenty for a colleague, who then says what they would do next.",
        ),
        Skill.FOLLOW_UP: Drill(
            this_week="Go through the leads you contacted in the last month and give each one without a next step a day.",
            exercise="Write three follow-up messages that bring something new (a figure, an offer, an answer), none that only asks.",
        ),
        Skill.CLOSING: Drill(
            this_week="Ask in every open deal what is still missing for a yes, and write the answer down word for word.",
            exercise="Take your last three lost deals, name the moment each turned, and practise with a colleague what to say there.",
        ),
        Skill.SPEED: Drill(
            this_week="Keep the first ten minutes of each hour free for new leads, before anything else.",
            exercise="Prepare a first message for each source of leads, so that an answer takes one minute and not ten.",
        ),
    }
)
SKILL_BEHIND: Final[Mapping[Kind, Skill]] = MappingProxyType(
    {
        Kind.SALES: Skill.CLOSING,
        Kind.CALLS: Skill.PROSPECTING,
        Kind.APPOINTMENTS: Skill.APPOINTMENT_SETTING,
        Kind.SHOWINGS: Skill.PRESENTATION,
        Kind.CONVERSION: Skill.CLOSING,
        Kind.SALES_PER_MONTH: Skill.CLOSING,
    }
)
"""Which skill helps most with a requirement that is short."""
