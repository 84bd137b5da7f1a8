"""What a granted deletion destroys; when what was typed beside cases was; readings of that."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

_SHANGHAI = ZoneInfo("Asia/Shanghai")
_CASES = "name = 'words_read'"
_READINGS = "name IN ('words_read', 'rights_read', 'mistake_read')"


def upgrade() -> None:
    with op.batch_alter_table("rights_request") as batch:
        deletes = sa.Enum(
            "contact",
            "words",
            name="what",
            native_enum=False,
            create_constraint=True,
            length=40,
        )
        batch.add_column(sa.Column("deletes", deletes))
        batch.add_column(sa.Column("destroyed_on", sa.Date()))
    op.add_column("site_mistake", sa.Column("destroyed_on", sa.Date()))
    op.add_column("assessment", sa.Column("remarks_destroyed_on", sa.Date()))
    _index_readings(_READINGS)
    _note_when_requests_went()


def _index_readings(those: str) -> None:
    op.drop_index("ix_event_words_read", "event")
    op.create_index(
        "ix_event_words_read",
        "event",
        ["staff_id", "happened_at", "case_id"],
        sqlite_where=sa.text(those),
        postgresql_where=sa.text(those),
    )


def _note_when_requests_went() -> None:
    """With their case, or on the day of their own event."""
    op.execute(
        'UPDATE rights_request SET destroyed_on = (SELECT destroyed_on FROM "case" '
        'WHERE "case".id = rights_request.case_id) '
        "WHERE case_id IS NOT NULL AND length(sealed_words) = 0"
    )
    event = sa.table(
        "event",
        sa.column("name", sa.String),
        sa.column("happened_at", sa.DateTime(timezone=True)),
        sa.column("facts", sa.JSON),
    )
    request = sa.table(
        "rights_request", sa.column("number", sa.String), sa.column("destroyed_on", sa.Date)
    )
    connection = op.get_bind()
    gone = sa.select(event.c.facts, event.c.happened_at).where(event.c.name == "rights_destroyed")
    for facts, at in connection.execute(gone).all():
        setting = request.update().where(request.c.number == facts["request"])
        connection.execute(setting.values(destroyed_on=_day(at)))


def _day(moment: datetime) -> date:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(_SHANGHAI).date()


def downgrade() -> None:
    _index_readings(_CASES)
    with op.batch_alter_table("assessment") as batch:
        batch.drop_column("remarks_destroyed_on")
    with op.batch_alter_table("site_mistake") as batch:
        batch.drop_column("destroyed_on")
    with op.batch_alter_table("rights_request") as batch:
        batch.drop_constraint(op.f("ck_rights_request_what"), type_="check")
        batch.drop_column("destroyed_on")
        batch.drop_column("deletes")
