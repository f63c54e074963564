"""What deals may need help with, and from when on each pipeline's warnings speak."""

import sqlalchemy as sa
from alembic import op
revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ANNOUNCE_FUNCTIONS = ("announce_deal_warning_insert", "announce_deal_warning_update", "announce_deal_warning_delete")


def upgrade() -> None:
    """Apply."""
    op.create_table('deal_warning_setting',
    sa.Column('pipeline', sa.String(length=80), nullable=False),
    sa.Column('quiet_days', sa.Integer(), nullable=False),
    sa.Column('quiet_days_early', sa.Integer(), nullable=False),
    sa.Column('ghosted_messages', sa.Integer(), nullable=False),
    sa.Column('ghosted_days', sa.Integer(), nullable=False),
    sa.Column('close_overdue_days', sa.Integer(), nullable=False),
    sa.Column('stalled_days', sa.Integer(), nullable=False),
    sa.Column('step_days', sa.Integer(), nullable=False),
    sa.Column('pushes', sa.Integer(), nullable=False),
    sa.Column('overdue_tasks', sa.Integer(), nullable=False),
    sa.Column('contacts', sa.Integer(), nullable=False),
    sa.Column('red_flags', sa.String(length=4000), nullable=False),
    sa.Column('changed_by', sa.Integer(), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('least(quiet_days, quiet_days_early, ghosted_messages, ghosted_days, close_overdue_days, stalled_days, step_days, pushes, overdue_tasks, contacts) >= 0', name=op.f('ck_deal_warning_setting_figures_not_negative')),
    sa.ForeignKeyConstraint(['changed_by'], ['person.id'], name=op.f('fk_deal_warning_setting_changed_by'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('pipeline', name=op.f('pk_deal_warning_setting'))
    )
    op.create_index('ix_deal_warning_setting_changed_by', 'deal_warning_setting', ['changed_by'], unique=False)
    op.create_table('deal_warning',
    sa.Column('deal_id', sa.BigInteger(), nullable=False),
    sa.Column('rule', sa.String(length=24), nullable=False),
    sa.Column('agent_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=24), nullable=False),
    sa.Column('priority', sa.String(length=24), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('evidence', sa.String(length=500), nullable=False),
    sa.Column('noticed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('snoozed_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.String(length=200), server_default=sa.text("''"), nullable=False),
    sa.Column('changed_by', sa.Integer(), nullable=True),
    sa.Column('resolved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ending', sa.String(length=24), nullable=True),
    sa.CheckConstraint("(state = 'resolved') = (resolved_at IS NOT NULL AND ending IS NOT NULL)", name=op.f('ck_deal_warning_ending_dated')),
    sa.CheckConstraint("(state = 'snoozed') = (snoozed_until IS NOT NULL)", name=op.f('ck_deal_warning_snoozed_until_when')),
    sa.CheckConstraint("ending IN ('gone', 'by_person')", name=op.f('ck_deal_warning_known_ending')),
    sa.CheckConstraint("priority IN ('high', 'medium', 'low')", name=op.f('ck_deal_warning_known_priority')),
    sa.CheckConstraint("rule IN ('ghosted', 'no_activity', 'close_overdue', 'stalled', 'no_next_step', 'close_pushed', 'red_flag', 'overdue_tasks', 'single_contact')", name=op.f('ck_deal_warning_known_rule')),
    sa.CheckConstraint("state IN ('open', 'snoozed', 'resolved')", name=op.f('ck_deal_warning_known_state')),
    sa.ForeignKeyConstraint(['agent_id'], ['person.id'], name=op.f('fk_deal_warning_agent_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['changed_by'], ['person.id'], name=op.f('fk_deal_warning_changed_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['deal_id'], ['deal.id'], name=op.f('fk_deal_warning_deal_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('deal_id', 'rule', name=op.f('pk_deal_warning'))
    )
    op.create_index('ix_deal_warning_agent', 'deal_warning', ['agent_id'], unique=False)
    op.create_index('ix_deal_warning_changed_by', 'deal_warning', ['changed_by'], unique=False)


def downgrade() -> None:
    """Revert."""
    op.drop_table('deal_warning')
    op.drop_table('deal_warning_setting')
    for function in ANNOUNCE_FUNCTIONS:
        op.execute(f"DROP FUNCTION IF EXISTS {function} CASCADE")
