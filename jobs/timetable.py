"""Everything that happens without anybody looking, in the order of the night."""

from typing import Final

from jobs.definition import Timetable
from jobs.work import (
    aggregate,
    answer_telegram,
    assess_levels,
    close_days,
    deliver,
    end_days,
    extend_series,
    find_patterns,
    grant_achievements,
    keep_chances,
    learn_wins,
    monitor_deals,
    nudge,
    plan_days,
    prune,
    rank,
    review_deals,
    send_digests,
    send_reports,
    snapshot_deals,
    sweep_recordings,
    sync_crm,
    transcribe,
    watch,
    watch_deals,
    watch_goals,
)

TIMETABLE: Final = Timetable(
    jobs=(
        snapshot_deals.JOB,
        close_days.JOB,
        rank.JOB,
        extend_series.JOB,
        keep_chances.JOB,
        aggregate.JOB,
        prune.JOB,
        find_patterns.JOB,
        learn_wins.JOB,
        assess_levels.JOB,
        plan_days.JOB,
        nudge.JOB,
        end_days.JOB,
        watch_goals.JOB,
        watch.JOB,
        watch_deals.JOB,
        grant_achievements.JOB,
        sweep_recordings.JOB,
        send_reports.JOB,
        send_digests.JOB,
    ),
    loops=(deliver.LOOP, transcribe.LOOP, sync_crm.LOOP, review_deals.LOOP, monitor_deals.LOOP, answer_telegram.LOOP),
)
