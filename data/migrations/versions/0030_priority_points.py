"""From how many points on a pipeline's deals are of medium and of high priority."""

import sqlalchemy as sa
from alembic import op
revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column('deal_warning_setting', sa.Column('medium_points', sa.Integer(), server_default=sa.text('3'), nullable=False))
    op.add_column('deal_warning_setting', sa.Column('high_points', sa.Integer(), server_default=sa.text('6'), nullable=False))
    op.create_check_constraint(op.f('ck_deal_warning_setting_high_is_higher'), 'deal_warning_setting', '0 < medium_points AND medium_points < high_points')


def downgrade() -> None:
    """Revert."""
    op.drop_constraint(op.f('ck_deal_warning_setting_high_is_higher'), 'deal_warning_setting', type_='check')
    op.drop_column('deal_warning_setting', 'high_points')
    op.drop_column('deal_warning_setting', 'medium_points')
