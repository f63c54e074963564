"""What well-known systems call their columns, so that most of a mapping is filled in before anybody looks."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from data.imports.kinds import KINDS, FieldType, Kind


class Preset(StrEnum):
    """Systems whose exports are recognised."""

    HUBSPOT = "hubspot"
    SALESFORCE = "salesforce"
    PIPEDRIVE = "pipedrive"
    AMOCRM = "amocrm"
    TEMPLATE = "pacesetter"


@dataclass(frozen=True, slots=True, kw_only=True)
class PresetSpec:
    """A system's name and, per kind, the columns of each field, the likeliest first."""

    label: str
    columns: dict[Kind, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    styles: dict[str, str] = field(default_factory=dict)
    """The style of a column where its name does not tell it."""


_HUBSPOT: Final = PresetSpec(
    label="HubSpot",
    columns={
        Kind.DEALS: {
            "external_id": ("Record ID", "Deal ID", "hs_object_id"),
            "name": ("Deal Name", "dealname"),
            "agent": ("Deal owner", "hubspot_owner_id"),
            "amount": ("Amount",),
            "currency": ("Currency", "deal_currency_code"),
            "status": ("Deal Stage", "dealstage"),
            "stage": ("Deal Stage", "dealstage"),
            "pipeline": ("Pipeline",),
            "created_on": ("Create Date", "createdate"),
            "closed_on": ("Close Date", "closedate"),
            "lost_reason": ("Closed Lost Reason",),
            "company": ("Associated Company", "Associated Company (Primary)"),
            "source": ("Original Source",),
            "category": ("Deal Type",),
            "stage_entered_at": ("Date entered stage", "Date entered current stage"),
            "last_activity_at": ("Last Activity Date",),
        },
        Kind.LEADS: {
            "external_id": ("Record ID", "Contact ID"),
            "name": ("Full Name", "Name", "Last Name"),
            "agent": ("Contact owner",),
            "status": ("Lead Status", "Lifecycle Stage"),
            "source": ("Original Source",),
            "company": ("Company Name", "Associated Company"),
            "email": ("Email",),
            "phone": ("Phone Number", "Mobile Phone Number"),
            "created_at": ("Create Date",),
        },
        Kind.ACTIVITIES: {
            "external_id": ("Record ID", "hs_object_id"),
            "type": ("Activity type", "Type", "hs_activity_type"),
            "agent": ("Activity assigned to", "hubspot_owner_id"),
            "occurred_at": ("Activity date", "hs_timestamp"),
            "duration_seconds": ("Call duration", "Call duration (HH:mm:ss)", "hs_call_duration"),
            "outcome": ("Call outcome", "hs_call_disposition"),
            "direction": ("Call direction", "hs_call_direction"),
            "subject": ("Call title", "hs_call_title"),
            "notes": ("Call notes", "hs_call_body"),
            "deal": ("Associated Deal IDs",),
        },
    },
    styles={"hs_call_duration": "milliseconds"},
)
_SALESFORCE: Final = PresetSpec(
    label="Salesforce",
    columns={
        Kind.DEALS: {
            "external_id": ("Opportunity ID", "Id"),
            "name": ("Opportunity Name", "Name"),
            "agent": ("Opportunity Owner", "OwnerId"),
            "amount": ("Amount",),
            "currency": ("Amount Currency", "CurrencyIsoCode"),
            "status": ("Stage", "StageName"),
            "stage": ("Stage", "StageName"),
            "pipeline": ("Record Type",),
            "created_on": ("Created Date", "CreatedDate"),
            "closed_on": ("Close Date", "CloseDate"),
            "company": ("Account Name",),
            "source": ("Lead Source", "LeadSource"),
            "category": ("Type",),
            "lost_reason": ("Loss Reason",),
            "last_activity_at": ("Last Activity", "LastActivityDate"),
        },
        Kind.LEADS: {
            "external_id": ("Lead ID", "Id"),
            "name": ("Name", "Full Name", "Last Name"),
            "agent": ("Lead Owner", "OwnerId"),
            "status": ("Lead Status", "Status"),
            "source": ("Lead Source", "LeadSource"),
            "company": ("Company / Account", "Company"),
            "email": ("Email",),
            "phone": ("Phone",),
            "created_at": ("Create Date", "CreatedDate"),
            "converted_at": ("Converted Date", "ConvertedDate"),
        },
        Kind.ACTIVITIES: {
            "external_id": ("Activity ID", "Id"),
            "type": ("Type", "Task Subtype", "TaskSubtype"),
            "agent": ("Assigned", "Assigned To", "OwnerId"),
            "occurred_at": ("Date", "ActivityDate"),
            "duration_seconds": ("Call Duration (seconds)", "CallDurationInSeconds"),
            "outcome": ("Call Result", "CallDisposition"),
            "direction": ("Call Type", "CallType"),
            "subject": ("Subject",),
            "notes": ("Full Comments", "Description"),
            "deal": ("Opportunity ID", "WhatId"),
        },
    },
)
_PIPEDRIVE: Final = PresetSpec(
    label="Pipedrive",
    columns={
        Kind.DEALS: {
            "external_id": ("Deal - ID", "Deal - Pipedrive System ID"),
            "name": ("Deal - Title",),
            "agent": ("Deal - Owner",),
            "amount": ("Deal - Value",),
            "currency": ("Deal - Currency", "Deal - Currency of value"),
            "status": ("Deal - Status",),
            "stage": ("Deal - Stage",),
            "pipeline": ("Deal - Pipeline",),
            "created_on": ("Deal - Deal created", "Deal - Add time"),
            "closed_on": ("Deal - Deal closed on", "Deal - Close time"),
            "expected_close_on": ("Deal - Expected close date",),
            "lost_reason": ("Deal - Lost reason",),
            "company": ("Deal - Organization",),
            "category": ("Deal - Label",),
            "stage_entered_at": ("Deal - Last stage change",),
            "last_activity_at": ("Deal - Last activity date",),
        },
        Kind.ACTIVITIES: {
            "external_id": ("Activity - ID", "Activity - System ID", "Activity - Pipedrive System ID"),
            "type": ("Activity - Type",),
            "agent": ("Activity - Assigned to user",),
            "occurred_at": ("Activity - Due date",),
            "duration_seconds": ("Activity - Duration",),
            "done": ("Activity - Done",),
            "subject": ("Activity - Subject",),
            "notes": ("Activity - Note",),
            "deal": ("Activity - Deal ID",),
        },
    },
)
_AMOCRM: Final = PresetSpec(
    label="amoCRM / Kommo",
    columns={
        Kind.DEALS: {
            "external_id": ("ID",),
            "name": ("Название сделки", "Lead title"),
            "agent": ("Ответственный", "Responsible user"),
            "amount": ("Бюджет", "Sale"),
            "status": ("Этап сделки", "Lead status"),
            "stage": ("Этап сделки", "Lead status"),
            "pipeline": ("Воронка", "Pipeline"),
            "created_on": ("Дата создания сделки", "Date created"),
            "closed_on": ("Дата закрытия", "Closed at"),
            "company": ("Компания контакта", "Contact's company"),
            "last_activity_at": ("Дата редактирования", "Last modified"),
        }
    },
)
TEMPLATE_LEFT_OUT: Final = frozenset({FieldType.CURRENCY, FieldType.DONE})
"""Fields our own template does without: it is in the organisation's currency and holds finished work."""


def template_columns(kind: Kind) -> dict[str, str]:
    """Our own template's column of each field."""
    return {spec.key: spec.label for spec in KINDS[kind].fields if spec.type not in TEMPLATE_LEFT_OUT}


_TEMPLATE: Final = PresetSpec(
    label="Pacesetter template",
    columns={kind: {name: (label,) for name, label in template_columns(kind).items()} for kind in Kind},
)
PRESETS: Final = {
    Preset.HUBSPOT: _HUBSPOT,
    Preset.SALESFORCE: _SALESFORCE,
    Preset.PIPEDRIVE: _PIPEDRIVE,
    Preset.AMOCRM: _AMOCRM,
    Preset.TEMPLATE: _TEMPLATE,
}
_EXAMPLES: Final[dict[str, str]] = {
    "external_id": "D-1001",
    "name": "Office supplies",
    "agent": "jane.doe@example.com",
    "amount": "12500.00",
    "status": "won",
    "type": "call",
    "outcome": "connected",
    "direction": "outbound",
    "occurred_at": "2026-03-31 14:05",
    "changed_at": "2026-03-31 14:05",
    "created_on": "2026-03-02",
    "created_at": "2026-03-02 09:30",
    "closed_on": "2026-03-31",
    "duration_seconds": "00:04:10",
    "email": "jane.doe@example.com",
    "team": "North",
    "to_stage": "Proposal",
    "deal": "D-1001",
}


def template(kind: Kind) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Our own template: its column names and one example row."""
    columns = template_columns(kind)
    example = {**_EXAMPLES, **_OTHER_EXAMPLES.get(kind, {})}
    return tuple(columns.values()), tuple(example.get(name, "") for name in columns)


_OTHER_EXAMPLES: Final[dict[Kind, dict[str, str]]] = {
    Kind.LEADS: {"external_id": "L-77", "name": "Ada Smith", "status": "new", "email": "ada@example.com"},
    Kind.ACTIVITIES: {"external_id": "A-501"},
    Kind.PEOPLE: {"external_id": "17", "name": "Jane Doe"},
    Kind.STAGE_CHANGES: {"external_id": ""},
}
