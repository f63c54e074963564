"""The stages of pipelines as a company arranges them, and who arranged what."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

PROFILES = "profile IN ('real_estate', 'loan_officer', 'bdr', 'b2b')"


def upgrade() -> None:
    """Apply."""
    op.create_table('pipeline_stage',
    sa.Column('profile', sa.String(length=24), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('meaning', sa.String(length=24), nullable=False),
    sa.Column('is_used', sa.Boolean(), nullable=False),
    sa.Column('chance', sa.Numeric(precision=5, scale=4), nullable=True),
    sa.CheckConstraint('chance >= 0 AND chance <= 1', name=op.f('ck_pipeline_stage_chance_is_a_share')),
    sa.CheckConstraint("meaning IN ('lead', 'call_booked', 'call_held', 'on_the_way', 'proposal', 'agreement', 'list_sent', 'nurtured', 'won', 'lost')", name=op.f('ck_pipeline_stage_known_meaning')),
    sa.CheckConstraint(PROFILES, name=op.f('ck_pipeline_stage_known_profile')),
    sa.PrimaryKeyConstraint('profile', 'key', name=op.f('pk_pipeline_stage'))
    )
    op.create_table('pipeline_edit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('profile', sa.String(length=24), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('changed', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('made_by', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint(PROFILES, name=op.f('ck_pipeline_edit_known_profile')),
    sa.ForeignKeyConstraint(['made_by'], ['person.id'], name=op.f('fk_pipeline_edit_made_by'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pipeline_edit'))
    )
    op.create_index('ix_pipeline_edit_profile', 'pipeline_edit', ['profile', 'made_at'], unique=False)


def downgrade() -> None:
    """Revert."""
    op.drop_table('pipeline_edit')
    op.drop_table('pipeline_stage')
