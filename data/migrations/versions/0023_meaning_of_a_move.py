"""A move keeps what its stage meant when it was made: the column, empty in old rows, and a trigger that fills it in every new one.

Code that does not know the column goes on working beside code that does; `data/writes/stage_meanings.py` fills the old rows.
"""

import sqlalchemy as sa
from alembic import op
revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

MEANING = r"""
CREATE FUNCTION stage_meaning(stage text) RETURNS text LANGUAGE sql STABLE AS $meaning$
WITH said AS (SELECT upper(btrim(stage, E' \t\n\r\f\v')) AS name)
SELECT coalesce(
    (SELECT p.meaning FROM pipeline_stage p WHERE upper(btrim(p.key, E' \t\n\r\f\v')) = said.name LIMIT 1),
    CASE
        WHEN said.name IN ('CLOSED', 'FUNDED', 'POLICY BOUND', 'SOLD') THEN 'won'
        WHEN said.name IN ('DECLINED', 'LIST_OUT_NOT_SOLD', 'LOST') THEN 'lost'
        WHEN said.name = 'LEAD' THEN 'lead'
        WHEN said.name = 'CALL_BOOKED' THEN 'call_booked'
        WHEN said.name = 'CALL_CONDUCTED' THEN 'call_held'
        WHEN said.name = 'FREE_QA_OFFERED' THEN 'nurtured'
        WHEN said.name LIKE 'PROPOSAL%' THEN 'proposal'
        WHEN said.name LIKE 'AGREEMENT%' THEN 'agreement'
        WHEN replace(said.name, ' ', '_') LIKE 'PARTNER\_LIST\_SENT%' THEN 'list_sent'
        ELSE 'on_the_way'
    END
) FROM said
$meaning$
"""
KEEP = """
CREATE FUNCTION keep_stage_meaning() RETURNS trigger LANGUAGE plpgsql AS $keep$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.meaning := coalesce(NEW.meaning, stage_meaning(NEW.to_stage));
    ELSIF NEW.to_stage IS DISTINCT FROM OLD.to_stage THEN
        NEW.meaning := stage_meaning(NEW.to_stage);
    END IF;
    RETURN NEW;
END $keep$
"""
TRIGGER = (
    "CREATE TRIGGER keep_meaning BEFORE INSERT OR UPDATE OF to_stage ON stage_change FOR EACH ROW EXECUTE FUNCTION keep_stage_meaning()"
)


def upgrade() -> None:
    """Apply."""
    op.add_column('stage_change', sa.Column('meaning', sa.String(length=24), nullable=True))
    op.create_check_constraint(op.f('ck_stage_change_known_meaning'), 'stage_change', "meaning IN ('lead', 'call_booked', 'call_held', 'on_the_way', 'proposal', 'agreement', 'list_sent', 'nurtured', 'won', 'lost')")
    op.create_index('ix_stage_change_unfilled', 'stage_change', ['id'], unique=False, postgresql_where=sa.text('meaning IS NULL'))
    for statement in (MEANING, KEEP, TRIGGER):
        op.get_bind().exec_driver_sql(statement.replace("%", "%%"))


def downgrade() -> None:
    """Revert."""
    for statement in ("TRIGGER keep_meaning ON stage_change", "FUNCTION keep_stage_meaning", "FUNCTION stage_meaning"):
        op.execute(f"DROP {statement}")
    op.drop_index('ix_stage_change_unfilled', table_name='stage_change', postgresql_where=sa.text('meaning IS NULL'))
    op.drop_constraint(op.f('ck_stage_change_known_meaning'), 'stage_change', type_='check')
    op.drop_column('stage_change', 'meaning')
