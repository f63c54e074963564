"""Users and contacts of amoCRM: our colleagues, and the people who might buy."""

from dataclasses import dataclass
from datetime import datetime

from domain.crm.reading import Record, field_by_code, inner, known_id, moment, needed_moment, record_id, words


@dataclass(frozen=True, slots=True, kw_only=True)
class CrmUser:
    """Somebody who works in amoCRM."""

    number: int
    name: str
    email: str
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CrmContact:
    """A client."""

    number: int
    name: str
    email: str
    phone: str
    company: str
    user: int | None
    created_at: datetime
    updated_at: datetime


def user(record: Record) -> CrmUser:
    """A user; somebody without rights to the account counts as gone."""
    number = record_id(record)
    return CrmUser(
        number=number,
        name=words(record.get("name"), 120) or f"User {number}",
        email=words(record.get("email"), 254).lower(),
        is_active=inner(record, "rights").get("is_active") is not False,
    )


def contact(record: Record) -> CrmContact:
    """A contact with how to reach them."""
    created_at = needed_moment(record, "created_at")
    return CrmContact(
        number=record_id(record),
        name=words(record.get("name"), 300) or f"Contact {record_id(record)}",
        email=field_by_code(record, "EMAIL"),
        phone=field_by_code(record, "PHONE")[:60],
        company=words(record.get("company_name"), 300),
        user=known_id(record.get("responsible_user_id")),
        created_at=created_at,
        updated_at=moment(record.get("updated_at")) or created_at,
    )
