"""Features that are rolled out step by step: who has which, and setting that. Setting is for admins only."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from data.queries import choices
from data.queries import features as queries
from data.writes import features as writes
from domain.errors import AccessError, InputError
from domain.features import NAMES, WHOLE, Feature, FlagRule
from domain.records import Role
from services import audit
from services.access import Viewer, require_role
from services.audit import Action
from services.inputs import validated


class RuleDetails(BaseModel):
    """Who should have a feature."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    share: Annotated[int, Field(ge=0, le=WHOLE)] = 0
    roles: frozenset[Role] = frozenset()
    team_ids: frozenset[int] = frozenset()

    def rule(self) -> FlagRule:
        """The same as a rule."""
        return FlagRule(share=self.share, roles=self.roles, team_ids=self.team_ids)


def rule_details(**given: object) -> RuleDetails:
    """The details, or an InputError that says what is not usable."""
    return validated(RuleDetails, given)


def rules(session: Session, viewer: Viewer) -> Mapping[Feature, FlagRule | None]:
    """Every feature with its rule; None means everybody has it."""
    require_role(viewer, {Role.ADMIN})
    found = queries.rules(session)
    return {feature: found.get(feature) for feature in Feature}


def set_rule(session: Session, viewer: Viewer, feature: Feature, details: RuleDetails, now: datetime) -> None:
    """Say who has the feature from their next look on; a rule that means everybody is kept as none."""
    require_role(viewer, {Role.ADMIN})
    rule = details.rule()
    if rule.is_everybody:
        switch_on(session, viewer, feature, now)
        return
    if not rule.team_ids <= choices.teams_in_scope(session, viewer.scope).keys():
        raise InputError("Choose among the teams there are.", code="unknown_team")
    writes.put_rule(session, feature, rule, by=viewer.author_id, at=now)
    told = {"share": rule.share, "roles": sorted(rule.roles), "teams": sorted(rule.team_ids)}
    _note(session, viewer, feature, told, now)


def switch_on(session: Session, viewer: Viewer, feature: Feature, now: datetime) -> None:
    """Give it to everybody; nobody is asked about it any more."""
    require_role(viewer, {Role.ADMIN})
    writes.drop_rule(session, feature)
    _note(session, viewer, feature, {"everybody": True}, now)


def require(viewer: Viewer, feature: Feature) -> None:
    """Raise AccessError unless the viewer has the feature."""
    if not viewer.may_use(feature):
        raise AccessError(f"{NAMES[feature]} is not switched on for you yet. Your administrator can change that.", code="not_switched_on")


def _note(session: Session, viewer: Viewer, feature: Feature, details: Mapping[str, object], now: datetime) -> None:
    audit.record(session, person_id=viewer.author_id, action=Action.FEATURE_CHANGED, subject=f"feature:{feature}", details=details, at=now)
