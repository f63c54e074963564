"""How long the CRM has answered for so many records at once, so that more are asked for again; planned things found by their ids there.

Revision ID: 0031
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    for name in ("calm", "patience"):
        op.add_column("crm_cursor", sa.Column(name, sa.Integer(), server_default=sa.text("0"), nullable=False))
    known = sa.text("external_uid IS NOT NULL")
    op.create_index("ix_calendar_event_external_uid", "calendar_event", ["external_uid"], postgresql_where=known)


def downgrade() -> None:
    op.drop_index("ix_calendar_event_external_uid", "calendar_event")
    for name in ("patience", "calm"):
        op.drop_column("crm_cursor", name)
