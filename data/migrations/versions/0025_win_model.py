"""What was learnt of how each pipeline's deals end."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table('win_learning',
    sa.Column('pipeline', sa.String(length=80), nullable=False),
    sa.Column('learned_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('horizon_days', sa.Integer(), nullable=False),
    sa.Column('stored', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.PrimaryKeyConstraint('pipeline', name=op.f('pk_win_learning'))
    )


def downgrade() -> None:
    """Revert."""
    op.drop_table('win_learning')
