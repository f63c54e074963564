"""Proposals to begin a 90-day cycle, and what a company's own achievements are worth in points."""

import sqlalchemy as sa
from alembic import op
revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

ANNOUNCE_FUNCTIONS = [f"announce_cycle_proposal_{event}" for event in ("insert", "update", "delete")]


def upgrade() -> None:
    """Apply."""
    op.create_table('cycle_proposal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('agent_id', sa.Integer(), nullable=False),
    sa.Column('metric_key', sa.String(length=40), nullable=False),
    sa.Column('proposed_by', sa.Integer(), nullable=True),
    sa.Column('proposed_on', sa.Date(), nullable=False),
    sa.Column('decision', sa.String(length=24), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.CheckConstraint("decision IN ('accepted', 'edited', 'declined')", name=op.f('ck_cycle_proposal_known_decision')),
    sa.CheckConstraint('(decision IS NULL) = (decided_on IS NULL)', name=op.f('ck_cycle_proposal_decided_on_a_day')),
    sa.ForeignKeyConstraint(['agent_id'], ['person.id'], name=op.f('fk_cycle_proposal_agent_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['proposed_by'], ['person.id'], name=op.f('fk_cycle_proposal_proposed_by'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cycle_proposal'))
    )
    op.create_index('ix_cycle_proposal_agent', 'cycle_proposal', ['agent_id'], unique=False)
    op.create_index(op.f('ix_cycle_proposal_proposed_by'), 'cycle_proposal', ['proposed_by'], unique=False)
    op.create_index('uq_cycle_proposal_waiting', 'cycle_proposal', ['agent_id'], unique=True, postgresql_where=sa.text('decision IS NULL'))
    op.add_column('own_achievement', sa.Column('points', sa.Integer(), server_default=sa.text('0'), nullable=False))
    op.create_check_constraint(op.f('ck_own_achievement_points_in_reason'), 'own_achievement', 'points BETWEEN 0 AND 1000')


def downgrade() -> None:
    """Revert."""
    op.drop_column('own_achievement', 'points')
    op.drop_table('cycle_proposal')
    for function in ANNOUNCE_FUNCTIONS:
        op.execute(f"DROP FUNCTION IF EXISTS {function} CASCADE")
