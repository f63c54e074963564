"""How bodies name an agent and the system a record comes from; the same for activities, leads and deals."""

from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from api.v1.fields import Body, ExternalId, Origin, PersonId, Words, left_out
from services.owners import AgentName

OURS: Final = frozenset({"app", "demo"})


class NamesAgent(Body):
    """The agent in one of three ways, or none."""

    agent_id: PersonId | None = left_out()
    agent_email: Annotated[Words, Field(min_length=3, max_length=254)] | None = left_out()
    agent_external_id: ExternalId | None = left_out()
    """Their id in the CRM, as on the People screen."""

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if sum(name is not None for name in (self.agent_id, self.agent_email, self.agent_external_id)) > 1:
            raise ValueError("name the agent in one way only")
        return self

    @property
    def agent(self) -> AgentName:
        """Whose it is."""
        return AgentName(agent_id=self.agent_id, email=self.agent_email, external_id=self.agent_external_id)

    @property
    def is_unassigned(self) -> bool:
        """Whether it is said, by null, that nobody has it."""
        return not self.agent.is_said and bool(self.model_fields_set & set(NamesAgent.model_fields))


class NamesSource(Body):
    """The id of a record in the system it comes from; with it the record is stored once, and brought up to date when sent again."""

    origin: Origin | None = None
    """The system, such as `aircall`; `api` unless told."""
    external_id: ExternalId | None = None

    @model_validator(mode="after")
    def _is_elsewhere(self) -> Self:
        if self.origin in OURS or (self.origin is not None and self.external_id is None):
            raise ValueError("an origin belongs to an external_id, and is the name of another system")
        return self
