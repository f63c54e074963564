"""What was asked of a language model, and whether it may be."""

import sqlalchemy as sa
from alembic import op
revision = '0006'
down_revision = "0005"
branch_labels = None
depends_on = None

OUTCOMES = (
    "outcome IN ('ok', 'not_set_up', 'off', 'no_budget', 'paused', 'started', 'key_refused', 'busy', 'late', 'unreachable', 'trouble', "
    "'unreadable', 'declined', 'ungrounded')"
)


def upgrade() -> None:
    """Apply."""
    op.create_table('ai_call',
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('purpose', sa.String(length=40), nullable=False),
    sa.Column('prompt_version', sa.String(length=20), nullable=False),
    sa.Column('model', sa.String(length=120), nullable=False),
    sa.Column('tokens', sa.Integer(), nullable=False),
    sa.Column('seconds', sa.Float(), nullable=True),
    sa.Column('outcome', sa.String(length=24), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('agent_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint(OUTCOMES, name=op.f('ck_ai_call_known_outcome')),
    sa.CheckConstraint('tokens >= 0', name=op.f('ck_ai_call_tokens_not_negative')),
    sa.ForeignKeyConstraint(['agent_id'], ['person.id'], name=op.f('fk_ai_call_agent_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_ai_call_person_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ai_call'))
    )
    op.create_index('ix_ai_call_at', 'ai_call', ['at'], unique=False)
    op.create_index(op.f('ix_ai_call_agent_id'), 'ai_call', ['agent_id'], unique=False)
    op.create_index(op.f('ix_ai_call_person_id'), 'ai_call', ['person_id'], unique=False)
    op.add_column('organisation', sa.Column('uses_ai', sa.Boolean(), server_default=sa.text('false'), nullable=False))


def downgrade() -> None:
    """Revert."""
    op.drop_column('organisation', 'uses_ai')
    op.drop_table('ai_call')
