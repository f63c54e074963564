"""The training the demo's company offers, one or two modules a skill, and what some of its people have done of it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from psycopg import Cursor

from data.demo.cast import SIGN_IN_ADMIN
from data.demo.company import Company
from data.demo.copying import Keys
from data.demo.rhythm import moment
from domain.records import Skill

NINE: Final = 9 * 3600
EVERY_THIRD: Final = 3
"""So many people have done one of the modules in a row: some have much, some nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lesson:
    title: str
    skill: Skill
    minutes: int
    body: str


LESSONS: Final = (
    _Lesson(
        title="Your first fifteen seconds on the phone",
        skill=Skill.PROSPECTING,
        minutes=15,
        body=(
            "Who answers decides within fifteen seconds whether to stay.\n\n"
            "1. **Name and reason first.** “Good morning, this is Nora from Harbor Homes. I am calling about the house on Oak Street.”\n"
            "2. **One sentence about them**, none about you.\n"
            "3. **A question that is easy to answer**: “Are you still looking in that part of town?”\n\n"
            "Write your own three sentences down, read them aloud ten times, and use them in your next twenty calls. Count how many stay."
        ),
    ),
    _Lesson(
        title="Call when people answer",
        skill=Skill.PROSPECTING,
        minutes=10,
        body=(
            "The same fifty calls reach twice as many people at another hour.\n\n"
            "- Open *Heatmap* and look for the hours in which your calls become conversations.\n"
            "- Move one block of twenty calls there for a week.\n"
            "- Compare your conversation rate before and after. Keep the hour only if it is clearly better."
        ),
    ),
    _Lesson(
        title="Two times to choose from",
        skill=Skill.APPOINTMENT_SETTING,
        minutes=15,
        body=(
            "“Shall we meet some time?” is easy to put off. “Tuesday at ten or Thursday at five?” is easy to answer.\n\n"
            "**Three objections and an honest answer to each**\n\n"
            "| they say | you say |\n|---|---|\n"
            "| Just send me something | Gladly. Ten minutes on Thursday tell me what is worth sending. |\n"
            "| I have no time | That is why I ask for ten minutes and not for an hour. |\n"
            "| I am only looking | Good: then nothing has to be decided on Thursday. |"
        ),
    ),
    _Lesson(
        title="Listen first: an appointment in four questions",
        skill=Skill.PRESENTATION,
        minutes=20,
        body=(
            "People buy what solves their problem, and only they know it.\n\n"
            "1. What made you start looking now?\n2. What have you tried already?\n3. What would have to be true for you to decide?\n"
            "4. Who else has a say?\n\nShow only what answers these four. Leave the rest out, however good it is."
        ),
    ),
    _Lesson(
        title="A reason for every follow-up",
        skill=Skill.FOLLOW_UP,
        minutes=15,
        body=(
            "“Just checking in” gives nothing and gets nothing.\n\n"
            "Bring one new thing each time: a price that moved, an answer to a question they had, a place that fits better. Put the next "
            "date into the calendar *before* you hang up.\n\n"
            "**Try it:** take five leads you have not spoken to for two weeks, write the one new thing for each, and call them today."
        ),
    ),
    _Lesson(
        title="What is still missing for a yes?",
        skill=Skill.CLOSING,
        minutes=20,
        body=(
            "Most deals are not lost to a no but to silence.\n\n"
            "- **Ask it plainly:** “What is still missing for you to say yes?” Then wait.\n"
            "- **Write the answer down** word for word, and solve exactly that.\n"
            "- **Agree on the next step with a day.** A deal without one is not open, it is drifting.\n\n"
            "Go through your open deals now and give each one its next step."
        ),
    ),
    _Lesson(
        title="Answer within the hour",
        skill=Skill.SPEED,
        minutes=10,
        body=(
            "A new lead has written to three of us. The first who answers is the one they remember.\n\n"
            "Prepare one short first message for each source of leads. Keep ten minutes free at every full hour. On *Leads* the longest "
            "wait stands first: begin there."
        ),
    ),
)


def write_lessons(cursor: Cursor[Any], company: Company, keys: Keys) -> None:
    """The modules, except one of whose title there is a real one, and who has done which."""
    author = next(keys.people[member.number] for member in company.members if member.player == SIGN_IN_ADMIN)
    for place, lesson in enumerate(LESSONS):
        cursor.execute(
            "INSERT INTO training_module (title, skill, kind, body, url, minutes, created_by) "
            "VALUES (%s, %s, 'markdown', %s, '', %s, %s) ON CONFLICT (lower(title)) DO NOTHING RETURNING id",
            (lesson.title, lesson.skill.value, lesson.body, lesson.minutes, author),
        )
        if made := cursor.fetchone():
            _completions(cursor, company, keys, made[0], place)


def _completions(cursor: Cursor[Any], company: Company, keys: Keys, module_id: int, place: int) -> None:
    done = [member for member in company.members if member.stints and (member.number + place) % EVERY_THIRD == 0]
    day = company.facts.today - timedelta(days=EVERY_THIRD * (place + 1))
    cursor.executemany(
        "INSERT INTO training_completion (module_id, person_id, completed_at) VALUES (%s, %s, %s)",
        [(module_id, keys.people[member.number], moment(day, NINE, member.player.zone).at) for member in done],
    )
