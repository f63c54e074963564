"""What needs doing now: alerts, what happened to them, and each team's thresholds."""

import sqlalchemy as sa
from alembic import op
ANNOUNCED = ("alert", "alert_entry", "alert_setting")
ANNOUNCE_FUNCTIONS = [f"announce_{table}_{event}" for table in ANNOUNCED for event in ("insert", "update", "delete")]
"""Made after the migrations; they go with their tables."""
revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table('alert',
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('rule', sa.String(length=24), nullable=False),
    sa.Column('priority', sa.String(length=24), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('agent_id', sa.Integer(), nullable=True),
    sa.Column('period', sa.String(length=10), server_default=sa.text("''"), nullable=False),
    sa.Column('state', sa.String(length=24), nullable=False),
    sa.Column('held', sa.SmallInteger(), nullable=False),
    sa.Column('cleared', sa.SmallInteger(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('sentence', sa.String(length=400), nullable=False),
    sa.Column('evidence', sa.String(length=2000), server_default=sa.text("''"), nullable=False),
    sa.Column('noticed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('fired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('resolved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ending', sa.String(length=24), nullable=True),
    sa.Column('evaluated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('end_told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('silenced_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('assignee_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(state = 'resolved') = (resolved_at IS NOT NULL AND ending IS NOT NULL)", name=op.f('ck_alert_ending_dated')),
    sa.CheckConstraint("ending IN ('recovered', 'over')", name=op.f('ck_alert_known_ending')),
    sa.CheckConstraint("priority IN ('urgent', 'high', 'medium')", name=op.f('ck_alert_known_priority')),
    sa.CheckConstraint("rule IN ('lists_overdue', 'low_calls', 'low_booked', 'data_stopped', 'needs_support', 'goal_at_risk')", name=op.f('ck_alert_known_rule')),
    sa.CheckConstraint("state <> 'firing' OR fired_at IS NOT NULL", name=op.f('ck_alert_firing_dated')),
    sa.CheckConstraint("state IN ('pending', 'firing', 'resolved')", name=op.f('ck_alert_known_state')),
    sa.ForeignKeyConstraint(['agent_id'], ['person.id'], name=op.f('fk_alert_agent_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['assignee_id'], ['person.id'], name=op.f('fk_alert_assignee_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_alert_team_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alert'))
    )
    op.create_index('ix_alert_agent', 'alert', ['agent_id'], unique=False)
    op.create_index('ix_alert_assignee', 'alert', ['assignee_id'], unique=False)
    op.create_index('ix_alert_team_resolved', 'alert', ['team_id', sa.literal_column('resolved_at DESC')], unique=False, postgresql_where=sa.text("state = 'resolved'"))
    op.create_index('uq_alert_open', 'alert', ['team_id', 'rule', 'agent_id'], unique=True, postgresql_nulls_not_distinct=True, postgresql_where=sa.text("state <> 'resolved'"))
    op.create_table('alert_setting',
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('calls', sa.Integer(), nullable=False),
    sa.Column('booked', sa.Integer(), nullable=False),
    sa.Column('lists', sa.Integer(), nullable=False),
    sa.Column('support_index', sa.Integer(), nullable=False),
    sa.Column('support_calls', sa.Integer(), nullable=False),
    sa.Column('silent_hours', sa.Integer(), nullable=False),
    sa.Column('goals', sa.Integer(), nullable=False),
    sa.Column('quiet_from', sa.Time(), nullable=False),
    sa.Column('quiet_until', sa.Time(), nullable=False),
    sa.Column('changed_by', sa.Integer(), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('least(calls, booked, lists, support_index, support_calls, silent_hours, goals) >= 0', name=op.f('ck_alert_setting_thresholds_not_negative')),
    sa.ForeignKeyConstraint(['changed_by'], ['person.id'], name=op.f('fk_alert_setting_changed_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_alert_setting_team_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('team_id', name=op.f('pk_alert_setting'))
    )
    op.create_index('ix_alert_setting_changed_by', 'alert_setting', ['changed_by'], unique=False)
    op.create_table('alert_entry',
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('alert_id', sa.BigInteger(), nullable=False),
    sa.Column('what', sa.String(length=24), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('note', sa.String(length=500), server_default=sa.text("''"), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("what IN ('fired', 'resolved', 'silenced', 'spoken', 'assigned', 'unassigned', 'commented')", name=op.f('ck_alert_entry_known_happening')),
    sa.ForeignKeyConstraint(['alert_id'], ['alert.id'], name=op.f('fk_alert_entry_alert_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_alert_entry_person_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alert_entry'))
    )
    op.create_index('ix_alert_entry_alert', 'alert_entry', ['alert_id', 'id'], unique=False)
    op.create_index('ix_alert_entry_person', 'alert_entry', ['person_id'], unique=False)


def downgrade() -> None:
    """Revert."""
    op.drop_table('alert_entry')
    op.drop_table('alert_setting')
    op.drop_table('alert')
    for function in ANNOUNCE_FUNCTIONS:
        op.execute(f"DROP FUNCTION IF EXISTS {function} CASCADE")
