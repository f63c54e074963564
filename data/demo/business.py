"""How each kind of business runs in the demo: sources, stages, odds, delays, amounts and the day's work."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from domain.records import ActivityType, EventKind, Profile

Work = ActivityType


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where leads come from: its share of them, and how much better or worse than usual they convert."""

    name: str
    share: float
    factor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Business:
    """The odds and delays of one profile, for an average agent in an average week."""

    leads_per_day: float
    sources: tuple[Source, ...]
    categories: tuple[str, ...]
    products: tuple[str, ...]
    interested_share: float
    """Of the leads reached."""
    won_share: float
    """Of the leads interested."""
    days_to_interest: float
    days_to_close: float
    """Medians; the spread is log-normal."""
    stages: tuple[str, ...]
    """In order; the last but one is won, the last lost."""
    proposal_stage: int
    agreement_stage: int
    amount: float
    """Median amount of a sale, major units."""
    amount_spread: float
    visits: Mapping[ActivityType, float]
    """Meetings a deal takes when it goes all the way, by type."""
    day: Mapping[ActivityType, float]
    """What an agent does on a day beside working on the leads above, by type."""
    companies: bool = False
    """Whether customers are companies."""


CONSUMER_SOURCES: Final = (
    Source(name="Referral", share=0.18, factor=1.8),
    Source(name="Website", share=0.27, factor=1.0),
    Source(name="Listing portal", share=0.25, factor=0.65),
    Source(name="Open house", share=0.12, factor=1.15),
    Source(name="Social media", share=0.12, factor=0.7),
    Source(name="Past client", share=0.06, factor=2.1),
)
BUSINESS_SOURCES: Final = (
    Source(name="Referral", share=0.2, factor=1.6),
    Source(name="Web form", share=0.3, factor=1.0),
    Source(name="Trade fair", share=0.12, factor=1.2),
    Source(name="Cold outreach", share=0.28, factor=0.6),
    Source(name="Partner", share=0.1, factor=1.5),
)

BUSINESSES: Final[Mapping[Profile, Business]] = {
    Profile.REAL_ESTATE: Business(
        leads_per_day=0.62,
        sources=CONSUMER_SOURCES,
        categories=("Residential", "Condo", "Luxury"),
        products=("Buyer", "Listing"),
        interested_share=0.55,
        won_share=0.3,
        days_to_interest=4,
        days_to_close=38,
        stages=("New enquiry", "Appointment", "Showings", "Offer made", "Under contract", "Closed", "Lost"),
        proposal_stage=3,
        agreement_stage=4,
        amount=10_500,
        amount_spread=0.45,
        visits={Work.APPOINTMENT: 2.0, Work.SHOWING: 4.5, Work.MEETING: 0.6},
        day={
            Work.CALL: 4.8,
            Work.EMAIL: 1.8,
            Work.MESSAGE: 1.0,
            Work.FOLLOW_UP: 1.4,
            Work.TASK: 0.5,
            Work.POST: 0.3,
            Work.MEETING: 0.1,
        },
    ),
    Profile.LOAN_OFFICER: Business(
        leads_per_day=0.85,
        sources=(*CONSUMER_SOURCES[:3], Source(name="Agent partner", share=0.3, factor=1.7)),
        categories=("Purchase", "Refinance", "Home equity"),
        products=("30-year fixed", "15-year fixed", "Adjustable", "Line of credit"),
        interested_share=0.6,
        won_share=0.38,
        days_to_interest=3,
        days_to_close=33,
        stages=("Inquiry", "Application", "Documents", "Pre-approved", "Rate locked", "Funded", "Declined"),
        proposal_stage=3,
        agreement_stage=4,
        amount=3_900,
        amount_spread=0.4,
        visits={Work.APPOINTMENT: 1.6, Work.MEETING: 1.4},
        day={Work.CALL: 4.4, Work.EMAIL: 2.4, Work.MESSAGE: 0.6, Work.FOLLOW_UP: 1.9, Work.TASK: 1.1, Work.POST: 0.1},
    ),
    Profile.BDR: Business(
        leads_per_day=0.0,
        sources=BUSINESS_SOURCES,
        categories=("Home services", "Health & fitness", "Professional services"),
        products=("List-out campaign",),
        interested_share=0.74,
        won_share=0.13,
        days_to_interest=2,
        days_to_close=16,
        stages=("CALL_BOOKED", "CALL_CONDUCTED", "PROPOSAL_SENT", "AGREEMENT_SIGNED", "PARTNER_LIST_SENT", "SOLD", "LIST_OUT_NOT_SOLD"),
        proposal_stage=2,
        agreement_stage=3,
        amount=1_450,
        amount_spread=0.5,
        visits={},
        day={Work.CALL: 0.9, Work.EMAIL: 0.5, Work.TASK: 0.2},
        companies=True,
    ),
    Profile.B2B: Business(
        leads_per_day=1.5,
        sources=BUSINESS_SOURCES,
        categories=("Liability", "Property", "Fleet"),
        products=("Starter cover", "Standard cover", "Full cover"),
        interested_share=0.62,
        won_share=0.42,
        days_to_interest=3,
        days_to_close=19,
        stages=("Discovery", "Needs review", "Quote sent", "Negotiation", "Agreement signed", "Policy bound", "Lost"),
        proposal_stage=2,
        agreement_stage=4,
        amount=1_150,
        amount_spread=0.65,
        visits={Work.APPOINTMENT: 0.8, Work.MEETING: 1.0},
        day={Work.CALL: 3.8, Work.EMAIL: 2.2, Work.MESSAGE: 0.5, Work.FOLLOW_UP: 1.0, Work.TASK: 0.5, Work.POST: 0.15},
        companies=True,
    ),
}

LOST_REASONS: Final = ("Price", "Chose a competitor", "Timing", "No longer interested", "Could not be reached", "Financing fell through")
EVENT_KINDS: Final = {
    Work.CALL: EventKind.CALL,
    Work.APPOINTMENT: EventKind.APPOINTMENT,
    Work.SHOWING: EventKind.SHOWING,
    Work.MEETING: EventKind.MEETING,
}
"""Activity types that are booked ahead, and what the calendar calls them."""
