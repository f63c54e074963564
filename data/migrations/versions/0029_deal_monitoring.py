"""Schedules by which open deals are monitored, and what people were told."""

import sqlalchemy as sa
from alembic import op
revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table('deal_monitoring',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=True),
    sa.Column('interval_hours', sa.Integer(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('started_by', sa.Integer(), nullable=True),
    sa.Column('stopped_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('interval_hours BETWEEN 1 AND 168', name=op.f('ck_deal_monitoring_hours_to_a_week')),
    sa.ForeignKeyConstraint(['started_by'], ['person.id'], name=op.f('fk_deal_monitoring_started_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_deal_monitoring_team_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deal_monitoring'))
    )
    op.create_index('ix_deal_monitoring_started_by', 'deal_monitoring', ['started_by'], unique=False)
    op.create_index('ix_deal_monitoring_team', 'deal_monitoring', ['team_id'], unique=False)
    op.create_index('uq_deal_monitoring_running', 'deal_monitoring', ['team_id'], unique=True,
                    postgresql_where=sa.text('stopped_at IS NULL'), postgresql_nulls_not_distinct=True)
    op.create_table('deal_monitoring_run',
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('monitoring_id', sa.Integer(), nullable=False),
    sa.Column('slot_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('deals', sa.Integer(), nullable=False),
    sa.Column('high', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('medium', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('low', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('told', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('error', sa.String(length=80), server_default=sa.text("''"), nullable=False),
    sa.ForeignKeyConstraint(['monitoring_id'], ['deal_monitoring.id'], name=op.f('fk_deal_monitoring_run_monitoring_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deal_monitoring_run')),
    sa.UniqueConstraint('monitoring_id', 'slot_at', name=op.f('uq_deal_monitoring_run_monitoring_id_slot_at'))
    )
    op.create_index('ix_deal_monitoring_run_open', 'deal_monitoring_run', ['id'], unique=False, postgresql_where=sa.text('finished_at IS NULL'))
    op.create_table('deal_monitoring_told',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('deal_id', sa.BigInteger(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['deal_id'], ['deal.id'], name=op.f('fk_deal_monitoring_told_deal_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_deal_monitoring_told_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'deal_id', name=op.f('pk_deal_monitoring_told'))
    )
    op.create_index('ix_deal_monitoring_told_deal', 'deal_monitoring_told', ['deal_id'], unique=False)
    op.add_column('deal_review_request', sa.Column('run_id', sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f('fk_deal_review_request_run_id'), 'deal_review_request', 'deal_monitoring_run', ['run_id'], ['id'],
                          ondelete='CASCADE')
    op.create_index('ix_deal_review_request_run', 'deal_review_request', ['run_id'], unique=False)


def downgrade() -> None:
    """Revert."""
    op.drop_index('ix_deal_review_request_run', table_name='deal_review_request')
    op.drop_constraint(op.f('fk_deal_review_request_run_id'), 'deal_review_request', type_='foreignkey')
    op.drop_column('deal_review_request', 'run_id')
    op.drop_table('deal_monitoring_told')
    op.drop_table('deal_monitoring_run')
    op.drop_table('deal_monitoring')
