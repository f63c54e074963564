"""What clients and people who are erased were known by, as hashes."""

import sqlalchemy as sa
from alembic import op
revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table('forgotten',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('forgotten_on', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_forgotten'))
    )


def downgrade() -> None:
    """Revert."""
    op.drop_table('forgotten')
