"""What the coach said to agents, and how well a language model says it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table('ai_evaluation',
    sa.Column('purpose', sa.String(length=40), nullable=False),
    sa.Column('model', sa.String(length=120), nullable=False),
    sa.Column('prompt_version', sa.String(length=20), nullable=False),
    sa.Column('cases_version', sa.String(length=20), nullable=False),
    sa.Column('cases', sa.Integer(), nullable=False),
    sa.Column('usable', sa.Integer(), nullable=False),
    sa.Column('sound', sa.Integer(), nullable=False),
    sa.Column('rules_sound', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('least(usable, sound, rules_sound) >= 0 AND greatest(usable, sound, rules_sound) <= cases', name=op.f('ck_ai_evaluation_of_all')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_ai_evaluation_person_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('purpose', 'model', 'prompt_version', 'cases_version', name=op.f('pk_ai_evaluation'))
    )
    op.create_index(op.f('ix_ai_evaluation_person_id'), 'ai_evaluation', ['person_id'], unique=False)
    op.create_table('coaching_session',
    sa.Column('id', sa.BigInteger(), nullable=False),
    sa.Column('agent_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=24), nullable=False),
    sa.Column('about', sa.String(length=200), server_default=sa.text("''"), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('sentences', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('evidence', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('model', sa.String(length=120), server_default=sa.text("''"), nullable=False),
    sa.Column('prompt_version', sa.String(length=20), server_default=sa.text("''"), nullable=False),
    sa.Column('call_id', sa.BigInteger(), nullable=True),
    sa.Column('shown_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('shown_on', sa.Date(), nullable=False),
    sa.Column('is_useful', sa.Boolean(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('day_plan', 'patterns', 'own_patterns', 'content', 'energy')", name=op.f('ck_coaching_session_known_kind')),
    sa.CheckConstraint('(is_useful IS NULL) = (answered_at IS NULL)', name=op.f('ck_coaching_session_answer_dated')),
    sa.ForeignKeyConstraint(['agent_id'], ['person.id'], name=op.f('fk_coaching_session_agent_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_coaching_session'))
    )
    op.create_index('ix_coaching_session_shown', 'coaching_session', ['shown_at'], unique=False)
    op.create_index('uq_coaching_session_said', 'coaching_session', ['agent_id', 'kind', 'digest', 'model'], unique=True)


def downgrade() -> None:
    """Revert."""
    op.drop_table('coaching_session')
    op.drop_table('ai_evaluation')
