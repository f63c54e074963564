"""Screens on the wall, each opened by a key of its own."""

import sqlalchemy as sa
from alembic import op
revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table('tv_board',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('theme', sa.String(length=24), nullable=False),
    sa.Column('created_by', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_shown_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("theme IN ('light', 'dark')", name=op.f('ck_tv_board_known_theme')),
    sa.ForeignKeyConstraint(['created_by'], ['person.id'], name=op.f('fk_tv_board_created_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_tv_board_team_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tv_board')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_tv_board_token_hash'))
    )
    op.create_index('ix_tv_board_team', 'tv_board', ['team_id'], unique=False)
    op.create_index('ix_tv_board_created_by', 'tv_board', ['created_by'], unique=False)


def downgrade() -> None:
    """Revert."""
    op.drop_table('tv_board')
