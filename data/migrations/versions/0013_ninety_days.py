"""The 90-day cycles of agents, and what each phase of them is about."""

import sqlalchemy as sa
from alembic import op
revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ANNOUNCE_FUNCTIONS = [f"announce_coaching_cycle_{event}" for event in ("insert", "update", "delete")]


def upgrade() -> None:
    """Apply."""
    op.create_table('coaching_cycle',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('agent_id', sa.Integer(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=True),
    sa.CheckConstraint('ends_on > starts_on AND ends_on <= starts_on + 90', name=op.f('ck_coaching_cycle_length')),
    sa.ForeignKeyConstraint(['agent_id'], ['person.id'], name=op.f('fk_coaching_cycle_agent_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_coaching_cycle'))
    )
    op.create_index('uq_coaching_cycle_start', 'coaching_cycle', ['agent_id', 'starts_on'], unique=True)
    op.create_table('cycle_focus',
    sa.Column('cycle_id', sa.Integer(), nullable=False),
    sa.Column('phase', sa.String(length=24), nullable=False),
    sa.Column('is_accepted', sa.Boolean(), nullable=False),
    sa.Column('metric_key', sa.String(length=40), nullable=False),
    sa.Column('named_by', sa.Integer(), nullable=True),
    sa.CheckConstraint("phase IN ('foundation', 'build', 'consolidate')", name=op.f('ck_cycle_focus_known_phase')),
    sa.ForeignKeyConstraint(['cycle_id'], ['coaching_cycle.id'], name=op.f('fk_cycle_focus_cycle_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['named_by'], ['person.id'], name=op.f('fk_cycle_focus_named_by'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('cycle_id', 'phase', 'is_accepted', name=op.f('pk_cycle_focus'))
    )
    op.create_index(op.f('ix_cycle_focus_named_by'), 'cycle_focus', ['named_by'], unique=False)


def downgrade() -> None:
    """Revert."""
    op.drop_table('cycle_focus')
    op.drop_table('coaching_cycle')
    for function in ANNOUNCE_FUNCTIONS:
        op.execute(f"DROP FUNCTION IF EXISTS {function} CASCADE")
