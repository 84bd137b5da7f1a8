"""What the public reads beside a policy's first version, in a citizen's words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_BEFORE, _NOW = "随工作方案的数据装入", "第一次公布"
_VERSION = sa.table("policy_version", sa.column("note"))


def upgrade() -> None:
    _say(_BEFORE, _NOW)


def downgrade() -> None:
    _say(_NOW, _BEFORE)


def _say(before: str, now: str) -> None:
    op.execute(_VERSION.update().where(_VERSION.c.note == before).values(note=now))
