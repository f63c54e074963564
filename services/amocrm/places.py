"""What a page's records are about here: colleagues, stages, deals and clients, each read once for all of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from data.models import CrmConnection
from data.queries import crm as queries
from data.queries.crm import Agent, KnownDeal
from domain.crm.deals import StageKey
from domain.local_time import LocalTime, local_time
from domain.money import to_minor
from domain.records import DealStatus
from services.amocrm.link import ORIGIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a stage is called here, and what it says."""

    pipeline: str
    stage: str
    means: DealStatus


class Places:
    """The account's words in ours."""

    def __init__(self, session: Session, connection: CrmConnection, secret: str) -> None:
        """Read who is who and which stage is which."""
        self.session, self.secret = session, secret
        company = queries.company(session)
        self._zone, self._currency, self._theirs = company.time_zone, company.currency, connection.currency
        self.fields = dict(connection.fields)
        self.agents = queries.agents(session)
        self.stages: Mapping[StageKey, Meaning] = {
            (each.pipeline_id, each.status_id): Meaning(pipeline=each.pipeline, stage=each.stage, means=each.means)
            for each in queries.stages(session)
        }

    def agent(self, *users: int | None) -> Agent | None:
        """The first of these users who is somebody here."""
        return next((self.agents[each] for each in users if each is not None and each in self.agents), None)

    def shown(self, moment: datetime, agent: Agent | None) -> LocalTime:
        """The moment by the agent's clock, or the company's."""
        return local_time(moment, agent.time_zone if agent else self._zone)

    def day(self, moment: datetime, agent: Agent | None) -> date:
        """The day of it."""
        return self.shown(moment, agent).on

    def amount(self, price: int | None) -> int | None:
        """The price in our smallest unit; unknown where the account reckons in another currency."""
        return to_minor(Decimal(price), self._currency) if price is not None and self._theirs in {"", self._currency} else None

    def deals(self, numbers: Collection[int]) -> dict[int, KnownDeal]:
        """The deals that are here, by their number there."""
        found = queries.known_deals(self.session, ORIGIN, [str(each) for each in numbers])
        return {int(key): deal for key, deal in found.items()}

    def leads(self, numbers: Collection[int]) -> dict[int, int]:
        """The contacts that are here, as our leads."""
        return {int(key): lead for key, lead in queries.known_leads(self.session, ORIGIN, [str(each) for each in numbers]).items()}
