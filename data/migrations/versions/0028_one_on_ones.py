"""Talks between an agent and a manager, and what the agent promised there."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

TABLES = ("one_on_one", "one_on_one_commitment")
ANNOUNCE_FUNCTIONS = [f"announce_{table}_{event}" for table in TABLES for event in ("insert", "update", "delete")]


def upgrade() -> None:
    """Apply."""
    op.create_table('one_on_one',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('agent_id', sa.Integer(), nullable=False),
    sa.Column('manager_id', sa.Integer(), nullable=False),
    sa.Column('planned_on', sa.Date(), nullable=False),
    sa.Column('topics', sa.String(length=2000), server_default=sa.text("''"), nullable=False),
    sa.Column('agenda', sa.String(length=2000), server_default=sa.text("''"), nullable=False),
    sa.Column('notes', sa.String(length=8000), server_default=sa.text("''"), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=True),
    sa.Column('pre_read', postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=True),
    sa.ForeignKeyConstraint(['agent_id'], ['person.id'], name=op.f('fk_one_on_one_agent_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['manager_id'], ['person.id'], name=op.f('fk_one_on_one_manager_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_one_on_one'))
    )
    op.create_index('ix_one_on_one_agent', 'one_on_one', ['agent_id', 'held_on'], unique=False)
    op.create_index('ix_one_on_one_manager', 'one_on_one', ['manager_id', 'held_on'], unique=False)
    op.create_index('uq_one_on_one_open', 'one_on_one', ['agent_id', 'manager_id'], unique=True, postgresql_where=sa.text('held_on IS NULL'))
    op.create_table('one_on_one_commitment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('one_on_one_id', sa.Integer(), nullable=True),
    sa.Column('agent_id', sa.Integer(), nullable=False),
    sa.Column('words', sa.String(length=200), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('dropped_on', sa.Date(), nullable=True),
    sa.Column('drop_reason', sa.String(length=200), server_default=sa.text("''"), nullable=False),
    sa.CheckConstraint('due_on >= made_on', name=op.f('ck_one_on_one_commitment_due_after_made')),
    sa.CheckConstraint('num_nonnulls(done_on, dropped_on) <= 1', name=op.f('ck_one_on_one_commitment_one_ending')),
    sa.ForeignKeyConstraint(['agent_id'], ['person.id'], name=op.f('fk_one_on_one_commitment_agent_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['one_on_one_id'], ['one_on_one.id'], name=op.f('fk_one_on_one_commitment_one_on_one_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_one_on_one_commitment'))
    )
    op.create_index('ix_one_on_one_commitment_agent', 'one_on_one_commitment', ['agent_id', 'due_on'], unique=False)
    op.create_index('ix_one_on_one_commitment_talk', 'one_on_one_commitment', ['one_on_one_id'], unique=False)


def downgrade() -> None:
    """Revert."""
    op.drop_table('one_on_one_commitment')
    op.drop_table('one_on_one')
    for function in ANNOUNCE_FUNCTIONS:
        op.execute(f"DROP FUNCTION IF EXISTS {function} CASCADE")
