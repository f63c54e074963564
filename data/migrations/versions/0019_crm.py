"""The company's CRM: how it is reached, how far it is read, who is who there, and what could not be taken over."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table('crm_connection',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('base_url', sa.String(length=300), nullable=False),
    sa.Column('account_name', sa.String(length=200), server_default=sa.text("''"), nullable=False),
    sa.Column('currency', sa.String(length=3), server_default=sa.text("''"), nullable=False),
    sa.Column('sealed_access', sa.String(length=8000), server_default=sa.text("''"), nullable=False),
    sa.Column('access_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sealed_refresh', sa.String(length=8000), server_default=sa.text("''"), nullable=False),
    sa.Column('client_id', sa.String(length=120), server_default=sa.text("''"), nullable=False),
    sa.Column('sealed_client_secret', sa.String(length=2000), server_default=sa.text("''"), nullable=False),
    sa.Column('redirect_uri', sa.String(length=300), server_default=sa.text("''"), nullable=False),
    sa.Column('sealed_hook', sa.String(length=500), server_default=sa.text("''"), nullable=False),
    sa.Column('hook_digest', sa.String(length=64), nullable=False),
    sa.Column('fields', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    sa.Column('known_fields', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    sa.Column('writes_back', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('connected_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('connected_by', sa.Integer(), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('synced_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('not_before', sa.DateTime(timezone=True), nullable=True),
    sa.Column('trouble', sa.String(length=400), server_default=sa.text("''"), nullable=False),
    sa.Column('trouble_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('failures', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('owner', sa.String(length=80), nullable=True),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(client_id = '') = (sealed_refresh = '')", name=op.f('ck_crm_connection_refreshable_whole')),
    sa.CheckConstraint('(owner IS NULL) = (lease_until IS NULL)', name=op.f('ck_crm_connection_owned_until')),
    sa.CheckConstraint('id = 1', name=op.f('ck_crm_connection_single')),
    sa.ForeignKeyConstraint(['connected_by'], ['person.id'], name=op.f('fk_crm_connection_connected_by'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_crm_connection'))
    )
    op.create_table('crm_cursor',
    sa.Column('stream', sa.String(length=24), nullable=False),
    sa.Column('since', sa.BigInteger(), server_default=sa.text('0'), nullable=False),
    sa.Column('until', sa.BigInteger(), nullable=True),
    sa.Column('newest', sa.BigInteger(), server_default=sa.text('0'), nullable=False),
    sa.Column('page', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('size', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('is_done', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('records', sa.BigInteger(), server_default=sa.text('0'), nullable=False),
    sa.CheckConstraint("stream IN ('contacts', 'deals', 'deleted_deals', 'deal_notes', 'contact_notes', 'tasks', 'moves')", name=op.f('ck_crm_cursor_known_stream')),
    sa.PrimaryKeyConstraint('stream', name=op.f('pk_crm_cursor'))
    )
    op.create_table('crm_hint',
    sa.Column('stream', sa.String(length=24), nullable=False),
    sa.Column('number', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("stream IN ('contacts', 'deals', 'deleted_deals', 'deal_notes', 'contact_notes', 'tasks', 'moves')", name=op.f('ck_crm_hint_known_stream')),
    sa.PrimaryKeyConstraint('stream', 'number', name=op.f('pk_crm_hint'))
    )
    op.create_table('crm_refusal',
    sa.Column('stream', sa.String(length=24), nullable=False),
    sa.Column('external_id', sa.String(length=120), nullable=False),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("stream IN ('contacts', 'deals', 'deleted_deals', 'deal_notes', 'contact_notes', 'tasks', 'moves')", name=op.f('ck_crm_refusal_known_stream')),
    sa.PrimaryKeyConstraint('stream', 'external_id', name=op.f('pk_crm_refusal'))
    )
    op.create_index('ix_crm_refusal_seen', 'crm_refusal', ['seen_at'], unique=False)
    op.create_table('crm_stage',
    sa.Column('pipeline_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('status_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('pipeline', sa.String(length=80), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('sort', sa.Integer(), nullable=False),
    sa.Column('stage', sa.String(length=80), nullable=False),
    sa.Column('means', sa.String(length=24), nullable=False),
    sa.Column('by_hand', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.CheckConstraint("means IN ('open', 'won', 'lost')", name=op.f('ck_crm_stage_known_meaning')),
    sa.PrimaryKeyConstraint('pipeline_id', 'status_id', name=op.f('pk_crm_stage'))
    )
    op.create_table('crm_user',
    sa.Column('number', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('email', sa.String(length=254), server_default=sa.text("''"), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('by_hand', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_crm_user_person_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_crm_user'))
    )
    op.create_index('ix_crm_user_person', 'crm_user', ['person_id'], unique=False)


def downgrade() -> None:
    """Revert."""
    op.drop_table('crm_connection')
    op.drop_table('crm_cursor')
    op.drop_table('crm_hint')
    op.drop_index('ix_crm_refusal_seen', table_name='crm_refusal')
    op.drop_table('crm_refusal')
    op.drop_table('crm_stage')
    op.drop_index('ix_crm_user_person', table_name='crm_user')
    op.drop_table('crm_user')
