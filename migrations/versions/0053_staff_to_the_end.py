"""Who works here: fresh proofs of the second factor, changes by two people, leavers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

_OF_STAFF = (
    "name IN ('staff_added', 'link_made', 'post_taken', 'sign_ins_ended', 'command_posts_seen')"
)


def upgrade() -> None:
    # Everybody signs in anew: of an open sign-in nobody knows when its code was proved.
    op.drop_table("staff_session")
    _sessions(
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proved_stamp", sa.String(length=64), nullable=False),
    )
    with op.batch_alter_table("staff_credential") as batch:
        batch.add_column(sa.Column("enrolment_word", sa.String(length=64), nullable=True))
    _changes()
    _leavers()
    _passkeys()
    op.create_index(
        "ix_event_staff_change",
        "event",
        ["name", "seq"],
        sqlite_where=sa.text(_OF_STAFF),
        postgresql_where=sa.text(_OF_STAFF),
    )


def downgrade() -> None:
    op.drop_index("ix_event_staff_change", "event")
    for table in (
        "staff_passkey_challenge",
        "staff_passkey",
        "staff_left_matter",
        "staff_leaver_unit",
        "staff_leaver",
        "staff_change",
    ):
        op.drop_table(table)
    with op.batch_alter_table("staff_credential") as batch:
        batch.drop_column("enrolment_word")
    op.drop_table("staff_session")
    _sessions()


def _changes() -> None:
    op.create_table(
        "staff_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("what", _choice("What", "person", "post", "link"), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", _choice("Outcome", "agreed", "refused", "taken_back"), nullable=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        *(_of_staff("staff_change", name) for name in ("staff_id", "proposed_by", "decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_change")),
        sa.UniqueConstraint("key", name=op.f("uq_staff_change_key")),
    )
    op.create_index("ix_staff_change_decided_at", "staff_change", ["decided_at"])


def _leavers() -> None:
    op.create_table(
        "staff_leaver",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=False),
        sa.Column("had_server", sa.Boolean(), nullable=False),
        _of_staff("staff_leaver", "staff_id"),
        _of_staff("staff_leaver", "ended_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_leaver")),
    )
    op.create_index("ix_staff_leaver_staff_id", "staff_leaver", ["staff_id"])
    op.create_table(
        "staff_leaver_unit",
        sa.Column("leaver_id", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.String(length=20), nullable=False),
        sa.Column("seen_by", sa.Integer(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        _key("staff_leaver_unit", "leaver_id", "staff_leaver", "id"),
        _key("staff_leaver_unit", "unit_code", "unit", "code"),
        _of_staff("staff_leaver_unit", "seen_by"),
        sa.PrimaryKeyConstraint("leaver_id", "unit_code", name=op.f("pk_staff_leaver_unit")),
    )
    matters = ("case", "proposal", "package", "round", "spot_check", "assessment")
    op.create_table(
        "staff_left_matter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("leaver_id", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.String(length=20), nullable=False),
        sa.Column("what", _choice("Matter", *matters), nullable=False),
        sa.Column("ref", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        _key("staff_left_matter", "leaver_id", "staff_leaver", "id"),
        _key("staff_left_matter", "unit_code", "unit", "code"),
        _key("staff_left_matter", "case_id", "case", "id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_left_matter")),
    )
    op.create_index("ix_staff_left_matter_leaver_id", "staff_left_matter", ["leaver_id"])


def _passkeys() -> None:
    op.create_table(
        "staff_passkey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("sealed_name", sa.LargeBinary(), nullable=False),
        sa.Column("stamp", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        _of_staff("staff_passkey", "staff_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_staff_passkey_credential_id")),
    )
    op.create_index("ix_staff_passkey_staff_id", "staff_passkey", ["staff_id"])
    op.create_table(
        "staff_passkey_challenge",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("purpose", _choice("Purpose", "add", "sign_in", "prove"), nullable=False),
        sa.Column("challenge", sa.LargeBinary(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("stamp", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        _of_staff("staff_passkey_challenge", "staff_id"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_staff_passkey_challenge")),
    )
    op.create_index("ix_staff_passkey_challenge_staff_id", "staff_passkey_challenge", ["staff_id"])


def _choice(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name.lower(), native_enum=False, create_constraint=True, length=40)


def _of_staff(table: str, column: str) -> sa.ForeignKeyConstraint:
    return _key(table, column, "staff", "id")


def _key(table: str, column: str, to: str, of: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.{of}"], name=name)


def _sessions(*proofs: sa.Column) -> None:
    op.create_table(
        "staff_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.Column("signed_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        *proofs,
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_staff_session_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_staff_session")),
    )
    op.create_index("ix_staff_session_staff_id", "staff_session", ["staff_id"])
