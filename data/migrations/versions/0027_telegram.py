"""The bot in Telegram is written to, too: who a chat belongs to, how far it is read, and in which language it talks to somebody.

With it comes how messages about deals look: their sections and signs.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table('telegram_bot',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.BigInteger(), nullable=False),
    sa.Column('name', sa.String(length=64), server_default=sa.text("''"), nullable=False),
    sa.Column('next_update', sa.BigInteger(), server_default=sa.text('0'), nullable=False),
    sa.Column('heard_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('not_before', sa.DateTime(timezone=True), nullable=True),
    sa.Column('failures', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('trouble', sa.String(length=300), server_default=sa.text("''"), nullable=False),
    sa.Column('trouble_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('owner', sa.String(length=80), nullable=True),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(owner IS NULL) = (lease_until IS NULL)", name=op.f('ck_telegram_bot_owned_until')),
    sa.CheckConstraint("(trouble = '') = (trouble_since IS NULL)", name=op.f('ck_telegram_bot_trouble_dated')),
    sa.CheckConstraint('id = 1', name=op.f('ck_telegram_bot_single')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_telegram_bot'))
    )
    op.create_table('telegram_code',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_telegram_code_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_telegram_code')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_telegram_code_code_hash'))
    )
    op.create_table('deal_message_layout',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('hidden', sa.ARRAY(sa.String(length=24)), nullable=False),
    sa.Column('icons', postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    sa.Column('changed_by', sa.Integer(), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("hidden <@ ARRAY['deal', 'figures', 'assessment', 'strengths', 'concerns', 'critical', 'actions', 'phrases', 'plan', 'time']::varchar[]", name=op.f('ck_deal_message_layout_known_sections')),
    sa.CheckConstraint('id = 1', name=op.f('ck_deal_message_layout_single')),
    sa.ForeignKeyConstraint(['changed_by'], ['person.id'], name=op.f('fk_deal_message_layout_changed_by'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deal_message_layout'))
    )
    op.add_column('channel', sa.Column('chat_digest', sa.String(length=64), nullable=True))
    op.create_index('uq_channel_chat', 'channel', ['chat_digest'], unique=True)
    op.add_column('person', sa.Column('language', sa.String(length=24), server_default=sa.text("'en'"), nullable=False))
    op.create_check_constraint(op.f('ck_person_known_language'), 'person', "language IN ('en', 'ru')")


def downgrade() -> None:
    """Revert."""
    op.drop_constraint(op.f('ck_person_known_language'), 'person', type_='check')
    op.drop_column('person', 'language')
    op.drop_index('uq_channel_chat', table_name='channel')
    op.drop_column('channel', 'chat_digest')
    op.drop_table('deal_message_layout')
    op.drop_table('telegram_code')
    op.drop_table('telegram_bot')
