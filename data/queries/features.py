"""The rules of features that not everybody has, read with whoever signs in, so that they cost no read of their own."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import FeatureFlag, Person, TeamMembership
from data.queries.membership import belongs_on
from domain.features import Feature, FlagRule
from domain.records import Role


def flag_rules() -> ScalarSelect[Any]:
    """All rules as one value of another query; NULL where everybody has everything."""
    flag = FeatureFlag
    named = {"feature": flag.feature, "share": flag.share, "roles": flag.roles, "teams": flag.team_ids}
    told = func.jsonb_build_object(*(part for name, column in named.items() for part in (name, col(column))))
    return select(func.jsonb_agg(told)).select_from(flag).scalar_subquery()


def own_team_ids() -> ScalarSelect[Any]:
    """The team the query's person is on today, as a list of one or none."""
    member = TeamMembership
    query = select(func.array_agg(col(member.team_id))).where(col(member.person_id) == col(Person.id), belongs_on(func.current_date()))
    return query.correlate(Person).scalar_subquery()


def rules_in(told: Sequence[Mapping[str, Any]] | None) -> dict[Feature, FlagRule]:
    """The rules of `flag_rules`; one of a feature this version does not know is left out."""
    return {
        Feature(each["feature"]): FlagRule(
            share=each["share"], roles=frozenset(Role(role) for role in each["roles"]), team_ids=frozenset(each["teams"])
        )
        for each in told or ()
        if each["feature"] in set(Feature)
    }


def rules(session: Session) -> dict[Feature, FlagRule]:
    """The rules there are."""
    return rules_in(session.scalar(select(flag_rules())))


def team_ids_of(session: Session, person_id: int) -> frozenset[int]:
    """The teams somebody is on today."""
    found: list[int] | None = session.scalar(select(own_team_ids()).select_from(Person).where(col(Person.id) == person_id))
    return frozenset(found or ())
