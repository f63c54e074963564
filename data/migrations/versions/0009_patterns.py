"""Patterns of teams and agents, and who wants them looked for in their own work.

Revision ID: 0009
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "pattern",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("whose", sa.String(length=40), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("hypothesis", sa.String(length=40), nullable=False),
        sa.Column("segment", sa.String(length=40), server_default=sa.text("''"), nullable=False),
        sa.Column("tier", sa.String(length=24), nullable=False),
        *(sa.Column(name, sa.Float(), nullable=True) for name in ("effect", "low", "high", "inside_total")),
        sa.Column("inside_count", sa.Integer(), nullable=True),
        sa.Column("outside_total", sa.Float(), nullable=True),
        sa.Column("outside_count", sa.Integer(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("q_value", sa.Float(), nullable=True),
        sa.Column("has", sa.Integer(), nullable=False),
        sa.Column("needs", sa.Integer(), nullable=False),
        sa.Column("lack", sa.String(length=24), nullable=True),
        sa.Column("first_seen_on", sa.Date(), nullable=False),
        sa.Column("last_seen_on", sa.Date(), nullable=False),
        sa.Column("gone_on", sa.Date(), nullable=True),
        sa.CheckConstraint("tier IN ('clear', 'likely', 'nothing', 'too_early')", name=op.f("ck_pattern_known_tier")),
        sa.CheckConstraint("lack IN ('facts', 'weeks', 'people')", name=op.f("ck_pattern_known_lack")),
        sa.CheckConstraint("(team_id IS NULL) <> (person_id IS NULL)", name=op.f("ck_pattern_of_one")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_pattern_team_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pattern_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pattern")),
    )
    op.create_index("uq_pattern_whose", "pattern", ["whose", "hypothesis", "segment"], unique=True)
    op.create_index("ix_pattern_team", "pattern", ["team_id"], postgresql_where=sa.text("team_id IS NOT NULL"))
    op.create_index("ix_pattern_person", "pattern", ["person_id"], postgresql_where=sa.text("person_id IS NOT NULL"))
    op.create_table(
        "tracking_consent",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.CheckConstraint("withdrawn_at >= given_at", name=op.f("ck_tracking_consent_forward")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_tracking_consent_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tracking_consent")),
    )
    op.create_index(
        "uq_tracking_consent_given",
        "tracking_consent",
        ["person_id", "purpose"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )


def downgrade() -> None:
    """Revert."""
    op.drop_table("tracking_consent")
    op.drop_table("pattern")
