"""Who each address is for. A new address fails a test until it stands here."""

from __future__ import annotations

from portal.foundation.staff import Role

EVERYBODY = "everybody"
PROVIDER = "the text-message provider, by its signature"
NOT_SIGNED_IN = "staff who aren't signed in yet"
ANY_STAFF: frozenset[Role] = frozenset()

DESK = frozenset({Role.OFFICER, Role.HEAD, Role.OFFICE, Role.OFFICE_HEAD, Role.DISCIPLINE})
OFFICE = frozenset({Role.OFFICE, Role.OFFICE_HEAD})
# Who decides about cases: the office, or discipline inspection in its stead.
DECIDING = OFFICE | {Role.DISCIPLINE}
# Whoever picks up a telephone or opens a letter; discipline inspection keeps a register of its own.
RECORDING = OFFICE | {Role.INTAKE_CLERK, Role.OFFICER, Role.HEAD}
LEDGER = OFFICE | {Role.OFFICER, Role.HEAD}
CLUES = frozenset({Role.AUDITOR, Role.OFFICER, Role.HEAD})
PUBLISHING = OFFICE | {Role.PUBLISHER}

AUDIENCES: dict[str, str | frozenset[Role]] = {
    # The public site.
    **dict.fromkeys(
        (
            "static",
            "health.alive",
            "health.ready",
            "portal.home",
            "portal.policies",
            "portal.policy",
            "portal.responsibilities",
            "portal.hotlines",
            "portal.notices",
            "portal.notice",
            "portal.results",
            "portal.result",
            "portal.search",
            "portal.help",
            "portal.safety",
            "portal.accessibility",
            "portal.robots",
            "signposts.staff",
            "intake.kinds",
            "intake.form",
            "intake.submit",
            "intake.ask_code",
            "intake.case",
            "intake.add_words",
            "intake.withdraw",
            "intake.object_to_answer",
            "intake.answer_questions",
            "intake.change_code",
        ),
        EVERYBODY,
    ),
    **dict.fromkeys(("twilio.text_in", "twilio_status.report", "gateway_status.report"), PROVIDER),
    # The staff site.
    **dict.fromkeys(
        ("accounts.sign_in", "accounts.do_sign_in", "accounts.enrol", "accounts.do_enrol"),
        NOT_SIGNED_IN,
    ),
    **dict.fromkeys(
        (
            "accounts.account",
            "accounts.change_own_password",
            "accounts.end_session",
            "accounts.end_other_sessions",
            "accounts.sign_out",
            "desk.first_page",
        ),
        ANY_STAFF,
    ),
    **dict.fromkeys(("figures.figures", "figures.file"), DESK | {Role.AUDITOR}),
    **dict.fromkeys(
        (
            "desk.queue",
            "desk.assisting",
            "desk.act_on_several",
            "desk.verifications",
            "desk.verification",
            "desk.answer_verification",
            "reply_templates.draft_page",
            "reply_templates.draft",
            "desk.save_filter",
            "desk.search",
            "desk.do_search",
            "desk.claim",
            "desk.do_claim",
            "desk.step_aside",
            "desk.do_step_aside",
            "desk.hand_to",
            "desk.do_hand_to",
            "desk.case",
            "desk.act",
            "desk.do_act",
            "desk.identity",
            "desk.open_contact",
            "documents.documents",
            "documents.new_document",
            "documents.draft_document",
            "documents.document",
            "documents.document_text",
            "documents.redraft_document",
            "documents.issue_document",
            "documents.delivery",
            "documents.deliver_document",
            "documents.document_file",
            "documents.printed_document",
            "documents.approval_sheet",
            "follow_up.follow_ups",
            "follow_up.case_follow_up",
            "follow_up.follow_up_act",
            "follow_up.do_follow_up_act",
            "supervision.supervisions",
            "supervision.case_supervision",
            "supervision.step",
            "supervision.take_step",
            "duplicates.duplicates",
            "duplicates.pair",
            "duplicates.act",
            "duplicates.do_act",
            # Which bodies a referral concerns is the campaign's choice, asked inside.
            "referrals.referrals",
            "referrals.of_case",
            "referrals.new_referral",
            "referrals.find_matter",
            "referrals.referral",
            "referrals.step",
            "referrals.take_step",
            "referrals.take_file",
            "referrals.read_passphrase",
        ),
        DESK,
    ),
    **dict.fromkeys(
        (
            "office.overview",
            "office.first_look",
            "office.doubted",
            "office.routing",
            "office.calendar",
            "office.calendar_template",
            "office.load_page",
            "office.look_at_days",
            "office.save_days",
            "office.try_text",
            "office.tried_text",
            "documents.templates_list",
            "reply_templates.templates_list",
            "reply_templates.new_template",
            "reply_templates.add_template",
            "reply_templates.template",
            "reply_templates.save_template",
            "reply_templates.retire_template",
            "reply_templates.restore_template",
            "documents.template",
            "documents.upload_template",
            "documents.use_shipped_template",
            "documents.template_file",
            "documents.earlier_template",
        ),
        OFFICE,
    ),
    **dict.fromkeys(("orders.orders", "orders.find_order", "orders.answer_several"), OFFICE),
    "orders.answers": OFFICE,
    # Whether somebody of these serves an audit body is asked inside.
    **dict.fromkeys(
        (
            "orders.new_order",
            "orders.enter_order",
            "orders.template",
            "orders.ask_for_sheet",
            "orders.upload_sheet",
            "orders.sheet",
            "orders.confirm_sheet",
            "orders.drop_sheet",
        ),
        OFFICE | CLUES,
    ),
    **dict.fromkeys(("orders.clues", "orders.clue"), CLUES),
    **dict.fromkeys(
        (
            "orders.order",
            "orders.answer",
            "orders.note_answer",
            "orders.more_time",
            "orders.note_more_time",
            "orders.hand_out_receipt",
        ),
        DESK,
    ),
    **dict.fromkeys(
        (
            "responsibilities.responsibilities",
            "responsibilities.row",
            "responsibilities.new_row",
            "responsibilities.add_row",
            "responsibilities.row_change",
            "responsibilities.change_row",
            "responsibilities.export",
            "responsibilities.import_page",
            "responsibilities.look_at_sheet",
            "responsibilities.save_sheet",
        ),
        OFFICE,
    ),
    **dict.fromkeys(
        (
            "recorded_intake.entries",
            "recorded_intake.entry",
            "recorded_intake.new_entry",
            "recorded_intake.record",
        ),
        RECORDING,
    ),
    **dict.fromkeys(
        (
            "filing.filing",
            "filing.filing_of",
            "filing.take_file",
            "filing.read_passphrase",
            "filing.check",
            "filing.check_file",
        ),
        DECIDING,
    ),
    **dict.fromkeys(("ledger.new_problem", "ledger.enter_problem"), OFFICE),
    **dict.fromkeys(
        (
            "ledger.problems",
            "ledger.problem",
            "ledger.step",
            "ledger.take_step",
            "ledger.measure",
            "ledger.finish_measure",
        ),
        LEDGER,
    ),
    # Whether somebody hears an alarm is the campaign's choice of roles, asked inside.
    **dict.fromkeys(
        (
            "hand_over.alarms",
            "hand_over.take",
            "hand_over.passphrase",
            "hand_over.delivery",
            "hand_over.deliver",
        ),
        ANY_STAFF,
    ),
    **dict.fromkeys(
        (
            "publishing.publishing",
            "publishing.new_draft",
            "publishing.write_draft",
            "publishing.draft",
            "publishing.text",
            "publishing.mend",
            "publishing.answer",
            "publishing.send_back",
            "publishing.send_draft_back",
            "publishing.release_draft",
        ),
        PUBLISHING,
    ),
    **dict.fromkeys(
        ("system.system", "outbox.texts", "outbox.lost", "outbox.deal_with_lost"),
        frozenset({Role.SYSTEM_ADMIN}),
    ),
    "system.events": frozenset({Role.AUDITOR}),
}
