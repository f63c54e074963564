"""What customers thought of it: ratings from 1 to 5."""

from datetime import timedelta

from data.demo.desk import Desk
from data.demo.rhythm import slowness
from data.demo.rows import LeadRow


def rate(desk: Desk, lead: LeadRow, *, share: float, mean: float) -> None:
    """Some leads rate the agent from 1 to 5 a few days later; slow answers cost half a point."""
    if lead.contacted is None or not desk.happens(share):
        return
    rated_on = (lead.converted or lead.contacted).on + timedelta(days=int(desk.dice.integers(0, 5)))
    if rated_on <= desk.today:
        typical = mean - (0.5 if slowness(desk.player.story) > 1 else 0) + 0.25 * (desk.player.skill - 1)
        lead.satisfaction, lead.rated_on = int(min(5, max(1, round(desk.dice.normal(typical, 0.8))))), rated_on
