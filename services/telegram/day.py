"""`/today`: an agent's plan and how far they are; for whoever leads a team how far its people are."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from domain.bot.languages import day_words
from domain.bot.said import Said
from domain.bot.words import BotWords
from domain.coaching.kept_plan import KeptMustDo
from domain.formatting import value_text
from domain.local_time import local_time, wall_clock
from domain.records import Role
from services import daily_plan
from services.access import Viewer
from services.choices import people_seen
from services.daily_plan import MOST_NEW, CameIn, PlanOfDay
from services.play_day import play_day
from services.scoreboard import DayLine, scoreboard

MOST_PEOPLE: Final = 20
"""More are a table, and the table is on the screen."""
DONE, OPEN, PUT_OFF, NEW = "✅", "▫️", "⏸", "⚡"


def day(session: Session, viewer: Viewer, words: BotWords, now: datetime) -> Said:
    """The viewer's today."""
    title = day_words(words.field, local_time(now, viewer.time_zone).on)
    if viewer.role is Role.AGENT:
        return Said(title=title, body=_own(session, viewer, words, now), link="/daily")
    return Said(title=title, body=_team(session, viewer, words, now), link="/overview")


def _own(session: Session, viewer: Viewer, words: BotWords, now: datetime) -> str:
    plan = daily_plan.plan_of_today(session, viewer, viewer.person_id, now)
    lines = [_must_do(each, words) for each in plan.must_dos]
    new = [_came_in(each, words) for each in plan.came_in[:MOST_NEW]]
    parts = [
        _standing(plan, words),
        "\n".join(lines),
        f"{words.day.came_in}:\n" + "\n".join(new) if new else "",
        _progress(session, viewer, words, now),
    ]
    return "\n\n".join(filter(None, parts))


def _standing(plan: PlanOfDay, words: BotWords) -> str:
    if plan.is_day_off:
        return words.day.day_off
    if not plan.must_dos:
        return words.day.nothing
    if plan.done == len(plan.asked):
        return words.day.all_done
    left = sum(each.minutes for each in plan.asked if not each.is_done)
    done = words.day.done.format(done=plan.done, asked=len(plan.asked))
    return f"{done}, {words.day.left.format(minutes=left)}" if left else done


def _must_do(each: KeptMustDo, words: BotWords) -> str:
    if each.is_done:
        return f"{DONE} {each.title}"
    if each.put_off_at is not None:
        return f"{PUT_OFF} {each.title}"
    minutes = words.day.minutes.format(minutes=each.minutes)
    return f"{OPEN} {each.title} ({minutes})\n   {each.reason}".rstrip()


def _came_in(each: CameIn, words: BotWords) -> str:
    minutes = words.day.minutes.format(minutes=each.minutes)
    return f"{NEW} {each.title} ({minutes})\n   {each.reason}".rstrip()


def _progress(session: Session, viewer: Viewer, words: BotWords, now: datetime) -> str:
    """What is done and what the day asks, as on the scoreboard; figures with neither are left out."""
    shown = wall_clock(now, viewer.time_zone)
    board = scoreboard(session, viewer, viewer.person_id, shown.date(), shown.time())
    figures = [_figure(each, words) for each in board.lines if each.reading.value or each.reading.target]
    points = play_day(session, viewer, viewer.person_id, now).points
    told = [*figures, words.day.points.format(points=points)] if points else figures
    return f"{words.day.so_far}: {' · '.join(told)}" if told else ""


def _figure(line: DayLine, words: BotWords) -> str:
    metric, target = line.reading.metric, line.reading.target
    name, value = words.field.metrics.get(metric.key, metric.name), value_text(metric, line.reading.value or 0)
    if target is None:
        return f"{name} {value}"
    return words.day.of.format(name=name, value=value, target=value_text(metric, target))


def _team(session: Session, viewer: Viewer, words: BotWords, now: datetime) -> str:
    people = people_seen(session, viewer)
    others = {agent_id: name for agent_id, name in people.items() if agent_id != viewer.person_id}
    if not others:
        return words.day.no_team
    told = list(_people(session, viewer, list(others.items())[:MOST_PEOPLE], words, now))
    more = [words.day.more.format(count=len(others) - MOST_PEOPLE)] if len(others) > MOST_PEOPLE else []
    return "\n".join([f"{words.day.team}:", *told, *more])


def _people(session: Session, viewer: Viewer, people: Iterable[tuple[int, str]], words: BotWords, now: datetime) -> Iterable[str]:
    today = local_time(now, viewer.time_zone).on
    for agent_id, name in people:
        plan = daily_plan.plan_of(session, viewer, agent_id, today, now)
        yield f"{name}: {words.day.no_plan if plan is None or not plan.asked else _done(plan, words)}"


def _done(plan: PlanOfDay, words: BotWords) -> str:
    return words.day.done.format(done=plan.done, asked=len(plan.asked)).casefold()
