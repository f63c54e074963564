"""Which wording of a nudge an agent gets, by chance, and what each is worth against saying nothing."""

from enum import StrEnum


class Arm(StrEnum):
    """A template of wording, or the part that is told nothing so that there is something to compare with."""

    HELD_OUT = "held_out"
    PLAIN = "plain"
    """The two numbers, nothing else."""
    NEXT_STEP = "next_step"
    """The numbers and what to do first."""
    SMALL_STEP = "small_step"
    """The numbers and one small thing to begin with."""
