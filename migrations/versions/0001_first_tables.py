"""First tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_date",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("clause", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("monthly_day", sa.Integer(), nullable=True),
        sa.Column("rolls", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_calendar_date")),
    )
    op.create_table(
        "calendar_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_calendar_day")),
    )
    op.create_table(
        "clock_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "tip_off",
                "consultation",
                "complaint",
                "petition",
                "disclosure_request",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("clock", sa.String(length=40), nullable=False),
        sa.Column("starts", sa.String(length=40), nullable=False),
        sa.Column("day_limit", sa.Integer(), nullable=False),
        sa.Column(
            "unit",
            sa.Enum(
                "d", "wd", name="dayunit", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "source_kind",
            sa.Enum(
                "law",
                "promise",
                name="sourcekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_rule")),
    )
    op.create_table(
        "compartment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_compartment")),
        sa.UniqueConstraint("label", "name", name=op.f("uq_compartment_label_name")),
    )
    op.create_table(
        "event_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_head")),
    )
    op.create_table(
        "notice",
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "plan",
                "notice",
                "guide",
                name="noticekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("body_markdown", sa.Text(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_notice")),
    )
    op.create_table(
        "problem_type",
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("problem_group", sa.String(length=10), nullable=False),
        sa.Column("group_name", sa.String(length=80), nullable=False),
        sa.Column("plan_text", sa.String(length=400), nullable=False),
        sa.Column("plain_text", sa.String(length=200), nullable=False),
        sa.Column("accuses", sa.Boolean(), nullable=False),
        sa.Column("keywords", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_problem_type")),
    )
    op.create_table(
        "signed_head",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_signed_head")),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("display_name", sa.String(length=80), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("name", name=op.f("uq_staff_name")),
    )
    op.create_table(
        "text_opt_out",
        sa.Column("sender_mark", sa.LargeBinary(), nullable=False),
        sa.Column("opted_out_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sender_mark", name=op.f("pk_text_opt_out")),
    )
    op.create_table(
        "unit",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("short_name", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "lead",
                "department",
                "office",
                "section",
                "street",
                "community",
                "coordinator",
                "audit",
                "discipline",
                "police",
                "court",
                "government",
                "superior",
                name="unitkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("parent_code", sa.String(length=20), nullable=True),
        sa.Column("desk", sa.Boolean(), nullable=False),
        sa.Column("remit", sa.String(length=400), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("telephone", sa.String(length=40), nullable=False),
        sa.Column("hours", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=120), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_code"], ["unit.code"], name=op.f("fk_unit_parent_code_unit")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_unit")),
        sa.UniqueConstraint("name", name=op.f("uq_unit_name")),
    )
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=20), nullable=False),
        sa.Column("district", sa.String(length=40), nullable=False),
        sa.Column("organiser", sa.String(length=80), nullable=False),
        sa.Column("case_prefix", sa.String(length=2), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("plan_notice", sa.String(length=60), nullable=False),
        sa.Column("office_code", sa.String(length=20), nullable=False),
        sa.Column("lead_code", sa.String(length=20), nullable=False),
        sa.Column("discipline_code", sa.String(length=20), nullable=False),
        sa.Column("superior_code", sa.String(length=20), nullable=False),
        sa.Column("arbiter_code", sa.String(length=20), nullable=False),
        sa.Column("alarm_roles", sa.JSON(), nullable=False),
        sa.Column("hotline", sa.String(length=40), nullable=False),
        sa.Column("hotline_hours", sa.String(length=80), nullable=False),
        sa.Column("text_number", sa.String(length=40), nullable=False),
        sa.Column("text_hint", sa.String(length=200), nullable=False),
        sa.Column("emergency", sa.String(length=40), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("doors", sa.JSON(), nullable=False),
        sa.Column("routing", sa.JSON(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_campaign_only_one")),
        sa.ForeignKeyConstraint(
            ["arbiter_code"], ["unit.code"], name=op.f("fk_campaign_arbiter_code_unit")
        ),
        sa.ForeignKeyConstraint(
            ["discipline_code"], ["unit.code"], name=op.f("fk_campaign_discipline_code_unit")
        ),
        sa.ForeignKeyConstraint(
            ["lead_code"], ["unit.code"], name=op.f("fk_campaign_lead_code_unit")
        ),
        sa.ForeignKeyConstraint(
            ["office_code"], ["unit.code"], name=op.f("fk_campaign_office_code_unit")
        ),
        sa.ForeignKeyConstraint(
            ["superior_code"], ["unit.code"], name=op.f("fk_campaign_superior_code_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
    )
    op.create_table(
        "compartment_key",
        sa.Column("compartment_id", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(length=20), nullable=False),
        sa.Column("wrap", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["compartment_id"],
            ["compartment.id"],
            name=op.f("fk_compartment_key_compartment_id_compartment"),
        ),
        sa.PrimaryKeyConstraint("compartment_id", "holder", name=op.f("pk_compartment_key")),
    )
    op.create_table(
        "place",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "street",
                "community",
                name="placekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("parent_code", sa.String(length=20), nullable=True),
        sa.Column("unit_code", sa.String(length=20), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_code"], ["place.code"], name=op.f("fk_place_parent_code_place")
        ),
        sa.ForeignKeyConstraint(["unit_code"], ["unit.code"], name=op.f("fk_place_unit_code_unit")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_place")),
    )
    op.create_table(
        "policy",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("unit_code", sa.String(length=20), nullable=False),
        sa.Column("eligibility", sa.String(length=600), nullable=False),
        sa.Column("standard", sa.String(length=400), nullable=False),
        sa.Column("payment", sa.String(length=400), nullable=False),
        sa.Column("legal_basis", sa.String(length=600), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("discreet", sa.Boolean(), nullable=False),
        sa.Column("in_scope", sa.Boolean(), nullable=False),
        sa.Column("source_status", sa.String(length=20), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_code"], ["unit.code"], name=op.f("fk_policy_unit_code_unit")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_policy")),
        sa.UniqueConstraint("name", name=op.f("uq_policy_name")),
    )
    op.create_table(
        "staff_credential",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("totp_seed", sa.LargeBinary(), nullable=True),
        sa.Column("last_totp_step", sa.Integer(), nullable=False),
        sa.Column("enrolment_hash", sa.String(length=64), nullable=True),
        sa.Column("enrolment_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_staff_credential_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_staff_credential")),
        sa.UniqueConstraint("enrolment_hash", name=op.f("uq_staff_credential_enrolment_hash")),
    )
    op.create_table(
        "staff_post",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.String(length=20), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "officer",
                "head",
                "intake_clerk",
                "publisher",
                "office",
                "office_head",
                "discipline",
                "auditor",
                "system_admin",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("stamp", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_staff_post_staff_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["unit_code"], ["unit.code"], name=op.f("fk_staff_post_unit_code_unit")
        ),
        sa.PrimaryKeyConstraint("staff_id", "unit_code", "role", name=op.f("pk_staff_post")),
    )
    op.create_table(
        "staff_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.Column("signed_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_staff_session_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_staff_session")),
    )
    with op.batch_alter_table("staff_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_session_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "unit_key",
        sa.Column("unit_code", sa.String(length=20), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("private_under_master", sa.LargeBinary(), nullable=False),
        sa.Column("private_for_recovery", sa.LargeBinary(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_code"], ["unit.code"], name=op.f("fk_unit_key_unit_code_unit")
        ),
        sa.PrimaryKeyConstraint("unit_code", name=op.f("pk_unit_key")),
    )
    op.create_table(
        "case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "tip_off",
                "consultation",
                "complaint",
                "petition",
                "disclosure_request",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "web", "text", name="channel", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "registered",
                "assigned",
                "returned",
                "signed_for",
                "accepted",
                "drafted",
                "replied",
                "closed",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit_code", sa.String(length=20), nullable=False),
        sa.Column("policy_code", sa.String(length=20), nullable=True),
        sa.Column("problem_code", sa.String(length=10), nullable=True),
        sa.Column("place_code", sa.String(length=20), nullable=True),
        sa.Column("fund_year", sa.Integer(), nullable=True),
        sa.Column(
            "identity",
            sa.Enum(
                "anonymous",
                "phone",
                "real_name",
                name="identity",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("accusing", sa.Boolean(), nullable=False),
        sa.Column("barred", sa.Boolean(), nullable=False),
        sa.Column("withheld", sa.Boolean(), nullable=False),
        sa.Column("on_behalf", sa.Boolean(), nullable=False),
        sa.Column("in_ledger_scope", sa.Boolean(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("rewrap_due", sa.Boolean(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("last_act_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_word_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_clock", sa.String(length=40), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("number <> ''", name=op.f("ck_case_numbered")),
        sa.ForeignKeyConstraint(
            ["place_code"], ["place.code"], name=op.f("fk_case_place_code_place")
        ),
        sa.ForeignKeyConstraint(
            ["policy_code"], ["policy.code"], name=op.f("fk_case_policy_code_policy")
        ),
        sa.ForeignKeyConstraint(
            ["problem_code"], ["problem_type.code"], name=op.f("fk_case_problem_code_problem_type")
        ),
        sa.ForeignKeyConstraint(["unit_code"], ["unit.code"], name=op.f("fk_case_unit_code_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
        sa.UniqueConstraint("number", name=op.f("uq_case_number")),
    )
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.create_index(
            "ix_case_office", ["state", "urgent", "due_on", "number", "barred"], unique=False
        )
        batch_op.create_index(
            "ix_case_queue",
            ["unit_code", "state", "urgent", "due_on", "number", "barred"],
            unique=False,
        )
        batch_op.create_index("ix_case_rewrap_due", ["rewrap_due"], unique=False)

    op.create_table(
        "problem",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "verification", name="source", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "found",
                "rectifying",
                "rectified",
                "struck_off",
                "carried_over",
                "unfounded",
                name="resultstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit_code", sa.String(length=20), nullable=False),
        sa.Column("place_code", sa.String(length=20), nullable=True),
        sa.Column("problem_code", sa.String(length=10), nullable=False),
        sa.Column("policy_code", sa.String(length=20), nullable=True),
        sa.Column("fund_year", sa.Integer(), nullable=True),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("persons", sa.Integer(), nullable=True),
        sa.Column("recovered", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("paid_back", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("rectify_by", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("rectified_by", sa.Integer(), nullable=True),
        sa.Column("struck_off_by", sa.Integer(), nullable=True),
        sa.Column("struck_off_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["staff.id"], name=op.f("fk_problem_opened_by_staff")
        ),
        sa.ForeignKeyConstraint(
            ["place_code"], ["place.code"], name=op.f("fk_problem_place_code_place")
        ),
        sa.ForeignKeyConstraint(
            ["policy_code"], ["policy.code"], name=op.f("fk_problem_policy_code_policy")
        ),
        sa.ForeignKeyConstraint(
            ["problem_code"],
            ["problem_type.code"],
            name=op.f("fk_problem_problem_code_problem_type"),
        ),
        sa.ForeignKeyConstraint(
            ["rectified_by"], ["staff.id"], name=op.f("fk_problem_rectified_by_staff")
        ),
        sa.ForeignKeyConstraint(
            ["struck_off_by"], ["staff.id"], name=op.f("fk_problem_struck_off_by_staff")
        ),
        sa.ForeignKeyConstraint(
            ["unit_code"], ["unit.code"], name=op.f("fk_problem_unit_code_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem")),
        sa.UniqueConstraint("number", name=op.f("uq_problem_number")),
    )
    with op.batch_alter_table("problem", schema=None) as batch_op:
        batch_op.create_index("ix_problem_state", ["state"], unique=False)
        batch_op.create_index("ix_problem_unit_state", ["unit_code", "state"], unique=False)

    op.create_table(
        "responsibility",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("policy_code", sa.String(length=20), nullable=True),
        sa.Column("problem_code", sa.String(length=10), nullable=True),
        sa.Column("place_code", sa.String(length=20), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "tip_off",
                "consultation",
                "complaint",
                "petition",
                "disclosure_request",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "actor",
            sa.Enum(
                "bank", "unit", name="actor", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("unit_code", sa.String(length=20), nullable=False),
        sa.Column("basis", sa.String(length=400), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["place_code"], ["place.code"], name=op.f("fk_responsibility_place_code_place")
        ),
        sa.ForeignKeyConstraint(
            ["policy_code"], ["policy.code"], name=op.f("fk_responsibility_policy_code_policy")
        ),
        sa.ForeignKeyConstraint(
            ["problem_code"],
            ["problem_type.code"],
            name=op.f("fk_responsibility_problem_code_problem_type"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_code"], ["unit.code"], name=op.f("fk_responsibility_unit_code_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responsibility")),
    )
    op.create_table(
        "result",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("problem_code", sa.String(length=10), nullable=False),
        sa.Column("unit_code", sa.String(length=20), nullable=False),
        sa.Column("place_code", sa.String(length=20), nullable=True),
        sa.Column("policy_code", sa.String(length=20), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("progress", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "found",
                "rectifying",
                "rectified",
                "struck_off",
                "carried_over",
                "unfounded",
                name="resultstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("rectify_by", sa.Date(), nullable=True),
        sa.Column("struck_off_on", sa.Date(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_code"], ["place.code"], name=op.f("fk_result_place_code_place")
        ),
        sa.ForeignKeyConstraint(
            ["policy_code"], ["policy.code"], name=op.f("fk_result_policy_code_policy")
        ),
        sa.ForeignKeyConstraint(
            ["problem_code"],
            ["problem_type.code"],
            name=op.f("fk_result_problem_code_problem_type"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_code"], ["unit.code"], name=op.f("fk_result_unit_code_unit")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_result")),
    )
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.String(length=20), nullable=False),
        sa.Column("responsibility_id", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "returned",
                "reassigned",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_assignment_case_id_case")),
        sa.ForeignKeyConstraint(
            ["responsibility_id"],
            ["responsibility.id"],
            name=op.f("fk_assignment_responsibility_id_responsibility"),
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_assignment_staff_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["unit_code"], ["unit.code"], name=op.f("fk_assignment_unit_code_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index("ix_assignment_case_id", ["case_id"], unique=False)

    op.create_table(
        "bar",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("unit_code", sa.String(length=20), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column(
            "source",
            sa.Enum(
                "reporter",
                "words",
                "staff",
                name="barsource",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(unit_code IS NULL) <> (staff_id IS NULL)", name=op.f("ck_bar_one_target")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_bar_case_id_case")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_bar_staff_id_staff")),
        sa.ForeignKeyConstraint(["unit_code"], ["unit.code"], name=op.f("fk_bar_unit_code_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bar")),
    )
    with op.batch_alter_table("bar", schema=None) as batch_op:
        batch_op.create_index("ix_bar_case_id_unit_code", ["case_id", "unit_code"], unique=False)

    op.create_table(
        "event",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_event_case_id_case")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_event_staff_id_staff")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index("ix_event_case_id_seq", ["case_id", "seq"], unique=False)

    op.create_table(
        "inbound_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_mark", sa.LargeBinary(), nullable=False),
        sa.Column("sender_mark", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_inbound_text_case_id_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbound_text")),
        sa.UniqueConstraint("message_mark", name=op.f("uq_inbound_text_message_mark")),
    )
    with op.batch_alter_table("inbound_text", schema=None) as batch_op:
        batch_op.create_index(
            "ix_inbound_text_sender_mark", ["sender_mark", "received_at"], unique=False
        )

    op.create_table(
        "measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("problem_id", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["done_by"], ["staff.id"], name=op.f("fk_measure_done_by_staff")),
        sa.ForeignKeyConstraint(
            ["problem_id"], ["problem.id"], name=op.f("fk_measure_problem_id_problem")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["staff.id"], name=op.f("fk_measure_recorded_by_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
    )
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measure_problem_id"), ["problem_id"], unique=False)

    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "words",
                "accused",
                "beneficiary",
                "contact",
                "supplement",
                "because",
                "extract",
                "reason",
                "draft",
                "reply",
                "note",
                name="messagekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_message_case_id_case")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_message_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index("ix_message_case_id_id", ["case_id", "id"], unique=False)

    op.create_table(
        "problem_case",
        sa.Column("problem_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_problem_case_case_id_case")
        ),
        sa.ForeignKeyConstraint(
            ["problem_id"], ["problem.id"], name=op.f("fk_problem_case_problem_id_problem")
        ),
        sa.PrimaryKeyConstraint("problem_id", "case_id", name=op.f("pk_problem_case")),
    )
    with op.batch_alter_table("problem_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_problem_case_case_id"), ["case_id"], unique=False)

    op.create_table(
        "receipt",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("code_digest", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_receipt_case_id_case")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_receipt")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_receipt_code_digest")),
    )
    op.create_table(
        "result_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("problem_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "drafted",
                "sent_back",
                "released",
                name="draftstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("drafted_by", sa.Integer(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_by", sa.Integer(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["drafted_by"], ["staff.id"], name=op.f("fk_result_draft_drafted_by_staff")
        ),
        sa.ForeignKeyConstraint(
            ["problem_id"], ["problem.id"], name=op.f("fk_result_draft_problem_id_problem")
        ),
        sa.ForeignKeyConstraint(
            ["released_by"], ["staff.id"], name=op.f("fk_result_draft_released_by_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result_draft")),
    )
    with op.batch_alter_table("result_draft", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_result_draft_problem_id"), ["problem_id"], unique=False
        )

    op.create_table(
        "result_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("result_number", sa.String(length=20), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "found",
                "rectifying",
                "rectified",
                "struck_off",
                "carried_over",
                "unfounded",
                name="resultstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("progress", sa.Text(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["result_number"],
            ["result.number"],
            name=op.f("fk_result_revision_result_number_result"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result_revision")),
        sa.UniqueConstraint(
            "result_number", "revision", name=op.f("uq_result_revision_result_number_revision")
        ),
    )
    op.create_table(
        "ledger_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("problem_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "what_is_wrong",
                "leader",
                "person",
                "measure",
                "evidence",
                "heads_word",
                "reason",
                "approval",
                name="ledgertextkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_ledger_text_measure_id_measure")
        ),
        sa.ForeignKeyConstraint(
            ["problem_id"], ["problem.id"], name=op.f("fk_ledger_text_problem_id_problem")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_ledger_text_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_text")),
    )
    with op.batch_alter_table("ledger_text", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_text_problem_id_id", ["problem_id", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("ledger_text", schema=None) as batch_op:
        batch_op.drop_index("ix_ledger_text_problem_id_id")

    op.drop_table("ledger_text")
    op.drop_table("result_revision")
    with op.batch_alter_table("result_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_result_draft_problem_id"))

    op.drop_table("result_draft")
    op.drop_table("receipt")
    with op.batch_alter_table("problem_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_problem_case_case_id"))

    op.drop_table("problem_case")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index("ix_message_case_id_id")

    op.drop_table("message")
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measure_problem_id"))

    op.drop_table("measure")
    with op.batch_alter_table("inbound_text", schema=None) as batch_op:
        batch_op.drop_index("ix_inbound_text_sender_mark")

    op.drop_table("inbound_text")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index("ix_event_case_id_seq")

    op.drop_table("event")
    with op.batch_alter_table("bar", schema=None) as batch_op:
        batch_op.drop_index("ix_bar_case_id_unit_code")

    op.drop_table("bar")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index("ix_assignment_case_id")

    op.drop_table("assignment")
    op.drop_table("result")
    op.drop_table("responsibility")
    with op.batch_alter_table("problem", schema=None) as batch_op:
        batch_op.drop_index("ix_problem_unit_state")
        batch_op.drop_index("ix_problem_state")

    op.drop_table("problem")
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.drop_index("ix_case_rewrap_due")
        batch_op.drop_index("ix_case_queue")
        batch_op.drop_index("ix_case_office")

    op.drop_table("case")
    op.drop_table("unit_key")
    with op.batch_alter_table("staff_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_session_staff_id"))

    op.drop_table("staff_session")
    op.drop_table("staff_post")
    op.drop_table("staff_credential")
    op.drop_table("policy")
    op.drop_table("place")
    op.drop_table("compartment_key")
    op.drop_table("campaign")
    op.drop_table("unit")
    op.drop_table("text_opt_out")
    op.drop_table("staff")
    op.drop_table("signed_head")
    op.drop_table("problem_type")
    op.drop_table("notice")
    op.drop_table("event_head")
    op.drop_table("compartment")
    op.drop_table("clock_rule")
    op.drop_table("calendar_day")
    op.drop_table("calendar_date")
