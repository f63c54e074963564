"""Reviews of deals, who asked for which, and what the company asks of a model's."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

ANNOUNCE_FUNCTIONS = [f"announce_deal_review_{event}" for event in ("insert", "update", "delete")]


def upgrade() -> None:
    """Apply."""
    op.create_table('deal_review',
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('deal_id', sa.BigInteger(), nullable=False),
    sa.Column('agent_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('author', sa.String(length=24), nullable=False),
    sa.Column('language', sa.String(length=24), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('review', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.CheckConstraint("author IN ('rules', 'model')", name=op.f('ck_deal_review_known_author')),
    sa.CheckConstraint("language IN ('en', 'ru')", name=op.f('ck_deal_review_known_language')),
    sa.ForeignKeyConstraint(['agent_id'], ['person.id'], name=op.f('fk_deal_review_agent_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['deal_id'], ['deal.id'], name=op.f('fk_deal_review_deal_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deal_review'))
    )
    op.create_index('ix_deal_review_agent', 'deal_review', ['agent_id'], unique=False)
    op.create_index('ix_deal_review_deal', 'deal_review', ['deal_id', 'made_at'], unique=False)
    op.create_table('deal_review_guidance',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('words', sa.String(length=2000), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['created_by'], ['person.id'], name=op.f('fk_deal_review_guidance_created_by'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deal_review_guidance'))
    )
    op.create_index(op.f('ix_deal_review_guidance_created_by'), 'deal_review_guidance', ['created_by'], unique=False)
    op.create_table('deal_review_request',
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('about', sa.String(length=24), nullable=False),
    sa.Column('agent_id', sa.Integer(), nullable=True),
    sa.Column('deal_ids', postgresql.ARRAY(sa.BigInteger()), nullable=False),
    sa.Column('language', sa.String(length=24), nullable=False),
    sa.Column('notify', sa.Boolean(), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=24), server_default=sa.text("'queued'"), nullable=False),
    sa.Column('looked', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('made', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('error', sa.String(length=80), server_default=sa.text("''"), nullable=False),
    sa.CheckConstraint("(state IN ('done', 'failed')) = (finished_at IS NOT NULL)", name=op.f('ck_deal_review_request_finished_dated')),
    sa.CheckConstraint("about IN ('deal', 'agent', 'all')", name=op.f('ck_deal_review_request_known_about')),
    sa.CheckConstraint("language IN ('en', 'ru')", name=op.f('ck_deal_review_request_known_language')),
    sa.CheckConstraint("state IN ('queued', 'running', 'done', 'failed')", name=op.f('ck_deal_review_request_known_state')),
    sa.CheckConstraint('looked BETWEEN 0 AND cardinality(deal_ids)', name=op.f('ck_deal_review_request_looked_at_some')),
    sa.ForeignKeyConstraint(['agent_id'], ['person.id'], name=op.f('fk_deal_review_request_agent_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['created_by'], ['person.id'], name=op.f('fk_deal_review_request_created_by'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deal_review_request'))
    )
    op.create_index('ix_deal_review_request_agent', 'deal_review_request', ['agent_id'], unique=False)
    op.create_index('ix_deal_review_request_author', 'deal_review_request', ['created_by'], unique=False)
    op.create_index('ix_deal_review_request_open', 'deal_review_request', ['id'], unique=False, postgresql_where=sa.text('finished_at IS NULL'))


def downgrade() -> None:
    """Revert."""
    op.drop_table('deal_review_request')
    op.drop_table('deal_review_guidance')
    op.drop_table('deal_review')
    for function in ANNOUNCE_FUNCTIONS:
        op.execute(f"DROP FUNCTION IF EXISTS {function} CASCADE")
