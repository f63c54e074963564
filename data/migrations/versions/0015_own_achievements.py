"""Achievements a company defines itself, and the day one was earned beside the moment it was noticed."""

import sqlalchemy as sa
from alembic import op
revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ANNOUNCE_FUNCTIONS = [f"announce_own_achievement_{event}" for event in ("insert", "update", "delete")]


def upgrade() -> None:
    """Apply: what was granted before keeps the day it was noticed, by its agent's clock."""
    op.add_column('achievement_grant', sa.Column('earned_on', sa.Date(), nullable=True))
    op.execute(
        "UPDATE achievement_grant SET earned_on = (granted_at AT TIME ZONE person.time_zone)::date "
        "FROM person WHERE person.id = achievement_grant.agent_id"
    )
    op.alter_column('achievement_grant', 'earned_on', nullable=False)
    op.create_table('own_achievement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('about', sa.String(length=200), server_default=sa.text("''"), nullable=False),
    sa.Column('metric_key', sa.String(length=40), nullable=False),
    sa.Column('least', sa.Integer(), nullable=False),
    sa.Column('span', sa.String(length=24), nullable=False),
    sa.Column('is_active', sa.Boolean(), server_default=sa.text('true'), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("span IN ('ever', 'month', 'week', 'day')", name=op.f('ck_own_achievement_known_span')),
    sa.CheckConstraint('least > 0', name=op.f('ck_own_achievement_asks_something')),
    sa.ForeignKeyConstraint(['created_by'], ['person.id'], name=op.f('fk_own_achievement_created_by'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_own_achievement'))
    )
    op.create_index('ix_own_achievement_created_by', 'own_achievement', ['created_by'], unique=False)


def downgrade() -> None:
    """Revert."""
    op.drop_table('own_achievement')
    for function in ANNOUNCE_FUNCTIONS:
        op.execute(f"DROP FUNCTION IF EXISTS {function} CASCADE")
    op.drop_column('achievement_grant', 'earned_on')
