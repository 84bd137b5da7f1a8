"""Requests about one's own information, whom they bar, and what the campaign promises about
them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

_RIGHTS = (
    "access",
    "correction",
    "deletion",
    "explanation",
    "consent_withdrawn",
    "restriction",
    "transfer",
)
_ASKERS = ("himself", "guardian", "relative")
_DOORS = ("own_page", "web", "desk")
_PROOFS = ("code", "seen", "called", "papers")
_OUTCOMES = ("granted", "partly", "refused", "registered")
_GROUNDS = (
    "duty",
    "still_kept",
    "secret",
    "hinders",
    "of_others",
    "correct_already",
    "not_by_consent",
    "no_transfer",
    "not_held",
    "not_proved",
    "not_related",
)


def upgrade() -> None:
    with op.batch_alter_table("campaign") as batch:
        batch.add_column(sa.Column("rights", sa.JSON(), nullable=False, server_default="{}"))
    op.create_table(
        "rights_request",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("number", sa.String(20), nullable=False, unique=True),
        sa.Column("code_digest", sa.LargeBinary(), unique=True),
        sa.Column("public_key", sa.LargeBinary()),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id")),
        sa.Column("unit_code", sa.String(20), sa.ForeignKey("unit.code"), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("asked_for", _one_of("right", _RIGHTS), nullable=False),
        sa.Column("asker", _one_of("asker", _ASKERS), nullable=False),
        sa.Column("door", _one_of("door", _DOORS), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        _staff("recorded_by"),
        sa.Column("sealed_words", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_contact", sa.LargeBinary()),
        sa.Column("proved", _one_of("proof", _PROOFS)),
        _staff("proved_by"),
        sa.Column("proved_at", sa.DateTime(timezone=True)),
        sa.Column("outcome", _one_of("rightsoutcome", _OUTCOMES)),
        sa.Column("ground", _one_of("ground", _GROUNDS)),
        sa.Column("sealed_answer", sa.LargeBinary()),
        _staff("proposed_by"),
        sa.Column("proposed_at", sa.DateTime(timezone=True)),
        _staff("decided_by"),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("reminded_at", sa.DateTime(timezone=True)),
        sa.Column("overdue_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("decided_at IS NULL OR outcome IS NOT NULL", name="decided_somehow"),
        sa.CheckConstraint(
            "outcome NOT IN ('partly', 'refused') OR ground IS NOT NULL",
            name="refused_for_a_ground",
        ),
        sa.CheckConstraint(
            "outcome NOT IN ('partly', 'refused') OR decided_by IS NULL"
            " OR decided_by <> proposed_by",
            name="refused_by_two",
        ),
        sa.CheckConstraint("(proved IS NULL) = (proved_at IS NULL)", name="proved_once"),
    )
    op.create_index(
        "ix_rights_request_decided_at_received_on", "rights_request", ["decided_at", "received_on"]
    )
    op.create_index("ix_rights_request_case_id", "rights_request", ["case_id"])
    _rights_bar()


def _rights_bar() -> None:
    op.create_table(
        "rights_bar",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("request_id", sa.Integer(), sa.ForeignKey("rights_request.id"), nullable=False),
        sa.Column("unit_code", sa.String(20), sa.ForeignKey("unit.code")),
        _staff("staff_id"),
        sa.CheckConstraint("(unit_code IS NULL) <> (staff_id IS NULL)", name="one_target"),
    )
    op.create_index("ix_rights_bar_request_id_unit_code", "rights_bar", ["request_id", "unit_code"])
    op.create_index("ix_rights_bar_staff_id", "rights_bar", ["staff_id"])


def _one_of(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _staff(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), sa.ForeignKey("staff.id"))


def downgrade() -> None:
    op.drop_table("rights_bar")
    op.drop_table("rights_request")
    # Their boxes open for nobody any more.
    op.execute(
        "DELETE FROM compartment_key WHERE compartment_id IN "
        "(SELECT id FROM compartment WHERE label LIKE 'rights:%')"
    )
    op.execute("DELETE FROM compartment WHERE label LIKE 'rights:%'")
    with op.batch_alter_table("campaign") as batch:
        batch.drop_column("rights")
