"""Staff of streets and communities who enter what they find, and see no case."""

from __future__ import annotations

from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

_ROLES = (
    "officer",
    "head",
    "intake_clerk",
    "publisher",
    "office",
    "office_head",
    "discipline",
    "auditor",
    "system_admin",
)


def upgrade() -> None:
    _let_know((*_ROLES, "checker"))


def downgrade() -> None:
    op.execute("DELETE FROM staff_post WHERE role = 'checker'")
    _let_know(_ROLES)


def _let_know(roles: tuple[str, ...]) -> None:
    """Let posts be of these roles and no others."""
    name = op.f("ck_staff_post_role")
    with op.batch_alter_table("staff_post") as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"role IN ({', '.join(map(repr, roles))})")
