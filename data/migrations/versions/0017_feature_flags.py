"""Who already has what is rolled out step by step; a feature without a row is on for everybody."""

import sqlalchemy as sa
from alembic import op
revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table('feature_flag',
    sa.Column('feature', sa.String(length=24), nullable=False),
    sa.Column('share', sa.SmallInteger(), nullable=False),
    sa.Column('roles', sa.ARRAY(sa.String(length=24)), nullable=False),
    sa.Column('team_ids', sa.ARRAY(sa.Integer()), nullable=False),
    sa.Column('changed_by', sa.Integer(), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("feature IN ('pipeline', 'alerts', 'forecast')", name=op.f('ck_feature_flag_known_feature')),
    sa.CheckConstraint("roles <@ ARRAY['agent', 'manager', 'admin']::varchar[]", name=op.f('ck_feature_flag_known_roles')),
    sa.CheckConstraint('share >= 0 AND share < 100', name=op.f('ck_feature_flag_share_of_some')),
    sa.ForeignKeyConstraint(['changed_by'], ['person.id'], name=op.f('fk_feature_flag_changed_by'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('feature', name=op.f('pk_feature_flag'))
    )


def downgrade() -> None:
    """Revert."""
    op.drop_table('feature_flag')
