"""Every move has its meaning: what is not filled yet is filled here, and from now on the database promises it.

Steps are counted by the meaning alone from this revision on; what a stage is called is only its name.
"""

import sqlalchemy as sa
from alembic import op
revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute("UPDATE stage_change SET meaning = stage_meaning(to_stage) WHERE meaning IS NULL")
    op.alter_column('stage_change', 'meaning', existing_type=sa.String(length=24), nullable=False)
    op.drop_index('ix_stage_change_unfilled', table_name='stage_change', postgresql_where=sa.text('meaning IS NULL'))


def downgrade() -> None:
    """Revert."""
    op.create_index('ix_stage_change_unfilled', 'stage_change', ['id'], unique=False, postgresql_where=sa.text('meaning IS NULL'))
    op.alter_column('stage_change', 'meaning', existing_type=sa.String(length=24), nullable=True)
